import type { Pointer } from "@pmndrs/pointer-events";
import type { Object3D } from "three";

/** What pointers need of a native wheel event; one object for the life of a ray. */
interface WheelData {
  timeStamp: number;
  deltaX: number;
  deltaY: number;
  deltaZ: number;
  deltaMode: 0;
}

/** One ray of a controller, hand, gaze or finger: what it does besides pointing and pressing. */
export interface RayCore {
  readonly pointer: Pointer;
  readonly source: XRInputSource | null;
  readonly wheel: WheelData;
  /** Where it starts, looking along its own −z; null while it is not drawn. */
  space: Object3D | null;
  hovered: Object3D | null;
  wasDown: boolean;
  lostMs: number;
}

export function createRayCore(pointer: Pointer, source: XRInputSource | null): RayCore {
  return {
    pointer,
    source,
    wheel: { timeStamp: 0, deltaX: 0, deltaY: 0, deltaZ: 0, deltaMode: 0 },
    space: null,
    hovered: null,
    wasDown: false,
    lostMs: 0,
  };
}

/** Scrolls what the ray points at, or moves what it holds, by CSS pixels. Nothing where there is neither. */
export function scrollBy(ray: RayCore, scene: Object3D, dxPx: number, dyPx: number): void {
  if (dxPx === 0 && dyPx === 0) return;
  const { wheel } = ray;
  wheel.timeStamp = performance.now();
  wheel.deltaX = dxPx;
  wheel.deltaY = dyPx;
  ray.pointer.wheel(scene, wheel, true);
}
