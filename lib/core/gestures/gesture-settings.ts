import type { Handedness } from "#lib/core/gestures/hand-joints.ts";

/**
 * Every threshold of every gesture. Lengths are metres, times milliseconds, angles
 * degrees, shapes 0..1. What a cue shows as complete is what the gesture fires at:
 * both read the same field.
 */
export interface GestureSettings {
  dominantHand: Handedness;
  /** Everything with one hand: the menu on either palm, resizing by a long pinch. */
  oneHanded: boolean;
  seated: boolean;
  enabled: { swipe: boolean; menu: boolean; grab: boolean; dismiss: boolean };
  filter: { minCutoffHz: number; beta: number };
  tracking: {
    /** A hand lost for less goes on where it was; longer cancels what it did. */
    graceMs: number;
    /** A longer gap between two frames counts as losing both hands. */
    frameGapMs: number;
  };
  pinch: {
    /** Thumb and index tip this near are a pinch; the cue is full. */
    closedM: number;
    /** This far apart again ends it. */
    releaseM: number;
    /** The cue begins to show. */
    shownM: number;
    longMs: number;
    /** Moving further makes a pinch a drag, and no long pinch. */
    dragM: number;
    /** An index finger curled more belongs to a fist. */
    indexCurlMax: number;
  };
  resize: {
    /** How much the hands' distance changes before two pinches are a resize. */
    startM: number;
    /** With one hand: moving up by this doubles the size. */
    doubleM: number;
  };
  fist: {
    closed: number;
    open: number;
    holdMs: number;
    /** A fist closed over longer than this was a resting hand. */
    closingMsMax: number;
  };
  /** How open a hand must be for swipe, menu and dismiss. */
  openHand: number;
  /** Gestures of the open hand count only where their cue can be seen: within this angle of where the head looks. */
  viewConeDeg: number;
  menu: { facingDeg: number; closedDeg: number; holdMs: number; closeMs: number };
  swipe: {
    /** The palm faces sideways within this angle. */
    sidewaysDeg: number;
    stillMps: number;
    armMs: number;
    /** The cue has been visible at least this long before travel counts. */
    cueMs: number;
    travelM: number;
    travelMsMax: number;
    /** Travel in other directions, as a share of the sideways travel. */
    driftMax: number;
    cooldownMs: number;
  };
  dismiss: { facingDeg: number; reachM: number; stillMps: number; cueMs: number; holdMs: number };
}

export const DEFAULT_GESTURE_SETTINGS: GestureSettings = {
  dominantHand: "right",
  oneHanded: false,
  seated: false,
  enabled: { swipe: true, menu: true, grab: true, dismiss: true },
  filter: { minCutoffHz: 1, beta: 0.5 },
  tracking: { graceMs: 120, frameGapMs: 300 },
  pinch: {
    closedM: 0.019,
    releaseM: 0.028,
    shownM: 0.055,
    longMs: 600,
    dragM: 0.015,
    indexCurlMax: 0.8,
  },
  resize: { startM: 0.02, doubleM: 0.15 },
  fist: { closed: 0.8, open: 0.45, holdMs: 100, closingMsMax: 900 },
  openHand: 0.75,
  viewConeDeg: 42,
  menu: { facingDeg: 35, closedDeg: 60, holdMs: 350, closeMs: 250 },
  swipe: {
    sidewaysDeg: 40,
    stillMps: 0.12,
    armMs: 250,
    cueMs: 150,
    travelM: 0.14,
    travelMsMax: 700,
    driftMax: 0.6,
    cooldownMs: 800,
  },
  dismiss: { facingDeg: 35, reachM: 0.38, stillMps: 0.15, cueMs: 200, holdMs: 900 },
};

export interface GesturePosture {
  dominantHand?: Handedness;
  oneHanded?: boolean;
  seated?: boolean;
}

/** How far a person may move a threshold from its default. */
const ADJUSTED_MIN = 0.5;
const ADJUSTED_MAX = 2;

/**
 * The table for one person. Seated or lying, arms stay bent: reach and travel are three
 * quarters. `adjusted` names thresholds as `pinch.closedM`; unknown names are passed over,
 * and none moves further than half or twice its default, so that every gesture stays possible.
 */
export function gestureSettingsFor(
  posture: GesturePosture,
  adjusted: Readonly<Record<string, number>> = {},
): GestureSettings {
  const settings = { ...structuredClone(DEFAULT_GESTURE_SETTINGS), ...posture };
  for (const [name, wanted] of Object.entries(adjusted)) {
    const [group = "", field = ""] = name.split(".");
    const table: unknown = Object.hasOwn(settings, group) ? settings[group as keyof GestureSettings] : null;
    if (typeof table !== "object" || table === null || !Object.hasOwn(table, field)) continue;
    const thresholds = table as Record<string, unknown>;
    const standard = thresholds[field];
    if (typeof standard !== "number" || !Number.isFinite(wanted)) continue;
    thresholds[field] = Math.min(standard * ADJUSTED_MAX, Math.max(standard * ADJUSTED_MIN, wanted));
  }
  keepOrder(settings);
  if (settings.seated) {
    settings.swipe.travelM *= 0.75;
    settings.dismiss.reachM *= 0.75;
  }
  return settings;
}

/** Thresholds that belong together never cross: what closes a pinch lies below what opens it, which lies below its cue. */
function keepOrder({ pinch, fist, menu, dismiss }: GestureSettings): void {
  pinch.releaseM = Math.max(pinch.releaseM, pinch.closedM + 0.004);
  pinch.shownM = Math.max(pinch.shownM, pinch.releaseM + 0.005);
  pinch.indexCurlMax = Math.min(pinch.indexCurlMax, 1);
  fist.closed = Math.min(fist.closed, 0.95);
  fist.open = Math.min(fist.open, fist.closed - 0.1);
  menu.closedDeg = Math.max(menu.closedDeg, menu.facingDeg + 10);
  dismiss.holdMs = Math.max(dismiss.holdMs, dismiss.cueMs + 300);
}
