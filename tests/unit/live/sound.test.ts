import { describe, expect, it } from "vitest";
import { createSoundGate } from "#lib/core/live/sound-gate.ts";
import { createSoundSchedule } from "#lib/core/live/sound-schedule.ts";
import { setSound } from "#lib/core/space/navigation.ts";
import { openPanel } from "#lib/core/space/panels.ts";
import { readPanel } from "#lib/core/space/read-panel.ts";
import { createPagePanel, createSession, findPagePanel } from "#lib/core/space/session.ts";
import { decodeLiveFrame } from "#lib/protocol/live-frame.ts";
import {
  decodeLiveSound,
  encodeLiveSound,
  isLiveSound,
  type LiveSoundHeader,
} from "#lib/protocol/live-sound.ts";

const HEADER: LiveSoundHeader = {
  tab: 65_535,
  packet: 4_000_000_000,
  samples: 960,
  channels: 2,
  first: true,
  capturedAtMs: 1_795_252_420_935.5,
};
const encoded = () => encodeLiveSound(HEADER, new Uint8Array([1, 2, 3])).buffer as ArrayBuffer;

describe("a packet of sound", () => {
  it("is read as it was written, and is no picture", () => {
    expect(isLiveSound(encoded())).toBe(true);
    expect(decodeLiveSound(encoded())).toEqual({ header: HEADER, payload: new Uint8Array([1, 2, 3]) });
    expect(decodeLiveFrame(encoded())).toBeNull();
  });

  it.each<[string, Record<number, number>]>([
    ["of another version", { 0: 2 }],
    ["of another codec", { 1: 17 }],
    ["of no samples", { 8: 0, 9: 0 }],
    ["longer than Opus allows", { 8: 0xff }],
    ["of no channels", { 10: 0 }],
    ["of three channels", { 10: 3 }],
    ["of no time", { 24: 0x7f, 25: 0xf8 }],
  ])("%s is not read", (_what, changes) => {
    const bytes = new Uint8Array(encoded());
    for (const [offset, value] of Object.entries(changes)) bytes[Number(offset)] = value;
    expect(decodeLiveSound(bytes.buffer)).toBeNull();
  });

  it("that is cut, empty or too large is neither read nor written", () => {
    expect(decodeLiveSound(encoded().slice(0, 32))).toBeNull();
    expect(isLiveSound(encoded().slice(0, 31))).toBe(false);
    expect(() => encodeLiveSound(HEADER, new Uint8Array(0))).toThrow(RangeError);
    expect(() => encodeLiveSound(HEADER, new Uint8Array(10_000))).toThrow(RangeError);
  });
});

describe("sound on a line that is full", () => {
  it("is left out once it would be late, until the line is clear", () => {
    const gate = createSoundGate();
    const at = (nowMs: number, backlogBytes: number) => gate.maySend({ nowMs, backlogBytes });
    expect(at(0, 0)).toBe(true);
    expect(at(20, 50_000)).toBe(true);
    expect(at(160, 50_000)).toBe(true);
    expect(at(180, 50_000)).toBe(false);
    expect(at(10_000, 17_000)).toBe(false);
    expect(at(10_020, 1_000)).toBe(true);
    expect(at(10_040, 50_000)).toBe(true);
    expect(at(10_060, 5_000_000)).toBe(false);
  });
});

describe("the schedule of sound", () => {
  const packet = (nowS: number, first = false) => ({ durationS: 0.02, first, nowS });

  it("lays packets end to end, a little ahead, whenever they come in time", () => {
    const schedule = createSoundSchedule();
    const starts = [0, 0.021, 0.039, 0.075].map((nowS, index) =>
      schedule.place(packet(10 + nowS, index === 0)),
    );
    expect(starts.map((start) => start?.toFixed(3))).toEqual(["10.060", "10.080", "10.100", "10.120"]);
  });

  it("leaves out what came in a heap, so that it is never far behind the picture", () => {
    const schedule = createSoundSchedule();
    const starts = Array.from({ length: 100 }, (_, index) => schedule.place(packet(10, index === 0)));
    const last = starts.filter((start) => start !== null).at(-1) ?? 0;
    expect(last - 10).toBeLessThan(0.2);
    expect(schedule.place(packet(10.5))).toBeGreaterThan(10.5);
  });

  it("keeps more in hand after each gap, up to a bound", () => {
    const schedule = createSoundSchedule();
    schedule.place(packet(0, true));
    const leads = Array.from(
      { length: 20 },
      (_, index) => (schedule.place(packet(index + 1)) ?? 0) - (index + 1),
    );
    expect(leads[1]).toBeGreaterThan(leads[0] ?? 0);
    expect(Math.max(...leads)).toBeLessThanOrEqual(0.161);
  });

  it("does not hold silence against the line", () => {
    const schedule = createSoundSchedule();
    expect(schedule.place(packet(1, true))).toBeCloseTo(1.06);
    expect(schedule.place(packet(9, true))).toBeCloseTo(9.06);
  });
});

describe("how loud a panel is heard", () => {
  it("is kept with it, within bounds, over storage", () => {
    const panel = createPagePanel({ id: "a", url: "https://a.example/" });
    const session = openPanel(createSession("s"), panel, { activate: true });
    const softer = setSound(session, "a", { muted: true, volume: 0.349 });
    expect(findPagePanel(softer, "a")?.state.sound).toEqual({ muted: true, volume: 0.35 });
    const [stored] = readPanel(JSON.parse(JSON.stringify(findPagePanel(softer, "a"))));
    expect(stored).toEqual(findPagePanel(softer, "a"));
    expect(setSound(softer, "a", { muted: true, volume: 0.35 })).toBe(softer);
    expect(
      findPagePanel(setSound(session, "a", { muted: false, volume: 7 }), "a")?.state.sound,
    ).toBeUndefined();
    const hostile = { ...panel, state: { ...panel.state, sound: { muted: "yes", volume: -3 } } };
    expect(readPanel(hostile)[0]).toMatchObject({ state: { sound: { muted: false, volume: 0 } } });
  });
});
