import type { WebXRManager } from "three";

/**
 * With more than two views three.js knows no eyes: it gives the third view the layer
 * of the right eye and the fourth none (three 0.187, WebXRManager). A picture made
 * for one eye would then stand in the wrong one. This sets the layers by the eye that
 * each view says it is for. Views come and go with what the device needs, so it is
 * asked each frame and does something only when their number changed.
 * @returns the number of views.
 */
export function followEyeLayers(xr: WebXRManager, frame: XRFrame, known: number): number {
  const { cameras } = xr.getCamera();
  if (cameras.length === known || cameras.length <= 2) return cameras.length;
  const space = xr.getReferenceSpace();
  const views = space ? frame.getViewerPose(space)?.views : undefined;
  if (!views) return known;
  for (const [index, view] of views.entries()) {
    const camera = cameras[index];
    if (!camera) continue;
    camera.layers.set(0);
    if (view.eye !== "right") camera.layers.enable(1);
    if (view.eye !== "left") camera.layers.enable(2);
  }
  return cameras.length;
}
