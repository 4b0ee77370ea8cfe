import { XRControllerLayoutLoader } from "@pmndrs/xr/internals";
import { Camera } from "three";
import { afterEach, describe, expect, it, vi } from "vitest";
import {
  guardControllerLayouts,
  PLAIN_LAYOUT,
  profilesUrl,
} from "#lib/client/xr/session/controller-layouts.ts";
import { followEyeLayers } from "#lib/client/xr/session/eye-layers.ts";

afterEach(() => vi.unstubAllGlobals());

describe("the layout of a controller", () => {
  it("is the plain one when nothing can be fetched, so that there is a ray at all", async () => {
    guardControllerLayouts();
    vi.stubGlobal("fetch", async () => {
      throw new TypeError("Failed to fetch");
    });
    const loader = new XRControllerLayoutLoader({ baseAssetPath: profilesUrl("https://qui.example") });
    expect(await loader.load(["pico-4", "generic-trigger"], "left")).toBe(PLAIN_LAYOUT);
  });

  it("is asked for at our own origin alone", async () => {
    guardControllerLayouts();
    const asked: string[] = [];
    vi.stubGlobal("fetch", async (url: string) => {
      asked.push(url);
      return new Response("", { status: 404 });
    });
    const loader = new XRControllerLayoutLoader({ baseAssetPath: profilesUrl("https://qui.example") });
    expect(await loader.load(["pico-4"], "right")).toBe(PLAIN_LAYOUT);
    expect(asked).toEqual(["https://qui.example/xr/profiles/profilesList.json"]);
  });
});

describe("the eyes of a session", () => {
  const see = (eyes: readonly string[], known = 0) => {
    const cameras = eyes.map((_, index) => {
      const camera = new Camera();
      camera.layers.enable(index);
      return camera;
    });
    const xr = { getCamera: () => ({ cameras }), getReferenceSpace: () => ({}) };
    const frame = { getViewerPose: () => ({ views: eyes.map((eye) => ({ eye })) }) };
    const count = followEyeLayers(xr as never, frame as never, known);
    const layers = cameras.map(({ layers: { mask } }) => [1, 2].filter((layer) => mask & (1 << layer)));
    return { count, layers };
  };

  it("of four views see the pictures of their own eye", () => {
    expect(see(["left", "right", "left", "right"])).toEqual({ count: 4, layers: [[1], [2], [1], [2]] });
  });

  it("are told by each view, in whatever order they come", () => {
    expect(see(["right", "left", "none"]).layers).toEqual([[2], [1], [1, 2]]);
  });

  it("of two views are left as three.js has set them", () => {
    expect(see(["left", "right"]).count).toBe(2);
  });
});
