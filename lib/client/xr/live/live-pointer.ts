import type {
  PointerEvent as ScenePointerEvent,
  WheelEvent as SceneWheelEvent,
} from "@pmndrs/pointer-events";
import { type Mesh, Vector3 } from "three";
import type { LiveTabInput } from "#lib/client/live/live-tab.ts";
import {
  createPointerOutbox,
  MOUSE_BUTTONS,
  NO_KEYS,
  type PagePlace,
} from "#lib/client/xr/live/pointer-outbox.ts";
import { decideRoomDrag, type RoomPointerKind, roomPointerKind } from "#lib/core/live/room-press.ts";
import { wheelPixels } from "#lib/core/live/wheel.ts";
import { heldAfter, LONG_PRESS_MS, PRESS_SLOP_PX } from "#lib/core/surfaces/decide-drag.ts";
import { type PanelSheet, unbend } from "#lib/core/surfaces/panel-mesh.ts";
import {
  createMomentum,
  releaseMomentum,
  stepMomentum,
  trackMomentum,
} from "#lib/core/surfaces/scroll-momentum.ts";
import type { LiveModifiers } from "#lib/protocol/live.ts";

export interface LivePointerTarget {
  mesh: Mesh;
  /** As they are now: read with every event. */
  getSheet: () => PanelSheet;
  /** Of the page as it is laid out, in its own CSS pixels. */
  getViewport: () => { width: number; height: number };
  getMode: () => "desktop" | "mobile";
  isStill: () => boolean;
  send(message: LiveTabInput): void;
  onHover(pointerId: number, isPointed: boolean): void;
  onPress(byMouse: boolean): void;
  /** The right button, or a long press, at a place of the page, which has been told of it. */
  onMenu(at: PagePlace, native: unknown): void;
  /** Something waits for frames that nothing else may ask for. */
  onWait(): void;
  /** A pointer took hold of the panel or let go: the view must not turn meanwhile. */
  onHold(isHeld: boolean): void;
}

export interface LivePointer {
  /** One frame: sends the newest move and what was scrolled, and glides on. Says whether more frames are needed. */
  step(deltaMs: number): boolean;
  /** Turns the wheel in the middle of the page, as for keys and gestures. */
  scrollBy(deltaPx: number): void;
  dispose(): void;
}

interface Press {
  pointerId: number;
  kind: RoomPointerKind;
  canLook: boolean;
  start: PagePlace;
  last: PagePlace;
  lastMs: number;
  /** `touch`: a finger that has left the place it came down at. */
  mode: "drag" | "scroll" | "touch" | null;
  heldMs: number;
  hasLongPressed: boolean;
  /** For what is told while nothing moves. */
  native: ScenePointerEvent["nativeEvent"];
}

interface NativeKeys {
  altKey?: boolean;
  ctrlKey?: boolean;
  metaKey?: boolean;
  shiftKey?: boolean;
}

/** The left button in `MouseEvent.buttons`. */
const LEFT = 1;
const FINGERS_MAX = 10;
const local = new Vector3();

/**
 * What mice, fingers, controllers and hands do to the page of a live panel, told to
 * its tab. Presses are told at once; moves and turns of the wheel are gathered and
 * told once a frame. Fingers on a page shown as on a phone are told as touches.
 */
