import type { Object3D } from "three";
import type { RayCore } from "#lib/client/xr/input/ray.ts";

const rays = new Set<RayCore>();

/** Makes a ray known to gestures, keys and tests. Returns how to take it back. */
export function keepRay(ray: RayCore): () => void {
  rays.add(ray);
  return () => rays.delete(ray);
}

export function findHandRay(hand: XRHandedness): RayCore | null {
  for (const ray of rays) {
    if (ray.source?.hand && ray.source.handedness === hand) return ray;
  }
  return null;
}

/** The panel an object belongs to: its own `userData.panelId` or that of what it is part of. */
export function panelIdOf(object: Object3D | null | undefined): string | null {
  for (let at = object ?? null; at; at = at.parent) {
    const id: unknown = at.userData.panelId;
    if (typeof id === "string") return id;
  }
  return null;
}

/** What a ray points at, or holds. */
export function pointedPanelId(ray: RayCore | null): string | null {
  return panelIdOf(ray?.pointer.getIntersection()?.object);
}
