import { type XRControllerLayout, XRControllerLayoutLoader } from "@pmndrs/xr/internals";

/** Where the models come from: our own origin. Absolute, as the library needs it. */
export function profilesUrl(origin: string): string {
  return `${origin}/xr/profiles/`;
}

const part = (type: string, gamepadIndices: XRControllerLayout["components"][string]["gamepadIndices"]) => ({
  type,
  gamepadIndices,
  rootNodeName: "",
  touchPointNodeName: "",
  visualResponses: {},
});

/**
 * A controller as the `xr-standard` mapping has it (WebXR Gamepads Module §3.3),
 * without a model: trigger, squeeze, touchpad and thumbstick are always in the same
 * places, so everything but the looks works.
 */
export const PLAIN_LAYOUT: XRControllerLayout = {
  selectComponentId: "xr-standard-trigger",
  components: {
    "xr-standard-trigger": part("trigger", { button: 0 }),
    "xr-standard-squeeze": part("squeeze", { button: 1 }),
    "xr-standard-touchpad": part("touchpad", { button: 2, xAxis: 0, yAxis: 1 }),
    "xr-standard-thumbstick": part("thumbstick", { button: 3, xAxis: 2, yAxis: 3 }),
  },
  gamepadMapping: "xr-standard",
  rootNodeName: "",
  assetPath: "",
};

let isGuarded = false;

/**
 * Gives every controller a layout, the plain one when its own cannot be fetched. The
 * library makes a controller known only once it has the layout, and without one there
 * would be no ray to point with; it offers no place to say so, hence the wrapped
 * method. Idempotent. See docs/adr/0088.
 */
export function guardControllerLayouts(): void {
  if (isGuarded) return;
  isGuarded = true;
  const load = XRControllerLayoutLoader.prototype.load;
  XRControllerLayoutLoader.prototype.load = function guardedLoad(profileIds, handedness) {
    try {
      const layout = load.call(this, profileIds, handedness);
      return layout instanceof Promise ? layout.catch(() => PLAIN_LAYOUT) : layout;
    } catch {
      // A profile that has no layout for this hand.
      return PLAIN_LAYOUT;
    }
  };
}
