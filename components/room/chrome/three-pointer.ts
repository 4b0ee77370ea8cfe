import type { PointerEvent as ScenePointerEvent } from "@pmndrs/pointer-events";

/** A pointer event of the scene, whichever input it came from. */
export type ThreePointer = ScenePointerEvent;
