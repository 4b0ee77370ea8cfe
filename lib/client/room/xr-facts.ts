import { createStore } from "zustand/vanilla";
import { UNKNOWN_FACTS, type XrFacts } from "#lib/core/xr/describe-features.ts";

/** What is known of this browser and its devices so far. A session adds what only it can tell. */
export const xrFactsStore = createStore<XrFacts>(() => UNKNOWN_FACTS);

export function addXrFacts(facts: Partial<XrFacts>): void {
  xrFactsStore.setState(facts);
}

/** Asks the browser, without entering anything and without a prompt. Safe to repeat: a headset may have come or gone. */
export async function detectXr(): Promise<void> {
  const { xr } = navigator;
  addXrFacts({
    api: xr !== undefined,
    secure: window.isSecureContext,
    webgl: hasWebGl(),
    layers: hasLayers(),
  });
  const [vr, ar] = await Promise.all([isSupported(xr, "immersive-vr"), isSupported(xr, "immersive-ar")]);
  addXrFacts({ vr, ar });
}

/** Asks again whenever a headset is plugged in or taken away. Returns how to stop. */
export function watchXrDevices(): () => void {
  const { xr } = navigator;
  const ask = () => void detectXr();
  ask();
  xr?.addEventListener("devicechange", ask);
  return () => xr?.removeEventListener("devicechange", ask);
}

async function isSupported(xr: XRSystem | undefined, mode: XRSessionMode): Promise<boolean> {
  try {
    return (await xr?.isSessionSupported(mode)) ?? false;
  } catch {
    // A permissions policy forbids even asking: as good as no device.
    return false;
  }
}

/** Composition layers exist as an interface before any session; whether one is granted shows there. */
function hasLayers(): boolean {
  return typeof XRWebGLBinding !== "undefined" && "createCylinderLayer" in XRWebGLBinding.prototype;
}

let webgl: boolean | null = null;

/** Asked once: each answer costs a context, of which a page has only so many. */
function hasWebGl(): boolean {
  if (webgl === null) {
    const context = document.createElement("canvas").getContext("webgl2");
    webgl = context !== null;
    context?.getExtension("WEBGL_lose_context")?.loseContext();
  }
  return webgl;
}
