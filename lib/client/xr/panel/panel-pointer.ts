import type {
  PointerEvent as ScenePointerEvent,
  WheelEvent as SceneWheelEvent,
} from "@pmndrs/pointer-events";
import { type Mesh, Vector3 } from "three";
import type { DocumentSurface, SurfaceHit, SurfacePoint } from "#lib/client/surface/surface-contract.ts";
import type { LinkGesture } from "#lib/core/reading/link-target.ts";
import { type DragMode, decideDrag, heldAfter, LONG_PRESS_MS } from "#lib/core/surfaces/decide-drag.ts";
import type { PanelSheet } from "#lib/core/surfaces/panel-mesh.ts";
import { unbend } from "#lib/core/surfaces/panel-mesh.ts";
import { createMomentum, releaseMomentum, trackMomentum } from "#lib/core/surfaces/scroll-momentum.ts";

export interface PanelPointerTarget {
  mesh: Mesh;
  documents: DocumentSurface;
  /** As it is now: read with every event. */
  getSheet: () => PanelSheet;
  /** Fewer movements and no glide. */
  isStill: () => boolean;
  onHover(hit: SurfaceHit | null, pointerId: number, isPointed: boolean): void;
  onPress(): void;
  onClick(hit: SurfaceHit, gesture: LinkGesture): void;
  /** A long press or the right button; `hit` is null beside the text. */
  onMenu(hit: SurfaceHit | null, at: SurfacePoint, native: unknown): void;
  /** Scrolled by a drag or a wheel, in CSS pixels. */
  onScroll(deltaPx: number): void;
  onFling(velocity: number): void;
  /** A pointer took hold of the panel or let go: the view must not turn meanwhile. */
  onHold(isHeld: boolean): void;
}

interface Press {
  pointerId: number;
  precise: boolean;
  canLook: boolean;
  start: SurfacePoint;
  last: SurfacePoint;
  lastMs: number;
  hit: SurfaceHit | null;
  mode: DragMode | null;
  heldMs: number;
  hasLongPressed: boolean;
  native: unknown;
  momentum: ReturnType<typeof createMomentum>;
  gesture: LinkGesture;
}

const PRECISE_TYPES = new Set(["screen-mouse", "screen-pen"]);
/** CSS pixels in a line and in a page, for wheels that count so. */
const WHEEL_UNITS = [1, 16, 400];
const local = new Vector3();

export interface PanelPointers {
  /** With every frame. Whether somebody presses, so that another one is needed. */
  step(deltaMs: number): boolean;
  stop(): void;
}

/**
 * Pressing, dragging, scrolling and pointing on the page of a panel, the same for
 * mouse, finger, controller and hand. Several pointers at once are told apart.
 */
