import { createXRStore } from "@react-three/xr";

/**
 * The one XR store of the window. Everything it may load comes from our own
 * origin; nothing is emulated, offered or entered unless a person asks.
 */
export const xrStore = createXRStore({
  emulate: false,
  offerSession: false,
  enterGrantedSession: false,
  domOverlay: false,
  anchors: false,
  meshDetection: false,
  planeDetection: false,
  depthSensing: false,
  hitTest: false,
  bodyTracking: false,
  baseAssetPath: "/xr/profiles",
  // three would take the strongest, which blurs text away from the middle.
  foveation: 0.33,
  frameRate: "mid",
});
