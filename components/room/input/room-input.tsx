import { useXR } from "@react-three/xr";
import { useEffect } from "react";
import { Controller } from "#components/room/input/controller.tsx";
import { Gestures } from "#components/room/input/gestures.tsx";
import { Hand } from "#components/room/input/hand.tsx";
import { HeadInput } from "#components/room/input/head-input.tsx";
import { Gaze, ScreenInput, TransientPointer } from "#components/room/input/other-inputs.tsx";
import { listenRoomKeys } from "#lib/client/xr/input/room-keys.ts";
import { xrStore } from "#lib/client/xr/xr-store.ts";

/**
 * Everything a person can point with. Controllers, hands, gaze, the system's own
 * pointers, mouse, touch and gamepads all end in the same pointer events of panels;
 * mouse and touch come from the canvas itself.
 */
export function RoomInput() {
  useEffect(() => {
    xrStore.setController(Controller);
    xrStore.setHand(Hand);
    xrStore.setTransientPointer(TransientPointer);
    xrStore.setGaze(Gaze);
    xrStore.setScreenInput(ScreenInput);
  }, []);
  useEffect(() => listenRoomKeys(), []);
  return (
    <>
      <InputLight />
      <Gestures />
      <HeadInput />
    </>
  );
}

/** Panels shine by themselves; controllers and hands are the only things that need a light. */
function InputLight() {
  const isNeeded = useXR((xr) =>
    xr.inputSourceStates.some(({ type }) => type === "controller" || type === "hand"),
  );
  return isNeeded ? <hemisphereLight intensity={2.4} groundColor="#5b6468" /> : null;
}
