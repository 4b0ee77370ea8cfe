import type { XRHandState } from "@pmndrs/xr/internals";
import { useFrame } from "@react-three/fiber";
import { useXR } from "@react-three/xr";
import { useEffect, useMemo, useRef } from "react";
import { useStore } from "zustand";
import { GestureCues } from "#components/room/input/gesture-cues.tsx";
import { roomSettingsStore } from "#lib/client/room/room-settings.ts";
import { actOnGesture, dropGestures } from "#lib/client/xr/input/gesture-actions.ts";
import { createPoseClock, poseTime } from "#lib/client/xr/input/pose-time.ts";
import { findHandRay, pointedPanelId } from "#lib/client/xr/input/rays.ts";
import { createHandReader, readHand, readHead } from "#lib/client/xr/input/read-hands.ts";
import { xrStore } from "#lib/client/xr/xr-store.ts";
import { gestureSettingsFor } from "#lib/core/gestures/gesture-settings.ts";
import { createHandFrame } from "#lib/core/gestures/hand-joints.ts";
import { createGestureRecognizer, stepGestures } from "#lib/core/gestures/recognizer.ts";
import { sessionWork } from "#lib/core/xr/session-work.ts";

function findHand(handedness: XRHandedness): XRHandState | null {
  for (const state of xrStore.getState().inputSourceStates) {
    if (state.type === "hand" && state.inputSource.handedness === handedness) return state;
  }
  return null;
}

/** Hands in, commands out; nothing at all while there are no hands. */
export function Gestures() {
  const hasHands = useXR((xr) => xr.inputSourceStates.some(({ type }) => type === "hand"));
  return hasHands ? <HandGestures /> : null;
}

function HandGestures() {
  const handedness = useStore(roomSettingsStore, (settings) => settings.handedness);
  const oneHanded = useStore(roomSettingsStore, (settings) => settings.oneHanded);
  const seated = useStore(roomSettingsStore, (settings) => settings.seated);
  const adjusted = useStore(roomSettingsStore, (settings) => settings.gestures);
  const recognizer = useMemo(() => createGestureRecognizer(), []);
  const frame = useMemo(createHandFrame, []);
  const clock = useMemo(createPoseClock, []);
  const readers = useRef({ left: createHandReader(), right: createHandReader() });

  useEffect(() => {
    recognizer.settings = gestureSettingsFor({ dominantHand: handedness, oneHanded, seated }, adjusted);
  }, [recognizer, handedness, oneHanded, seated, adjusted]);
  useEffect(() => dropGestures, []);

  useFrame(({ gl }, _, xrFrame?: XRFrame) => {
    const { originReferenceSpace: space, origin, visibilityState } = xrStore.getState();
    // A system window lies over the room: hands mean that.
    if (!xrFrame || !space || !origin || !sessionWork(visibilityState).input) return;
    frame.timeMs = poseTime(clock, xrFrame.predictedDisplayTime, performance.now());
    readHead(frame, gl.xr.getCamera().matrixWorld);
    readHand(readers.current.left, frame.left, findHand("left"), xrFrame, space, origin.matrixWorld);
    readHand(readers.current.right, frame.right, findHand("right"), xrFrame, space, origin.matrixWorld);
    frame.left.aimsAtPanel = pointedPanelId(findHandRay("left")) !== null;
    frame.right.aimsAtPanel = pointedPanelId(findHandRay("right")) !== null;
    const events = stepGestures(recognizer, frame);
    for (let index = 0; index < events.count; index++) {
      const event = events.items[index];
      if (event) actOnGesture(event);
    }
  }, -30);

  return (
    <>
      <GestureCues hand={recognizer.left} />
      <GestureCues hand={recognizer.right} />
    </>
  );
}
