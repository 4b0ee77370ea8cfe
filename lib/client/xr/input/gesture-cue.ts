import { DoubleSide, type Mesh, MeshBasicMaterial, RingGeometry, Shape, ShapeGeometry, Vector3 } from "three";
import type { Handedness } from "#lib/core/gestures/hand-joints.ts";
import type { HandGestures } from "#lib/core/gestures/recognizer.ts";

const SEGMENTS = 48;
/** Metres. */
const RING_OUTER = 0.022;
const RING_INNER = 0.017;
/** Out of the palm, so that the hand does not hide it. */
const PALM_AIR_M = 0.045;

/** Drawn over everything: a cue that a panel hides is none. */
function cueMaterial(color: string): MeshBasicMaterial {
  return new MeshBasicMaterial({
    color,
    transparent: true,
    depthTest: false,
    side: DoubleSide,
    toneMapped: false,
  });
}

const ACCENT = cueMaterial("#58c2d0");
const WARN = cueMaterial("#e39a76");

/** Its own geometry for each hand: how much of it is drawn says how far a gesture is. */
export function createCueRing(): RingGeometry {
  return new RingGeometry(RING_INNER, RING_OUTER, SEGMENTS, 1, Math.PI / 2, -2 * Math.PI);
}

export const CUE_ARROW = new ShapeGeometry(
  new Shape().moveTo(-0.024, 0).lineTo(0.008, 0.02).lineTo(0.002, 0).lineTo(0.008, -0.02).closePath(),
);
export const CUE_MATERIALS = { accent: ACCENT, warn: WARN };

/** What each hand shows now; tests wait for it as a person does. */
export const shownCues: Record<Handedness, "ring" | "arrow" | null> = { left: null, right: null };

const palm = new Vector3();
const normal = new Vector3();

/**
 * One frame of the cue at a hand: the ring closes as a gesture nears its threshold,
 * which is the same number the gesture fires at; the arrow shows that a swipe is armed
 * and which way it goes. What asks for nothing shows nothing.
 */
export function updateCue(hand: HandGestures, ring: Mesh, arrow: Mesh, head: Vector3): void {
  const { menu, dismiss, fist, pinch, swipe, shape } = hand;
  const menuProgress = menu.open ? 0 : menu.progress;
  const atPalm = Math.max(menuProgress, dismiss.progress, fist.grabbing ? 0 : fist.progress);
  const progress = atPalm > 0 ? atPalm : pinch.closed ? 0 : pinch.progress;
  arrow.visible = hand.present && swipe.armed;
  ring.visible = hand.present && progress > 0.02 && !arrow.visible;
  shownCues[hand.hand] = arrow.visible ? "arrow" : ring.visible ? "ring" : null;
  if (!ring.visible && !arrow.visible) return;
  const mesh = arrow.visible ? arrow : ring;
  palm.set(shape.palmX, shape.palmY, shape.palmZ);
  normal.set(shape.normalX, shape.normalY, shape.normalZ);
  if (ring.visible && atPalm === 0) mesh.position.set(shape.pinchX, shape.pinchY, shape.pinchZ);
  else mesh.position.copy(palm).addScaledVector(normal, PALM_AIR_M);
  mesh.lookAt(head);
  if (arrow.visible) {
    // The shape points left, as back does; before a direction is known it points both ways by turns: upright.
    arrow.rotateZ(swipe.direction === "forward" ? Math.PI : swipe.direction === "back" ? 0 : -Math.PI / 2);
    return;
  }
  ring.geometry.setDrawRange(0, Math.round(Math.min(1, progress) * SEGMENTS) * 6);
  ring.material = dismiss.progress > 0 && dismiss.progress === atPalm ? WARN : ACCENT;
}
