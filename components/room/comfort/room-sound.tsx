import { useFrame, useThree } from "@react-three/fiber";
import { useEffect, useRef } from "react";
import { useStore } from "zustand";
import { roomPanelStore } from "#lib/client/room/panel-state.ts";
import { roomSettingsStore } from "#lib/client/room/room-settings.ts";
import { browserStore } from "#lib/client/store/browser-store.ts";
import { cueOfChange } from "#lib/client/xr/audio/cue-of-change.ts";
import {
  createHandListener,
  type HandListener,
  listenToHands,
  placeOfPanel,
} from "#lib/client/xr/audio/hand-cues.ts";
import { allowSound, endSound, muteWhenHidden, placeEars, playCue } from "#lib/client/xr/audio/room-sound.ts";
import { xrStore } from "#lib/client/xr/xr-store.ts";

/** Small sounds from where things happen, for who has switched them on. */
export function RoomSound() {
  const isOn = useStore(roomSettingsStore, (settings) => settings.sound);
  return isOn ? <Sounds /> : null;
}

function Sounds() {
  const element = useThree((state) => state.gl.domElement);
  const hands = useRef<HandListener>(createHandListener());

  useEffect(() => {
    const onPress = () => {
      allowSound();
      const { pointedId } = roomPanelStore.getState();
      if (pointedId !== null) playCue("press", placeOfPanel(pointedId));
    };
    // Switched on by a press, which is still the person's wish.
    allowSound();
    window.addEventListener("keydown", allowSound);
    window.addEventListener("pointerdown", allowSound);
    element.addEventListener("pointerdown", onPress);
    document.addEventListener("visibilitychange", muteWhenHidden);
    let session = xrStore.getState().session;
    session?.addEventListener("selectstart", onPress);
    const stopXr = xrStore.subscribe((state) => {
      if (state.session === session) return;
      session?.removeEventListener("selectstart", onPress);
      session = state.session;
      session?.addEventListener("selectstart", onPress);
    });
    const stopChanges = browserStore.subscribe((state, previous) => {
      const cue = cueOfChange(state, previous);
      if (cue) playCue(cue.name, placeOfPanel(cue.panelId));
    });
    return () => {
      window.removeEventListener("keydown", allowSound);
      window.removeEventListener("pointerdown", allowSound);
      element.removeEventListener("pointerdown", onPress);
      document.removeEventListener("visibilitychange", muteWhenHidden);
      session?.removeEventListener("selectstart", onPress);
      stopXr();
      stopChanges();
      endSound();
    };
  }, [element]);

  useFrame(({ camera }) => {
    placeEars(camera.matrixWorld.elements);
    listenToHands(hands.current);
  });
  return null;
}
