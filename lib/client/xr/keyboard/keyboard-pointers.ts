import type { PointerEvent as ScenePointerEvent } from "@pmndrs/pointer-events";
import { type Mesh, Vector3 } from "three";
import type { KeyPlace } from "#lib/core/keyboard/key-geometry.ts";

export interface KeyboardPointerTarget {
  /** The one surface pointers meet. */
  plate: Mesh;
  metresPerDegree: number;
  /** Degrees from the middle of the board. */
  findPlace(x: number, y: number): KeyPlace | null;
  onDown(pointerId: number, place: KeyPlace | null, at: { x: number; y: number }): void;
  /** A pointer came upon another place, or left with null. */
  onHover(place: KeyPlace | null, event: ScenePointerEvent): void;
  /** With every move, whatever is below. */
  onMove(place: KeyPlace | null): void;
  /** `mayChoose`: it was let go on purpose, not lost. */
  onUp(pointerId: number, mayChoose: boolean): void;
}

export interface KeyboardPointers {
  isHovered(id: string): boolean;
  /** Lets go of everything, as when the keyboard is hidden under the fingers. */
  clear(): void;
  stop(): void;
}

const scratch = new Vector3();

/** Rays, fingers, gaze and mouse on the keyboard, told as places and presses. */
export function listenKeyboardPointers(target: KeyboardPointerTarget): KeyboardPointers {
  const { plate, metresPerDegree } = target;
  const hovers = new Map<number, string>();
  const downs = new Set<number>();

  const toBoard = (point: Vector3): Vector3 =>
    plate.worldToLocal(scratch.copy(point)).multiplyScalar(1 / metresPerDegree);
  const letGo = (pointerId: number): void => {
    downs.delete(pointerId);
    if (plate.hasPointerCapture(pointerId)) plate.releasePointerCapture(pointerId);
  };

  const onDown = (event: ScenePointerEvent): void => {
    event.stopPropagation();
    if ((event.nativeEvent.button ?? 0) !== 0) return;
    const isTouch = event.details.type === "sphere";
    // A finger that was pushed through and comes back from behind presses nothing.
    if (isTouch && toBoard(event.pointerPosition).z < 0) return;
    downs.add(event.pointerId);
    // A ray is held by its key although it slips off it. A finger is not: it must be able to lift.
    if (!isTouch) plate.setPointerCapture(event.pointerId);
    const { x, y } = toBoard(event.point);
    target.onDown(event.pointerId, target.findPlace(x, y), { x, y });
  };

  const onMove = (event: ScenePointerEvent): void => {
    const { x, y } = toBoard(event.point);
    const place = target.findPlace(x, y);
    target.onMove(place);
    const shown = downs.has(event.pointerId) ? null : place;
    if ((shown?.id ?? null) === (hovers.get(event.pointerId) ?? null)) return;
    if (shown) hovers.set(event.pointerId, shown.id);
    else hovers.delete(event.pointerId);
    target.onHover(shown, event);
  };

  const onUp = (event: ScenePointerEvent): void => {
    event.stopPropagation();
    letGo(event.pointerId);
    target.onUp(event.pointerId, true);
  };
  const onCancel = (event: ScenePointerEvent): void => {
    letGo(event.pointerId);
    target.onUp(event.pointerId, false);
  };
  const onLeave = (event: ScenePointerEvent): void => {
    if (hovers.delete(event.pointerId)) target.onHover(null, event);
    if (!plate.hasPointerCapture(event.pointerId)) onCancel(event);
  };
  const keep = (event: ScenePointerEvent): void => event.stopPropagation();

  const listeners = {
    pointerdown: onDown,
    pointermove: onMove,
    pointerup: onUp,
    pointerleave: onLeave,
    pointercancel: onCancel,
    click: keep,
    wheel: keep,
  };
  const names = Object.keys(listeners) as (keyof typeof listeners)[];
  for (const name of names) plate.addEventListener(name as never, listeners[name] as never);

  return {
    isHovered(id) {
      for (const hovered of hovers.values()) if (hovered === id) return true;
      return false;
    },
    clear() {
      for (const pointerId of [...downs]) letGo(pointerId);
      hovers.clear();
    },
    stop() {
      for (const name of names) plate.removeEventListener(name as never, listeners[name] as never);
    },
  };
}
