import { useFrame, useThree } from "@react-three/fiber";
import { useEffect, useRef } from "react";
import type { PerspectiveCamera } from "three";
import { stirRoom } from "#lib/client/room/panel-activity.ts";
import { takePressed } from "#lib/client/room/panel-state.ts";
import { onTurnView } from "#lib/client/room/turn-view.ts";
import { browserStore, getSession } from "#lib/client/store/browser-store.ts";
import { prefersStill } from "#lib/client/xr/panel/still.ts";
import {
  createScreenLook,
  dragLook,
  isLookSettled,
  lookAt,
  stepLook,
  turnLook,
} from "#lib/client/xr/screen-look.ts";
import { xrStore } from "#lib/client/xr/xr-store.ts";
import { isSamePose } from "#lib/core/space/poses.ts";
import { DEFAULT_POSE, findPanel, type Session } from "#lib/core/space/session.ts";
import { screenFovDeg } from "#lib/core/surfaces/screen-fov.ts";

/** Degrees for one press of an arrow key with Shift. */
const KEY_STEP_DEG = 15;
const KEYS: Readonly<Record<string, readonly [azimuth: number, elevation: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/** The active panel had no place of its own until now. */
function wasPlaced(session: Session, previous: Session): boolean {
  const before = findPanel(previous, session.activeId);
  const now = findPanel(session, session.activeId);
  return before?.pose !== now?.pose && before !== undefined && isSamePose(before.pose, DEFAULT_POSE);
}

/**
 * The view on a screen: turning by dragging what no panel holds, by Shift and the
 * arrow keys, and towards a panel that becomes the active one. In a session the
 * headset decides.
 */
export function ScreenView() {
  const camera = useThree((state) => state.camera) as PerspectiveCamera;
  const element = useThree((state) => state.gl.domElement);
  const { width, height } = useThree((state) => state.size);
  const look = useRef(createScreenLook());

  useEffect(() => {
    if (xrStore.getState().session) return;
    camera.fov = screenFovDeg(width / height);
    camera.updateProjectionMatrix();
    stirRoom();
  }, [camera, width, height]);

  useEffect(() => {
    const face = () => {
      const session = getSession();
      const pose = findPanel(session, session.activeId)?.pose;
      if (pose) lookAt(look.current, pose.azimuthDeg, pose.elevationDeg);
      stirRoom();
    };
    face();
    // Once, before the first frame: nobody is moved.
    stepLook(look.current, camera, 0, true);
    return browserStore.subscribe(({ session, status }, previous) => {
      const isOther =
        session.activeId !== previous.session.activeId ||
        status !== previous.status ||
        wasPlaced(session, previous.session);
      // A panel that was pressed is in sight already and must not slip away under the pointer.
      if (isOther && !takePressed(session.activeId)) face();
    });
  }, [camera]);

  useEffect(
    () =>
      onTurnView((azimuthDeg, elevationDeg) => {
        turnLook(look.current, azimuthDeg, elevationDeg);
        stirRoom();
      }),
    [],
  );

  useEffect(() => {
    let from: { id: number; x: number; y: number } | null = null;
    const onDown = (event: PointerEvent) => {
      if (event.button === 0) from = { id: event.pointerId, x: event.clientX, y: event.clientY };
      element.focus({ preventScroll: true });
    };
    const onMove = (event: PointerEvent) => {
      if (!from || from.id !== event.pointerId) return;
      // What is held by a panel is the panel's.
      if (!element.dataset.held)
        dragLook(look.current, event.clientX - from.x, event.clientY - from.y, element.clientHeight);
      from = { id: event.pointerId, x: event.clientX, y: event.clientY };
      stirRoom();
    };
    const onUp = () => {
      from = null;
    };
    const onKey = (event: KeyboardEvent) => {
      const step =
        event.shiftKey && !event.ctrlKey && !event.metaKey && !event.altKey ? KEYS[event.key] : undefined;
      if (!step) return;
      event.preventDefault();
      turnLook(look.current, step[0] * KEY_STEP_DEG, step[1] * KEY_STEP_DEG);
      stirRoom();
    };
    // Reached by Tab, like any part of a page that answers to keys.
    element.tabIndex = 0;
    element.setAttribute("role", "application");
    element.setAttribute("aria-label", "The room");
    element.addEventListener("pointerdown", onDown);
    element.addEventListener("keydown", onKey);
    window.addEventListener("pointermove", onMove);
    window.addEventListener("pointerup", onUp);
    window.addEventListener("pointercancel", onUp);
    return () => {
      element.removeEventListener("pointerdown", onDown);
      element.removeEventListener("keydown", onKey);
      window.removeEventListener("pointermove", onMove);
      window.removeEventListener("pointerup", onUp);
      window.removeEventListener("pointercancel", onUp);
    };
  }, [element]);

  useFrame((_, delta) => {
    if (xrStore.getState().session) return;
    stepLook(look.current, camera, delta, prefersStill());
    if (!isLookSettled(look.current)) stirRoom();
  });
  return null;
}
