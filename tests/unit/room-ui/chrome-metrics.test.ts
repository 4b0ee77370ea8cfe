import { describe, expect, it } from "vitest";
import {
  angleOfDeg,
  barLayout,
  pixelSizeM,
  TARGET_DEG_MIN,
  TARGET_PX,
} from "#lib/core/room-ui/chrome-metrics.ts";

describe("sizes of the room's interface", () => {
  it.each([0.3, 0.5, 1, 1.6, 2.5, 5, 10])("makes every target at least 2.5 degrees at %d m", (distanceM) => {
    for (const textScale of [0.8, 1, 1.3, 2]) {
      const lengthM = TARGET_PX * pixelSizeM(distanceM, textScale);
      expect(angleOfDeg(lengthM, distanceM)).toBeGreaterThanOrEqual(TARGET_DEG_MIN);
    }
  });

  it("looks the same from any distance", () => {
    expect(angleOfDeg(pixelSizeM(1) * 300, 1)).toBeCloseTo(angleOfDeg(pixelSizeM(4) * 300, 4), 10);
  });

  it("always offers the way back, a new load, the address, the menu and closing", () => {
    for (let widthPx = 0; widthPx <= 2000; widthPx += 17) {
      const { parts, addressPx } = barLayout(widthPx);
      expect(parts).toEqual(expect.arrayContaining(["back", "reload", "address", "menu", "close"]));
      expect(addressPx).toBeGreaterThanOrEqual(140);
    }
  });

  it("shows more the wider the panel is, and never less", () => {
    let before = 0;
    for (let widthPx = 0; widthPx <= 2000; widthPx += 10) {
      const { parts } = barLayout(widthPx);
      expect(parts.length).toBeGreaterThanOrEqual(before);
      before = parts.length;
    }
    expect(before).toBe(10);
  });

  it("shows everything on a panel of the usual size", () => {
    expect(barLayout(1.2 / pixelSizeM(1.6)).parts).toHaveLength(10);
  });

  it("never cuts one of two buttons that belong together", () => {
    for (let widthPx = 0; widthPx <= 2000; widthPx += 7) {
      const { parts } = barLayout(widthPx);
      expect(parts.includes("zoomIn")).toBe(parts.includes("zoomOut"));
    }
  });
});
