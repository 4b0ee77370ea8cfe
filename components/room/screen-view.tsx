import { useFrame, useThree } from "@react-three/fiber";
import { useEffect, useRef } from "react";
import type { PerspectiveCamera } from "three";
import { browserStore, getSession } from "#lib/client/store/browser-store.ts";
import { createScreenLook, dragLook, lookAt, stepLook } from "#lib/client/xr/screen-look.ts";
import { xrStore } from "#lib/client/xr/xr-store.ts";
import { findPanel } from "#lib/core/space/session.ts";

/**
 * The view on a screen: turning by dragging what is no panel, and towards a panel
 * that becomes the active one. In a session the headset decides.
 */
export function ScreenView() {
  const camera = useThree((state) => state.camera) as PerspectiveCamera;
  const element = useThree((state) => state.gl.domElement);
  const look = useRef(createScreenLook());

  useEffect(() => {
    const face = () => {
      const session = getSession();
      const pose = findPanel(session, session.activeId)?.pose;
      if (pose) lookAt(look.current, pose.azimuthDeg, pose.elevationDeg);
    };
    face();
    return browserStore.subscribe((state, previous) => {
      if (state.session.activeId !== previous.session.activeId) face();
    });
  }, []);

  useEffect(() => {
    let from: { id: number; x: number; y: number } | null = null;
    const onDown = (event: PointerEvent) => {
      if (event.button === 0) from = { id: event.pointerId, x: event.clientX, y: event.clientY };
    };
    const onMove = (event: PointerEvent) => {
      // What is held by a panel is the panel's.
      if (!from || from.id !== event.pointerId || element.dataset.held) return;
      dragLook(look.current, event.clientX - from.x, event.clientY - from.y, element.clientHeight);
      from = { id: event.pointerId, x: event.clientX, y: event.clientY };
    };
    const onUp = () => {
      from = null;
    };
    element.addEventListener("pointerdown", onDown);
    window.addEventListener("pointermove", onMove);
    window.addEventListener("pointerup", onUp);
    window.addEventListener("pointercancel", onUp);
    return () => {
      element.removeEventListener("pointerdown", onDown);
      window.removeEventListener("pointermove", onMove);
      window.removeEventListener("pointerup", onUp);
      window.removeEventListener("pointercancel", onUp);
    };
  }, [element]);

  useFrame((_, delta) => {
    if (xrStore.getState().session) return;
    stepLook(look.current, camera, delta, matchMedia("(prefers-reduced-motion: reduce)").matches);
  });
  return null;
}
