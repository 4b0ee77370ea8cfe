import { describe, expect, it } from "vitest";
import {
  DRAWN_ENVIRONMENTS,
  drawnEnvironment,
  environmentParts,
  readEnvironment,
} from "#lib/core/environment/environments.ts";
import { photoLayout, photoSize } from "#lib/core/environment/photo.ts";
import { scatterAround, scatterOnSky } from "#lib/core/environment/scatter.ts";
import { createSession } from "#lib/core/space/session.ts";

describe("the name of an environment", () => {
  it("is known for every new space, and for each that is drawn", () => {
    expect(DRAWN_ENVIRONMENTS.map(readEnvironment)).toEqual([...DRAWN_ENVIRONMENTS]);
    expect(readEnvironment(createSession("a").space.environment)).toBe("daylight");
  });

  it("that nobody knows is the default", () => {
    expect(readEnvironment("the moon")).toBe("daylight");
    expect(readEnvironment("")).toBe("daylight");
  });
});

describe("what is drawn", () => {
  const nowhere = { isPassthrough: false, hasPhoto: false };

  it("is nothing while the world around shows through", () => {
    for (const wanted of [...DRAWN_ENVIRONMENTS, "own", "passthrough"] as const) {
      expect(drawnEnvironment(wanted, { isPassthrough: true, hasPhoto: true })).toBeNull();
    }
  });

  it("is an empty room where there is no passthrough or no picture", () => {
    expect(drawnEnvironment("passthrough", nowhere)).toBe("void");
    expect(drawnEnvironment("own", nowhere)).toBe("void");
    expect(drawnEnvironment("own", { ...nowhere, hasPhoto: true })).toBe("own");
  });

  it("gives up what moves first, the sky never", () => {
    expect(environmentParts(2)).toEqual({ hasShapes: true, moves: true });
    expect(environmentParts(1)).toEqual({ hasShapes: true, moves: false });
    expect(environmentParts(0)).toEqual({ hasShapes: false, moves: false });
  });
});

describe("a picture of one's own", () => {
  it("is told by its shape: one for both eyes, one above the other, or none", () => {
    expect(photoLayout(6000, 3000)).toBe("mono");
    expect(photoLayout(4096, 4096)).toBe("top-bottom");
    expect(photoLayout(4000, 3000)).toBeNull();
    expect(photoLayout(3000, 6000)).toBeNull();
  });

  it("is never enlarged, and takes at most 32 MB as a texture whatever its layout", () => {
    expect(photoSize(1000, 500, "mono")).toEqual({ width: 1000, height: 500 });
    expect(photoSize(12_000, 6000, "mono")).toEqual({ width: 4096, height: 2048 });
    const { width, height } = photoSize(8192, 8192, "top-bottom");
    expect(width * height * 4).toBeLessThanOrEqual(4096 * 2048 * 4 * 1.01);
  });
});

describe("what is scattered", () => {
  it("stands the same each time, none where the panels are", () => {
    const field = { nearM: 6, farM: 40, seed: 3 };
    const trees = scatterAround(400, field);
    expect(scatterAround(400, field)).toEqual(trees);
    for (const { x, z, size } of trees) {
      const distance = Math.hypot(x, z);
      expect(distance).toBeGreaterThanOrEqual(6 - 1e-9);
      expect(distance).toBeLessThanOrEqual(40 + 1e-9);
      expect(size).toBeGreaterThan(0.5);
    }
  });

  it("is spread over the sky down to where it was told", () => {
    const stars = scatterOnSky(500, { lowestY: -0.2, seed: 1 });
    for (let at = 0; at < stars.length; at += 3) {
      const [x = 0, y = 0, z = 0] = stars.subarray(at, at + 3);
      expect(Math.hypot(x, y, z)).toBeCloseTo(1, 5);
      expect(y).toBeGreaterThanOrEqual(-0.2001);
    }
  });
});
