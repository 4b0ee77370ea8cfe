import type { GestureEvent } from "#lib/core/gestures/gesture-events.ts";
import { type GesturePosture, gestureSettingsFor } from "#lib/core/gestures/gesture-settings.ts";
import {
  createGestureRecognizer,
  type GestureRecognizer,
  stepGestures,
} from "#lib/core/gestures/recognizer.ts";
import { type HandPose, type HandScript, POINTING, playHands } from "../../fixtures/hand-frames.ts";

export interface Played {
  events: GestureEvent[];
  /** `type hand`, without moves. */
  names: string[];
  recognizer: GestureRecognizer;
}

/** Plays hands to a recognizer and collects copies of what happened. */
export function playGestures(
  script: HandScript,
  {
    to,
    posture = {},
    recognizer = createGestureRecognizer(gestureSettingsFor(posture)),
    onFrame,
    skip,
  }: {
    to: number;
    posture?: GesturePosture;
    recognizer?: GestureRecognizer;
    onFrame?: (recognizer: GestureRecognizer, seconds: number) => void;
    /** Leaves frames out, as a stalled page does. */
    skip?: (seconds: number) => boolean;
  },
): Played {
  const events: GestureEvent[] = [];
  for (const frame of playHands(script, { to })) {
    const seconds = (frame.timeMs - 1000) / 1000;
    if (skip?.(seconds)) continue;
    const { items, count } = stepGestures(recognizer, frame);
    for (const event of items.slice(0, count)) events.push({ ...event });
    onFrame?.(recognizer, seconds);
  }
  const names = events
    .filter(({ type }) => !type.endsWith("-move"))
    .map(({ type, hand }) => `${type} ${hand}`);
  return { events, names, recognizer };
}

/** A pointing hand whose tips are this far apart, its palm moved by `by`. */
export function pinching(pinchM: number, by: readonly [number, number, number] = [0, 0, 0]): HandPose {
  const [x, y, z] = POINTING.palm;
  return { ...POINTING, palm: [x + by[0], y + by[1], z + by[2]], pinchM, aimsAtPanel: true };
}
