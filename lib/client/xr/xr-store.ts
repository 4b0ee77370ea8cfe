import { createXRStore, isAppleVisionPro } from "@react-three/xr";
import { guardControllerLayouts, profilesUrl } from "#lib/client/xr/session/controller-layouts.ts";
import { chooseFrameRate } from "#lib/core/quality/frame-rate.ts";
import { sessionInit } from "#lib/core/xr/session-init.ts";

guardControllerLayouts();

/**
 * The one XR store of the window. Everything it may load comes from our own
 * origin; nothing is emulated, offered or entered unless a person asks.
 */
export const xrStore = createXRStore({
  emulate: false,
  offerSession: false,
  enterGrantedSession: false,
  domOverlay: false,
  // visionOS asks for a permission first and then points by eye and pinch, which needs no joints.
  customSessionInit: sessionInit({ hands: typeof navigator !== "undefined" && !isAppleVisionPro() }),
  baseAssetPath: typeof location === "undefined" ? "https://localhost/" : profilesUrl(location.origin),
  // Held until the governor speaks. three would take the strongest, which blurs text away from the middle.
  foveation: 0.33,
  frameRate: (rates) => chooseFrameRate(Array.from(rates)) ?? false,
});