export function listenLivePointers(target: LivePointerTarget): LivePointer {
  const { mesh, send } = target;
  const presses = new Map<number, Press>();
  const momentum = createMomentum();
  const outbox = createPointerOutbox(send);
  let fingersMoved = false;
  /** A hand is dragging: what glides does so once it has let go. */
  let isScrolling = false;

  /** CSS pixels of the page; outside of it while a drag leaves the panel. */
  const pointOf = (event: { point: Vector3 }): PagePlace => {
    const { widthM, heightM, bendRadiusM } = target.getSheet();
    const { width, height } = target.getViewport();
    mesh.worldToLocal(local.copy(event.point));
    return {
      x: limit((unbend(local.x, local.z, bendRadiusM) / widthM + 0.5) * width),
      y: limit((0.5 - local.y / heightM) * height),
    };
  };

  const sendFingers = (kind: "start" | "move" | "end" | "cancel", leaving: Press | null): void => {
    const points = [...presses.values()]
      .filter((press) => press.kind === "finger" && press !== leaving)
      .slice(0, FINGERS_MAX)
      .map(({ pointerId, last }) => ({ id: pointerId % 32, ...last, force: 0.5 }));
    send({ type: "touch", kind, points: kind === "cancel" ? [] : points, modifiers: NO_KEYS });
  };

  const finish = (press: Press): void => {
    presses.delete(press.pointerId);
    if (press.mode === "scroll") isScrolling = false;
    mesh.releasePointerCapture(press.pointerId);
    if (presses.size === 0) target.onHold(false);
  };
  const rightClick = (at: PagePlace, native: ScenePointerEvent["nativeEvent"]): void => {
    const modifiers = modifiersOf(native);
    outbox.down(at, "right", modifiers, native.timeStamp);
    outbox.up(at, "right", modifiers);
    target.onMenu(at, native);
  };

  const onDown = (event: ScenePointerEvent): void => {
    const native = event.nativeEvent;
    const button = MOUSE_BUTTONS[native.button ?? 0] ?? "left";
    const kind = kindOf(event, target.getMode());
    if (kind !== "mouse" && button !== "left") return;
    event.stopPropagation();
    target.onPress(kind === "mouse");
    const at = pointOf(event);
    const press: Press = {
      pointerId: event.pointerId,
      kind,
      canLook: event.pointerType.startsWith("screen-"),
      start: at,
      last: at,
      lastMs: native.timeStamp,
      mode: kind === "mouse" ? "drag" : null,
      heldMs: 0,
      hasLongPressed: false,
      native,
    };
    presses.set(press.pointerId, press);
    momentum.velocity = 0;
    mesh.setPointerCapture(press.pointerId);
    target.onHold(true);
    if (kind === "mouse") outbox.down(at, button, modifiersOf(native), native.timeStamp);
    else if (kind === "finger") sendFingers("start", null);
    target.onWait();
  };

  /**
   * A ray means the right button at once; a hand may still go on to drag. To a finger
   * Chromium itself answers with a long press; the menu is for what lies under it.
   */
  const longPress = (press: Press): void => {
    press.hasLongPressed = true;
    if (press.kind === "finger") target.onMenu(press.last, press.native);
    else if (press.kind === "ray") {
      finish(press);
      rightClick(press.last, press.native);
    }
  };
  const stepPresses = (deltaMs: number): void => {
    for (const press of presses.values()) {
      if (press.mode !== null || press.hasLongPressed) continue;
      press.heldMs = heldAfter(press.heldMs, deltaMs);
      if (press.heldMs >= LONG_PRESS_MS) longPress(press);
    }
  };

  const onMove = (event: ScenePointerEvent): void => {
    const at = pointOf(event);
    const press = presses.get(event.pointerId);
    const native = event.nativeEvent;
    const modifiers = modifiersOf(native);
    if (!press) {
      target.onHover(event.pointerId, true);
      // A finger hovers nowhere, and one pointer at a time is the page's mouse.
      if (presses.size === 0 && kindOf(event, target.getMode()) !== "finger") outbox.move(at, 0, modifiers);
      return;
    }
    if (press.kind === "finger") {
      // A held hand trembles, and one that trembles scrolls nothing.
      const movedPx = Math.hypot(at.x - press.start.x, at.y - press.start.y);
      if (press.mode === null && movedPx <= PRESS_SLOP_PX.coarse) return;
      press.mode = "touch";
      fingersMoved = true;
    } else if (press.mode === null) {
      const drag = { dxPx: at.x - press.start.x, dyPx: at.y - press.start.y };
      const mode = decideRoomDrag({ ...press, ...drag });
      if (mode === null) return;
      if (mode === "look") {
        finish(press);
        return;
      }
      press.mode = mode;
      if (mode === "scroll") isScrolling = true;
      if (mode === "drag") outbox.down(press.start, "left", modifiers, native.timeStamp);
    }
    if (press.mode === "drag") outbox.move(at, (native as { buttons?: number }).buttons || LEFT, modifiers);
    else if (press.mode === "scroll") {
      const dy = press.last.y - at.y;
      trackMomentum(momentum, dy, native.timeStamp - press.lastMs);
      outbox.turn(press.start, press.last.x - at.x, dy, modifiers);
    }
    press.last = at;
    press.lastMs = native.timeStamp;
  };

  const onUp = (event: ScenePointerEvent): void => {
    const press = presses.get(event.pointerId);
    if (!press) return;
    event.stopPropagation();
    const native = event.nativeEvent;
    const modifiers = modifiersOf(native);
    const { last: at } = press;
    finish(press);
    if (press.kind === "finger") sendFingers("end", press);
    else if (press.mode === "drag") {
      const button = press.kind === "mouse" ? (MOUSE_BUTTONS[native.button ?? 0] ?? "left") : "left";
      outbox.up(at, button, modifiers);
      if (button === "right") target.onMenu(at, native);
    } else if (press.mode === "scroll") {
      releaseMomentum(momentum, native.timeStamp - press.lastMs, target.isStill());
    } else if (press.hasLongPressed) rightClick(at, native);
    else {
      outbox.down(at, "left", modifiers, native.timeStamp);
      outbox.up(at, "left", modifiers);
    }
  };

  const onCancel = (event: ScenePointerEvent): void => {
    const press = presses.get(event.pointerId);
    if (!press) return;
    finish(press);
    momentum.velocity = 0;
    if (press.kind === "finger") sendFingers("cancel", press);
    else if (press.mode === "drag") outbox.up(press.last, "left", NO_KEYS);
  };

  const onLeave = (event: ScenePointerEvent): void => {
    target.onHover(event.pointerId, false);
    // One that was never captured ends unseen outside.
    const press = presses.get(event.pointerId);
    if (press && !mesh.hasPointerCapture(press.pointerId)) onCancel(event);
  };

  const onWheel = (event: SceneWheelEvent): void => {
    event.stopPropagation();
    const native = event.nativeEvent as { deltaMode?: number; deltaX?: number; deltaY: number } & NativeKeys;
    const { dx, dy } = wheelPixels(
      {
        deltaX: native.deltaX ?? 0,
        deltaY: native.deltaY,
        deltaMode: native.deltaMode ?? 0,
        shiftKey: native.shiftKey ?? false,
      },
      target.getViewport(),
    );
    momentum.velocity = 0;
    outbox.turn(pointOf(event), dx, dy, modifiersOf(native));
  };

  /** The right button itself has been told already: the page's own menu, or ours, follows from that. */
  const onContextMenu = (event: ScenePointerEvent<MouseEvent>): void => event.stopPropagation();

  const listeners = {
    pointerdown: onDown,
    pointermove: onMove,
    pointerup: onUp,
    pointercancel: onCancel,
    pointerleave: onLeave,
    contextmenu: onContextMenu,
    wheel: onWheel,
  };
  const names = Object.keys(listeners) as (keyof typeof listeners)[];
  for (const name of names) mesh.addEventListener(name, listeners[name] as never);

  return {
    step(deltaMs) {
      const glide = isScrolling ? 0 : stepMomentum(momentum, deltaMs);
      if (glide !== 0) outbox.glide(glide);
      if (fingersMoved) {
        fingersMoved = false;
        sendFingers("move", null);
      }
      if (presses.size > 0) stepPresses(deltaMs);
      outbox.flush();
      return momentum.velocity !== 0 || presses.size > 0;
    },
    scrollBy(deltaPx) {
      const { width, height } = target.getViewport();
      momentum.velocity = 0;
      outbox.turn({ x: width / 2, y: height / 2 }, 0, deltaPx, NO_KEYS);
    },
    dispose() {
      for (const press of [...presses.values()]) {
        finish(press);
        if (press.mode === "drag") outbox.up(press.last, "left", NO_KEYS);
      }
      for (const name of names) mesh.removeEventListener(name, listeners[name] as never);
    },
  };
}

function kindOf(event: ScenePointerEvent, mode: "desktop" | "mobile"): RoomPointerKind {
  const { inputSource } = (event.pointerState ?? {}) as { inputSource?: XRInputSource };
  // xr-standard: thumbstick or touchpad are the axes of a controller; a hand reports none.
  const hasStick = !inputSource?.hand && (inputSource?.gamepad?.axes.length ?? 0) >= 2;
  return roomPointerKind({ pointerType: event.pointerType, mode, hasStick });
}

/** Modifier keys where there are some; a controller has none. */
function modifiersOf(native: object): LiveModifiers {
  const { altKey = false, ctrlKey = false, metaKey = false, shiftKey = false } = native as NativeKeys;
  if (!altKey && !ctrlKey && !metaKey && !shiftKey) return NO_KEYS;
  return { alt: altKey, ctrl: ctrlKey, meta: metaKey, shift: shiftKey };
}

/** The protocol's bounds, in tenths of a pixel. */
function limit(value: number): number {
  return Math.round(Math.min(10_000, Math.max(-10_000, value)) * 10) / 10;
}
