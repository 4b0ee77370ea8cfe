/**
 * What draws a panel. A mesh is a textured sheet in the scene and always there. A layer
 * is handed to the headset's compositor, which samples it once, at full sharpness.
 */
export type SurfaceKind = "mesh" | "quad-layer" | "cylinder-layer";

export interface SurfaceCapabilities {
  /** The session was granted the `layers` feature and the binding makes these. */
  quadLayers: boolean;
  cylinderLayers: boolean;
}

export interface SurfaceCandidate {
  id: string;
  focused: boolean;
  visible: boolean;
  /** What it fills of the view. */
  angularAreaDeg2: number;
  curvature: number;
  /** A panel that is being moved stays what it is: a change of kind would flicker. */
  held: boolean;
  /** What it is drawn by now. */
  current: SurfaceKind;
}

/** Compositors take 16 layers at most, some fewer; the scene itself and the system's own want theirs. */
export const LAYERS_MAX = 8;
/** Smaller than this, a mesh with mipmaps is as sharp as a layer. Square degrees. */
const AREA_MIN_DEG2 = 200;
/** How much larger a newcomer must be than the panel whose layer it takes. */
const NEWCOMER_FACTOR = 1.3;
const FOCUS_FACTOR = 4;

/**
 * Gives layers to the panels that gain most from one: the focused one, then the
 * largest in view. A panel keeps its layer until another is clearly larger, so that
 * nothing changes to and fro while the head turns. Depends on no order of the list.
 */
export function chooseSurfaces(
  candidates: readonly SurfaceCandidate[],
  capabilities: SurfaceCapabilities,
  layersMax = LAYERS_MAX,
): Map<string, SurfaceKind> {
  const ranked = candidates
    .map((candidate) => ({ candidate, kind: layerKind(candidate, capabilities), worth: worthOf(candidate) }))
    .sort((a, b) => b.worth - a.worth || (a.candidate.id < b.candidate.id ? -1 : 1));
  const chosen = new Map<string, SurfaceKind>(candidates.map(({ id }) => [id, "mesh"]));
  let left = Math.min(layersMax, LAYERS_MAX);
  for (const { candidate } of ranked) {
    if (!candidate.held) continue;
    chosen.set(candidate.id, candidate.current);
    if (candidate.current !== "mesh") left -= 1;
  }
  for (const { candidate, kind, worth } of ranked) {
    if (candidate.held || kind === "mesh" || worth <= 0 || left <= 0) continue;
    chosen.set(candidate.id, kind);
    left -= 1;
  }
  return chosen;
}

function layerKind({ curvature }: SurfaceCandidate, capabilities: SurfaceCapabilities): SurfaceKind {
  if (curvature > 0) return capabilities.cylinderLayers ? "cylinder-layer" : "mesh";
  return capabilities.quadLayers ? "quad-layer" : "mesh";
}

/** 0: a layer would be wasted on it. */
function worthOf({ visible, focused, angularAreaDeg2, current }: SurfaceCandidate): number {
  if (!visible) return 0;
  const kept = current === "mesh" ? 1 : NEWCOMER_FACTOR;
  if (!focused && angularAreaDeg2 * kept < AREA_MIN_DEG2) return 0;
  return angularAreaDeg2 * kept * (focused ? FOCUS_FACTOR : 1);
}

/** What a session can do, read from its binding without trusting it to be there. */
export function surfaceCapabilities(
  binding: object | null | undefined,
  enabledFeatures: readonly string[] | null | undefined,
): SurfaceCapabilities {
  const has = (name: string): boolean =>
    binding != null && typeof (binding as Record<string, unknown>)[name] === "function";
  const granted = enabledFeatures?.includes("layers") ?? false;
  return {
    quadLayers: granted && has("createQuadLayer"),
    cylinderLayers: granted && has("createCylinderLayer"),
  };
}
