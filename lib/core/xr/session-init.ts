export type XrMode = "immersive-vr" | "immersive-ar";

/** What `navigator.xr.requestSession` is told; the shape of the WebXR Device API's XRSessionInit. */
export interface SessionInit {
  requiredFeatures: string[];
  optionalFeatures: string[];
}

/**
 * What Qui asks of a session. Only the floor is required: a device that lacks the
 * rest still shows every panel. Nothing that looks at the person's room (hit test,
 * planes, meshes, depth) or at their eyes is asked for, so no headset asks them.
 *
 * `secondary-views` lets a headset with four displays deliver four views (WebXR
 * Device API, "secondary views"); one with two ignores it.
 */
export function sessionInit({ hands }: { hands: boolean }): SessionInit {
  return {
    requiredFeatures: ["local-floor"],
    optionalFeatures: [...(hands ? ["hand-tracking"] : []), "layers", "secondary-views"],
  };
}
