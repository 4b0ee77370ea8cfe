import { describe, expect, it } from "vitest";
import { decodeLiveFrame, encodeLiveFrame, type LiveFrameHeader } from "#lib/protocol/live-frame.ts";

const header: LiveFrameHeader = {
  codec: "webp",
  tab: 65_535,
  frame: 4_294_967_295,
  x: 64,
  y: 128,
  width: 64,
  height: 32,
  frameWidth: 3840,
  frameHeight: 2400,
  last: true,
  key: false,
  sharp: true,
  capturedAtMs: 1_790_000_000_123.5,
};
const payload = Uint8Array.of(1, 2, 3);
const encoded = () => encodeLiveFrame(header, payload).buffer as ArrayBuffer;

describe("a frame's message", () => {
  it("reads back as it was written", () => {
    expect(decodeLiveFrame(encoded())).toEqual({ header, payload });
  });

  it("of another version is none of ours", () => {
    const message = encoded();
    new DataView(message).setUint8(0, 2);
    expect(decodeLiveFrame(message)).toBeNull();
  });

  it("of an unknown codec is none of ours", () => {
    const message = encoded();
    new DataView(message).setUint8(1, 99);
    expect(decodeLiveFrame(message)).toBeNull();
  });

  it.each([
    ["shorter than its header", new ArrayBuffer(31)],
    ["whose tile leaves its frame", encodeLiveFrame({ ...header, x: 3800 }, payload).buffer],
    ["whose tile is empty", encodeLiveFrame({ ...header, width: 0 }, payload).buffer],
  ])("%s is refused", (_, message) => {
    expect(decodeLiveFrame(message as ArrayBuffer)).toBeNull();
  });
});
