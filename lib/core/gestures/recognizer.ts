import {
  cancelDismiss,
  createDismissState,
  type DismissState,
  stepDismiss,
} from "#lib/core/gestures/dismiss.ts";
import { cancelFist, createFistState, type FistState, stepFist } from "#lib/core/gestures/fist.ts";
import { createGestureEvents, type GestureEvents } from "#lib/core/gestures/gesture-events.ts";
import { DEFAULT_GESTURE_SETTINGS, type GestureSettings } from "#lib/core/gestures/gesture-settings.ts";
import type { Handedness, HandFrame } from "#lib/core/gestures/hand-joints.ts";
import { createHandScene, type HandScene, measureScene } from "#lib/core/gestures/hand-scene.ts";
import {
  createHandShape,
  type HandShape,
  measureHand,
  resetHandShape,
} from "#lib/core/gestures/hand-shape.ts";
import {
  cancelOneHandResize,
  createOneHandResizeState,
  type OneHandResizeState,
  stepOneHandResize,
} from "#lib/core/gestures/one-hand-resize.ts";
import {
  cancelPalmMenu,
  createPalmMenuState,
  type PalmMenuState,
  stepPalmMenu,
} from "#lib/core/gestures/palm-menu.ts";
import { cancelPinch, createPinchState, type PinchState, stepPinch } from "#lib/core/gestures/pinch.ts";
import {
  cancelResize,
  createResizeState,
  type ResizeState,
  stepTwoHandResize,
} from "#lib/core/gestures/resize.ts";
import { cancelSwipe, createSwipeState, type SwipeState, stepSwipe } from "#lib/core/gestures/swipe.ts";

/** All that is known of one hand. Cues are drawn from the `progress` of its parts. */
export interface HandGestures {
  readonly hand: Handedness;
  /** Seen, or lost so shortly that it goes on. */
  present: boolean;
  lostMs: number;
  /** Set by `stepGestures`; read by the resize of both hands. */
  aimsAtPanel: boolean;
  readonly shape: HandShape;
  readonly scene: HandScene;
  readonly pinch: PinchState;
  readonly fist: FistState;
  readonly menu: PalmMenuState;
  readonly swipe: SwipeState;
  readonly dismiss: DismissState;
  readonly oneHandResize: OneHandResizeState;
}

export interface GestureRecognizer {
  settings: GestureSettings;
  readonly left: HandGestures;
  readonly right: HandGestures;
  readonly resize: ResizeState;
  readonly events: GestureEvents;
  timeMs: number;
}

export function createGestureRecognizer(settings = DEFAULT_GESTURE_SETTINGS): GestureRecognizer {
  return {
    settings,
    left: createHandGestures("left"),
    right: createHandGestures("right"),
    resize: createResizeState(),
    events: createGestureEvents(),
    timeMs: Number.NaN,
  };
}

function createHandGestures(hand: Handedness): HandGestures {
  return {
    hand,
    present: false,
    lostMs: 0,
    aimsAtPanel: false,
    shape: createHandShape(),
    scene: createHandScene(hand),
    pinch: createPinchState(),
    fist: createFistState(),
    menu: createPalmMenuState(),
    swipe: createSwipeState(),
    dismiss: createDismissState(),
    oneHandResize: createOneHandResizeState(),
  };
}

/**
 * Takes one frame and returns what happened in it. The same frames always give the same
 * events, so a recording can be replayed. A hand does one thing at a time: the first
 * gesture to begin holds off the others. A hand that is lost, or a gap between frames,
 * cancels what was going on. Allocates nothing; the events belong to the recognizer.
 */
export function stepGestures(recognizer: GestureRecognizer, frame: HandFrame): GestureEvents {
  const { events, settings, left, right, resize } = recognizer;
  events.count = 0;
  const sinceLast = frame.timeMs - recognizer.timeMs;
  recognizer.timeMs = frame.timeMs;
  const isGap = !(sinceLast > 0 && sinceLast <= settings.tracking.frameGapMs);
  const dtMs = isGap ? 0 : sinceLast;
  if (isGap) {
    loseHand(recognizer, left, frame.timeMs);
    loseHand(recognizer, right, frame.timeMs);
  }

  const hasLeft = seeHand(recognizer, left, frame, dtMs);
  const hasRight = seeHand(recognizer, right, frame, dtMs);
  if (hasLeft) stepHand(recognizer, left);
  if (hasRight) stepHand(recognizer, right);
  if (hasLeft && hasRight && stepTwoHandResize(resize, left, right, frame.timeMs, events, settings)) {
    cancelPinch(left.pinch, left.shape, left.scene, events);
    cancelPinch(right.pinch, right.shape, right.scene, events);
  }
  return events;
}

/** Measures a hand. False while it cannot be seen: nothing is decided about it then. */
function seeHand(recognizer: GestureRecognizer, hand: HandGestures, frame: HandFrame, dtMs: number): boolean {
  const sample = frame[hand.hand];
  const { settings } = recognizer;
  const isSeen = sample.tracked && measureHand(hand.shape, sample, hand.hand, dtMs + hand.lostMs, settings);
  if (!isSeen) {
    if (!hand.present) return false;
    hand.lostMs += dtMs;
    if (hand.lostMs > settings.tracking.graceMs) loseHand(recognizer, hand, frame.timeMs);
    return false;
  }
  hand.present = true;
  hand.lostMs = 0;
  hand.aimsAtPanel = sample.aimsAtPanel;
  measureScene(hand.scene, frame, hand.shape, dtMs, settings);
  return true;
}

function stepHand({ events, settings, resize }: GestureRecognizer, hand: HandGestures): void {
  const { shape, scene, pinch, fist, menu, swipe, dismiss, oneHandResize } = hand;
  const resizes = resize.active || oneHandResize.active;
  if (stepOneHandResize(oneHandResize, shape, pinch, scene, events, settings)) {
    cancelPinch(pinch, shape, scene, events);
  }
  stepPinch(pinch, shape, scene, events, settings, resizes || fist.grabbing || menu.open);
  const isBusy = pinch.closed || resizes;
  stepFist(fist, shape, scene, events, settings, isBusy || menu.open);
  stepPalmMenu(menu, shape, scene, events, settings, isBusy || fist.grabbing);
  const isTaken = isBusy || fist.grabbing || menu.open;
  stepSwipe(swipe, shape, scene, events, settings, isTaken);
  stepDismiss(dismiss, shape, scene, events, settings, isTaken);
}

function loseHand({ events, resize }: GestureRecognizer, hand: HandGestures, timeMs: number): void {
  if (!hand.present) return;
  hand.present = false;
  hand.lostMs = 0;
  hand.scene.timeMs = timeMs;
  cancelResize(resize, timeMs, events);
  cancelOneHandResize(hand.oneHandResize, hand.scene, events);
  cancelPinch(hand.pinch, hand.shape, hand.scene, events);
  cancelFist(hand.fist, hand.shape, hand.scene, events);
  cancelPalmMenu(hand.menu, hand.shape, hand.scene, events);
  cancelSwipe(hand.swipe);
  cancelDismiss(hand.dismiss);
  resetHandShape(hand.shape);
}
