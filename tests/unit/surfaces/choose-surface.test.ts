import { describe, expect, it } from "vitest";
import {
  chooseSurfaces,
  LAYERS_MAX,
  type SurfaceCandidate,
  surfaceCapabilities,
} from "#lib/core/surfaces/choose-surface.ts";

const ALL = { quadLayers: true, cylinderLayers: true };
const NONE = { quadLayers: false, cylinderLayers: false };

function candidate(id: string, change: Partial<SurfaceCandidate> = {}): SurfaceCandidate {
  return {
    id,
    focused: false,
    visible: true,
    angularAreaDeg2: 1000,
    curvature: 0,
    held: false,
    current: "mesh",
    ...change,
  };
}

describe("what panels are drawn on", () => {
  it("is a mesh everywhere when the device has no layers", () => {
    const chosen = chooseSurfaces(
      [candidate("a", { focused: true }), candidate("b", { curvature: 1 })],
      NONE,
    );
    expect([...chosen.values()]).toEqual(["mesh", "mesh"]);
  });

  it("follows the panel's shape, as far as the device makes that one", () => {
    const panels = [candidate("flat"), candidate("bent", { curvature: 0.5 })];
    expect(Object.fromEntries(chooseSurfaces(panels, ALL))).toEqual({
      flat: "quad-layer",
      bent: "cylinder-layer",
    });
    const chosen = chooseSurfaces(panels, { quadLayers: true, cylinderLayers: false });
    expect(chosen.get("bent")).toBe("mesh");
  });

  it("gives away no more than eight layers, the focused panel's among them", () => {
    const panels = Array.from({ length: 20 }, (_, index) =>
      candidate(`p${index}`, { angularAreaDeg2: 900 + index }),
    );
    panels.push(candidate("small", { focused: true, angularAreaDeg2: 250 }));
    const chosen = chooseSurfaces(panels, ALL);
    const layers = [...chosen].filter(([, kind]) => kind !== "mesh").map(([id]) => id);
    expect(layers).toHaveLength(LAYERS_MAX);
    expect(layers).toContain("small");
    expect(layers).toContain("p19");
    expect(layers).not.toContain("p0");
  });

  it("gives none to what is out of view or too small to gain by it", () => {
    const chosen = chooseSurfaces(
      [candidate("behind", { visible: false }), candidate("tiny", { angularAreaDeg2: 50 })],
      ALL,
    );
    expect([...chosen.values()]).toEqual(["mesh", "mesh"]);
  });

  it("leaves a layer where it is until another panel is clearly larger", () => {
    const rivals = (area: number) => [
      candidate("holder", { current: "quad-layer" }),
      candidate("rival", { angularAreaDeg2: area }),
    ];
    expect(chooseSurfaces(rivals(1200), ALL, 1).get("holder")).toBe("quad-layer");
    expect(chooseSurfaces(rivals(1400), ALL, 1).get("rival")).toBe("quad-layer");
  });

  it("does not change a panel that is being held", () => {
    const held = candidate("held", { held: true, current: "mesh", focused: true });
    const moving = candidate("moving", { held: true, current: "quad-layer", visible: false });
    const chosen = chooseSurfaces([held, moving, candidate("other")], ALL, 1);
    expect(chosen.get("held")).toBe("mesh");
    expect(chosen.get("moving")).toBe("quad-layer");
    expect(chosen.get("other")).toBe("mesh");
  });

  it("does not depend on the order panels come in", () => {
    const panels = Array.from({ length: 12 }, (_, index) => candidate(`p${index}`));
    const forwards = chooseSurfaces(panels, ALL);
    const backwards = chooseSurfaces(panels.toReversed(), ALL);
    for (const [id, kind] of forwards) expect(backwards.get(id)).toBe(kind);
  });
});

describe("what a session can do", () => {
  const binding = { createQuadLayer: () => {}, createCylinderLayer: () => {} };

  it("is nothing without a binding or without the granted feature", () => {
    expect(surfaceCapabilities(undefined, ["layers"])).toEqual(NONE);
    expect(surfaceCapabilities(binding, ["local-floor"])).toEqual(NONE);
    expect(surfaceCapabilities(binding, null)).toEqual(NONE);
  });

  it("is what the binding makes", () => {
    expect(surfaceCapabilities(binding, ["layers"])).toEqual(ALL);
    expect(surfaceCapabilities({ createQuadLayer: () => {} }, ["layers"])).toEqual({
      quadLayers: true,
      cylinderLayers: false,
    });
  });
});