export function listenPanelPointers(target: PanelPointerTarget): PanelPointers {
  const { mesh, documents } = target;
  const presses = new Map<number, Press>();

  /** CSS pixels of the viewport; outside of it while a drag leaves the panel. */
  const pointOf = (event: { point: Vector3 }): SurfacePoint => {
    const { widthM, heightM, bendRadiusM } = target.getSheet();
    mesh.worldToLocal(local.copy(event.point));
    const { widthPx, heightPx } = documents.options;
    return {
      x: (unbend(local.x, local.z, bendRadiusM) / widthM + 0.5) * widthPx,
      y: (0.5 - local.y / heightM) * heightPx,
    };
  };

  const finish = (press: Press): void => {
    presses.delete(press.pointerId);
    mesh.releasePointerCapture(press.pointerId);
    if (presses.size === 0) target.onHold(false);
  };

  const longPress = (press: Press): void => {
    press.hasLongPressed = true;
    const { x, y } = press.last;
    // A link keeps its own menu; words become marked, so that the menu is about them.
    if (press.hit && !press.hit.href && !press.hit.action) documents.selectWordAt(x, y);
    if (press.hit?.href || press.hit?.action || !press.hit) openMenu(press, press.native);
  };

  const openMenu = (press: Press, native: unknown): void => {
    target.onMenu(press.hit, press.last, native);
    finish(press);
  };

  const onDown = (event: ScenePointerEvent): void => {
    const { button = 0 } = event.nativeEvent;
    if (button !== 0 && button !== 1) return;
    event.stopPropagation();
    target.onPress();
    const point = pointOf(event);
    const hit = documents.hitTest(point.x, point.y);
    const precise = PRECISE_TYPES.has(event.pointerType);
    const press: Press = {
      pointerId: event.pointerId,
      precise,
      canLook: event.pointerType.startsWith("screen-"),
      start: point,
      last: point,
      lastMs: event.nativeEvent.timeStamp,
      hit,
      mode: null,
      heldMs: 0,
      hasLongPressed: false,
      native: event.nativeEvent,
      momentum: createMomentum(),
      gesture: gestureOf(event.nativeEvent),
    };
    presses.set(press.pointerId, press);
    target.onFling(0);
    mesh.setPointerCapture(press.pointerId);
    target.onHold(true);
  };

  const onMove = (event: ScenePointerEvent): void => {
    const point = pointOf(event);
    const press = presses.get(event.pointerId);
    if (!press) {
      target.onHover(documents.hitTest(point.x, point.y), event.pointerId, true);
      return;
    }
    if (press.mode === null) {
      const dxPx = point.x - press.start.x;
      const dyPx = point.y - press.start.y;
      press.mode = decideDrag({ ...press, dxPx, dyPx });
      if (press.mode === null) return;
      if (press.mode === "look") {
        finish(press);
        return;
      }
    }
    const nowMs = event.nativeEvent.timeStamp;
    if (press.mode === "select") documents.select(press.start, point);
    else {
      const delta = press.last.y - point.y;
      trackMomentum(press.momentum, delta, nowMs - press.lastMs);
      target.onScroll(delta);
    }
    press.last = point;
    press.lastMs = nowMs;
  };

  const onUp = (event: ScenePointerEvent): void => {
    const press = presses.get(event.pointerId);
    if (!press) return;
    event.stopPropagation();
    finish(press);
    if (press.mode === "scroll") {
      releaseMomentum(press.momentum, event.nativeEvent.timeStamp - press.lastMs, target.isStill());
      target.onFling(press.momentum.velocity);
    } else if (press.hasLongPressed) openMenu(press, event.nativeEvent);
    else if (press.mode === null) {
      documents.clearSelection();
      if (press.hit) target.onClick(press.hit, press.gesture);
    }
  };

  const onCancel = (event: ScenePointerEvent): void => {
    const press = presses.get(event.pointerId);
    if (press) finish(press);
  };

  const onContextMenu = (event: ScenePointerEvent<MouseEvent>): void => {
    event.stopPropagation();
    const point = pointOf(event);
    target.onMenu(documents.hitTest(point.x, point.y), point, event.nativeEvent);
  };

  const onDoubleClick = (event: ScenePointerEvent<MouseEvent>): void => {
    const point = pointOf(event);
    documents.selectWordAt(point.x, point.y);
  };

  const onLeave = (event: ScenePointerEvent): void => {
    target.onHover(null, event.pointerId, false);
    // One that was never captured ends unseen outside.
    const press = presses.get(event.pointerId);
    if (press && !mesh.hasPointerCapture(press.pointerId)) finish(press);
  };

  const onWheel = (event: SceneWheelEvent): void => {
    event.stopPropagation();
    const { deltaMode = 0 } = event.nativeEvent as { deltaMode?: number };
    target.onScroll(event.deltaY * (WHEEL_UNITS[deltaMode] ?? 1));
  };

  const listeners = {
    pointerdown: onDown,
    pointermove: onMove,
    pointerup: onUp,
    pointercancel: onCancel,
    pointerleave: onLeave,
    contextmenu: onContextMenu,
    dblclick: onDoubleClick,
    wheel: onWheel,
  };
  const names = Object.keys(listeners) as (keyof typeof listeners)[];
  for (const name of names) mesh.addEventListener(name, listeners[name] as never);
  return {
    step(deltaMs) {
      if (presses.size === 0) return false;
      for (const press of presses.values()) {
        if (press.precise || press.mode !== null || press.hasLongPressed) continue;
        press.heldMs = heldAfter(press.heldMs, deltaMs);
        if (press.heldMs >= LONG_PRESS_MS) longPress(press);
      }
      return presses.size > 0;
    },
    stop() {
      for (const press of [...presses.values()]) finish(press);
      for (const name of names) mesh.removeEventListener(name, listeners[name] as never);
    },
  };
}

/** Modifier keys where there are some; a controller has none. */
function gestureOf(native: object): LinkGesture {
  const keys = native as Partial<LinkGesture>;
  return {
    button: keys.button ?? 0,
    ctrlKey: keys.ctrlKey ?? false,
    metaKey: keys.metaKey ?? false,
    shiftKey: keys.shiftKey ?? false,
    altKey: keys.altKey ?? false,
  };
}
