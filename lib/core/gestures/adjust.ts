import { DEFAULT_GESTURE_SETTINGS } from "#lib/core/gestures/gesture-settings.ts";

/** Thresholds that a person moves together, in words for them. */
export interface GestureAdjustment {
  id: string;
  /** Fires sooner, or with less of the movement. */
  easier: string;
  /** Fires later, so less by accident. */
  harder: string;
  /** As `gestureSettingsFor` has them. */
  names: readonly string[];
  /** Whether a larger figure makes it easier. */
  largerIsEasier: boolean;
}

export const GESTURE_ADJUSTMENTS: readonly GestureAdjustment[] = [
  {
    id: "pinch",
    easier: "Looser pinch",
    harder: "Firmer pinch",
    names: ["pinch.closedM", "pinch.releaseM"],
    largerIsEasier: true,
  },
  {
    id: "swipe",
    easier: "Shorter swipe",
    harder: "Longer swipe",
    names: ["swipe.travelM"],
    largerIsEasier: false,
  },
  {
    id: "hold",
    easier: "Shorter holds of gestures",
    harder: "Longer holds of gestures",
    names: ["menu.holdMs", "dismiss.holdMs", "swipe.armMs"],
    largerIsEasier: false,
  },
];

const STEP = 1.15;
/** As far as `gestureSettingsFor` goes along. */
const FACTOR = { min: 0.5, max: 2 };

/**
 * The adjusted thresholds after one step; the same object when none can go further.
 * A threshold that is back at its default is left out.
 */
export function adjustGestures(
  adjusted: Readonly<Record<string, number>>,
  { names, largerIsEasier }: GestureAdjustment,
  step: "easier" | "harder",
): Readonly<Record<string, number>> {
  const factor = (step === "easier") === largerIsEasier ? STEP : 1 / STEP;
  const next = { ...adjusted };
  let hasChanged = false;
  for (const name of names) {
    const standard = thresholdOf(name);
    const now = (adjusted[name] ?? standard) / standard;
    const wanted = Math.min(FACTOR.max, Math.max(FACTOR.min, now * factor));
    if (Math.abs(wanted - now) < 1e-6) continue;
    hasChanged = true;
    if (Math.abs(wanted - 1) < 0.01) delete next[name];
    else next[name] = wanted * standard;
  }
  return hasChanged ? next : adjusted;
}

function thresholdOf(name: string): number {
  const [group = "", field = ""] = name.split(".");
  const table = DEFAULT_GESTURE_SETTINGS[group as "pinch"] as Readonly<Record<string, number>>;
  return table[field] as number;
}
