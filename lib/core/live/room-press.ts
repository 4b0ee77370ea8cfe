import { PRESS_SLOP_PX } from "#lib/core/surfaces/decide-drag.ts";

/**
 * What presses a live page in the room. A `mouse` is told as it is; a `ray` has a
 * stick to scroll with; a `hand` (also a gaze, or a finger on a screen) scrolls by
 * dragging; a `finger` is told as touch. Pages that are shown as on a phone are made
 * for fingers: to them everything but a mouse is one.
 */
export type RoomPointerKind = "mouse" | "ray" | "hand" | "finger";

export interface RoomPointerTraits {
  /** As the scene's pointers call themselves. */
  pointerType: string;
  mode: "desktop" | "mobile";
  /** The input source has a thumbstick or touchpad. */
  hasStick: boolean;
}

const MICE = new Set(["screen-mouse", "screen-pen"]);

export function roomPointerKind({ pointerType, mode, hasStick }: RoomPointerTraits): RoomPointerKind {
  if (MICE.has(pointerType)) return "mouse";
  if (mode === "mobile") return "finger";
  return hasStick ? "ray" : "hand";
}

export interface RoomDrag {
  kind: RoomPointerKind;
  /** On a screen the view can be turned by dragging; in a session it cannot. */
  canLook: boolean;
  hasLongPressed: boolean;
  dxPx: number;
  dyPx: number;
}

const SIDEWAYS_FACTOR = 1.5;

/**
 * What moving a pressed pointer does, once it has left the slop; null while it is
 * still a press. `drag` holds the left button from where the press began, `scroll`
 * turns the wheel there, `look` leaves it to the view.
 */
export function decideRoomDrag(drag: RoomDrag): "drag" | "scroll" | "look" | null {
  const { kind, canLook, hasLongPressed, dxPx, dyPx } = drag;
  if (Math.hypot(dxPx, dyPx) <= PRESS_SLOP_PX.coarse) return null;
  if (kind === "ray" || hasLongPressed) return "drag";
  return canLook && Math.abs(dxPx) > SIDEWAYS_FACTOR * Math.abs(dyPx) ? "look" : "scroll";
}
