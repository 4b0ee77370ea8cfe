import type { GestureSettings } from "#lib/core/gestures/gesture-settings.ts";
import {
  at,
  type Handedness,
  type HandSample,
  INDEX_PROXIMAL,
  INDEX_TIP,
  jointDistance,
  MIDDLE_PROXIMAL,
  PINKY_PROXIMAL,
  RING_PROXIMAL,
  THUMB_TIP,
  WRIST,
} from "#lib/core/gestures/hand-joints.ts";
import {
  createOneEuroFilter,
  filterValue,
  type OneEuroFilter,
  resetFilter,
} from "#lib/core/gestures/one-euro-filter.ts";

/** What gestures ask of a hand, measured once a frame and written in place. Lengths in metres. */
export interface HandShape {
  /** From thumb tip to index tip, filtered. */
  pinchM: number;
  /** Between the two tips, filtered. */
  pinchX: number;
  pinchY: number;
  pinchZ: number;
  /** Centre of the palm, filtered. */
  palmX: number;
  palmY: number;
  palmZ: number;
  /** Unit vector out of the palm. */
  normalX: number;
  normalY: number;
  normalZ: number;
  /** Of the palm, metres a second. */
  speed: number;
  indexCurl: number;
  /** 1: all four fingers in the palm. */
  fist: number;
  /** 1: all four fingers straight. */
  open: number;
  filters: OneEuroFilter[];
}

/** Of a finger's length, what is left between knuckle and tip: straight, and curled into the palm. */
const STRAIGHT = 0.97;
const CURLED = 0.5;
const CM = 100;

export function createHandShape(): HandShape {
  return {
    pinchM: 1,
    pinchX: 0,
    pinchY: 0,
    pinchZ: 0,
    palmX: 0,
    palmY: 0,
    palmZ: 0,
    normalX: 0,
    normalY: 0,
    normalZ: 0,
    speed: 0,
    indexCurl: 0,
    fist: 0,
    open: 0,
    filters: Array.from({ length: 7 }, createOneEuroFilter),
  };
}

export function resetHandShape(shape: HandShape): void {
  for (const filter of shape.filters) resetFilter(filter);
  shape.speed = 0;
  shape.pinchM = 1;
  shape.fist = 0;
  shape.open = 0;
}

/** False when joints are missing or not numbers, as some runtimes send for a hand half out of view. */
export function measureHand(
  shape: HandShape,
  sample: HandSample,
  hand: Handedness,
  dtMs: number,
  settings: GestureSettings,
): boolean {
  const { positions } = sample;
  let sum = 0;
  for (let index = 0; index < 75; index += 1) sum += at(positions, index);
  if (!Number.isFinite(sum)) return false;

  shape.pinchM = filterSlot(shape, 0, jointDistance(positions, THUMB_TIP, INDEX_TIP), dtMs, settings);
  shape.pinchX = filterSlot(shape, 1, middle(positions, THUMB_TIP, INDEX_TIP, 0), dtMs, settings);
  shape.pinchY = filterSlot(shape, 2, middle(positions, THUMB_TIP, INDEX_TIP, 1), dtMs, settings);
  shape.pinchZ = filterSlot(shape, 3, middle(positions, THUMB_TIP, INDEX_TIP, 2), dtMs, settings);
  const { palmX, palmY, palmZ } = shape;
  const isFirst = shape.filters[4]?.started !== true;
  shape.palmX = filterSlot(shape, 4, middle(positions, WRIST, MIDDLE_PROXIMAL, 0), dtMs, settings);
  shape.palmY = filterSlot(shape, 5, middle(positions, WRIST, MIDDLE_PROXIMAL, 1), dtMs, settings);
  shape.palmZ = filterSlot(shape, 6, middle(positions, WRIST, MIDDLE_PROXIMAL, 2), dtMs, settings);
  const moved = Math.hypot(shape.palmX - palmX, shape.palmY - palmY, shape.palmZ - palmZ);
  shape.speed = isFirst || dtMs <= 0 ? 0 : (moved / dtMs) * 1000;
  measureNormal(shape, positions, hand);

  const index = fingerCurl(positions, INDEX_PROXIMAL);
  const others =
    fingerCurl(positions, MIDDLE_PROXIMAL) +
    fingerCurl(positions, RING_PROXIMAL) +
    fingerCurl(positions, PINKY_PROXIMAL);
  shape.indexCurl = index;
  shape.fist = (index + others) / 4;
  shape.open = 1 - shape.fist;
  return true;
}

function filterSlot(
  shape: HandShape,
  slot: number,
  metres: number,
  dtMs: number,
  settings: GestureSettings,
): number {
  const filter = shape.filters[slot];
  return filter ? filterValue(filter, metres * CM, dtMs, settings.filter) / CM : metres;
}

function middle(positions: Float32Array, a: number, b: number, axis: number): number {
  return (at(positions, a * 3 + axis) + at(positions, b * 3 + axis)) / 2;
}

/** 0 straight, 1 curled: the way from knuckle to tip against the length of the three phalanges. */
function fingerCurl(positions: Float32Array, proximal: number): number {
  const length =
    jointDistance(positions, proximal, proximal + 1) +
    jointDistance(positions, proximal + 1, proximal + 2) +
    jointDistance(positions, proximal + 2, proximal + 3);
  if (length < 0.01) return 0;
  const reach = jointDistance(positions, proximal, proximal + 3) / length;
  return Math.min(1, Math.max(0, (STRAIGHT - reach) / (STRAIGHT - CURLED)));
}

/** The knuckles of index and pinky and the wrist span the palm; which side is out depends on the hand. */
function measureNormal(shape: HandShape, positions: Float32Array, hand: Handedness): void {
  const wx = at(positions, WRIST * 3);
  const wy = at(positions, WRIST * 3 + 1);
  const wz = at(positions, WRIST * 3 + 2);
  const ax = at(positions, INDEX_PROXIMAL * 3) - wx;
  const ay = at(positions, INDEX_PROXIMAL * 3 + 1) - wy;
  const az = at(positions, INDEX_PROXIMAL * 3 + 2) - wz;
  const bx = at(positions, PINKY_PROXIMAL * 3) - wx;
  const by = at(positions, PINKY_PROXIMAL * 3 + 1) - wy;
  const bz = at(positions, PINKY_PROXIMAL * 3 + 2) - wz;
  const side = hand === "right" ? 1 : -1;
  const nx = side * (ay * bz - az * by);
  const ny = side * (az * bx - ax * bz);
  const nz = side * (ax * by - ay * bx);
  const length = Math.hypot(nx, ny, nz);
  if (length < 1e-9) return;
  shape.normalX = nx / length;
  shape.normalY = ny / length;
  shape.normalZ = nz / length;
}
