import { describe, expect, it } from "vitest";
import { eyeWindow, flatAspect, guessProjection } from "#lib/core/surfaces/media-projection.ts";

const guess = (name: string, width: number | null = null, height: number | null = null) =>
  guessProjection({ name, width, height });

describe("the projection of a recording", () => {
  it.each([
    ["/films/pier.mp4", "flat", "mono"],
    ["/films/pier_SBS.mp4", "flat", "side-by-side"],
    ["/films/pier-half-sbs.mkv", "flat", "side-by-side"],
    ["/films/pier_3dv.mp4", "flat", "top-bottom"],
    ["/films/pier.over-under.mp4", "flat", "top-bottom"],
    ["/films/pier_180_LR.mp4", "half", "side-by-side"],
    ["/films/pier_vr180.mp4", "half", "mono"],
    ["/films/pier_360.mp4", "full", "mono"],
    ["/films/pier_360_TB.mp4", "full", "top-bottom"],
    ["/films/pier 360° walk.mp4", "full", "mono"],
  ])("is read from the name %s", (name, shape, stereo) => {
    expect(guess(name)).toEqual({ shape, stereo });
  });

  it.each([
    "/films/clip-360p.mp4",
    "/films/1360.mp4",
    "/tables/album.mp4",
    "/a/outback.mp4",
    "/v/sbsnews-1080.mp4",
  ])("is flat and single for the ordinary name %s", (name) =>
    expect(guess(name)).toEqual({ shape: "flat", stereo: "mono" }),
  );

  it("finds two pictures in the frame of a sphere by its proportions", () => {
    expect(guess("/a_360.mp4", 4096, 4096)).toEqual({ shape: "full", stereo: "top-bottom" });
    expect(guess("/a_360.mp4", 4096, 2048)).toEqual({ shape: "full", stereo: "mono" });
    expect(guess("/a_180.mp4", 4096, 2048)).toEqual({ shape: "half", stereo: "side-by-side" });
    expect(guess("/a_180.mp4", 2048, 4096)).toEqual({ shape: "half", stereo: "top-bottom" });
  });

  it("gives each eye its own half, the left one above", () => {
    expect(eyeWindow("side-by-side", "right")).toEqual({ u: 0.5, v: 0, width: 0.5, height: 1 });
    expect(eyeWindow("top-bottom", "left")).toEqual({ u: 0, v: 0.5, width: 1, height: 0.5 });
    expect(eyeWindow("mono", "left")).toEqual(eyeWindow("mono", "right"));
  });

  it("stretches squeezed halves back and leaves whole ones", () => {
    const projection = { shape: "flat", stereo: "side-by-side" } as const;
    expect(flatAspect(projection, 1920, 1080)).toBeCloseTo(16 / 9, 6);
    expect(flatAspect(projection, 3840, 1080)).toBeCloseTo(16 / 9, 6);
    expect(flatAspect({ shape: "flat", stereo: "top-bottom" }, 1920, 2160)).toBeCloseTo(16 / 9, 6);
  });
});
