import { describe, expect, it } from "vitest";
import { roomViewport } from "#lib/core/live/room-viewport.ts";
import { liveViewportSchema } from "#lib/protocol/live-session.ts";
import { createRandom } from "../../fixtures/random.ts";

const legible = { cssWidth: 1000, cssHeight: 800, zoom: 1 };

describe("the viewport of a live page in the room", () => {
  it("is the panel's own, as dense as its share of texture memory", () => {
    expect(roomViewport({ legible, zoom: 1, textScale: 1, scale: 1.5 })).toEqual({
      width: 1000,
      height: 800,
      dpr: 1.5,
    });
  });

  it("makes text larger by fewer CSS pixels in a texture of the same size", () => {
    const larger = roomViewport({ legible, zoom: 1, textScale: 1.25, scale: 1 });
    expect(larger).toEqual({ width: 800, height: 640, dpr: 1.25 });
    expect(larger.width * larger.dpr).toBe(1000);
  });

  it("keeps the promise of legibility where the page's own zoom is too small for the panel", () => {
    const { width } = roomViewport({
      legible: { ...legible, zoom: 0.8 },
      zoom: 0.4,
      textScale: 1,
      scale: 1,
    });
    expect(width).toBe(500);
  });

  it("is always one that the protocol takes, in no more pixels than a headset can use", () => {
    const random = createRandom(7);
    for (let turn = 0; turn < 500; turn += 1) {
      const cssWidth = 320 + Math.round(random() * 1280);
      const cssHeight = Math.round(cssWidth * (0.3 + random() * 2.7));
      const viewport = roomViewport({
        legible: { cssWidth, cssHeight, zoom: 0.3 + random() * 4.7 },
        zoom: 0.3 + random() * 4.7,
        textScale: 0.7 + random() * 1.8,
        scale: 0.5 + random() * 2.5,
      });
      expect(liveViewportSchema.safeParse(viewport).success).toBe(true);
      const pixels = viewport.width * viewport.height * viewport.dpr ** 2;
      // The protocol's coarsest density bounds the largest pages alone.
      expect(viewport.dpr === 0.5 || pixels <= 2560 * 1600 * 1.01).toBe(true);
    }
  });
});
