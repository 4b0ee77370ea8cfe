import { useFrame, useThree } from "@react-three/fiber";
import { useEffect } from "react";
import { isRoomAwake, onStirRoom, stirRoom } from "#lib/client/room/panel-activity.ts";
import { roomSettingsStore } from "#lib/client/room/room-settings.ts";
import { browserStore } from "#lib/client/store/browser-store.ts";
import { settingsStore } from "#lib/client/store/settings-store.ts";
import { uiStore } from "#lib/client/store/ui-store.ts";
import { restartQuality } from "#lib/client/xr/panel/room-quality.ts";
import { xrStore } from "#lib/client/xr/xr-store.ts";

/** What a person does on the canvas that may move something. */
const EVENTS = [
  "pointermove",
  "pointerdown",
  "pointerup",
  "wheel",
  "keydown",
  "keyup",
  "focus",
  "blur",
] as const;

/**
 * On a screen the canvas draws on demand: frames are asked for while something
 * happens, and stop soon after. In a session the headset asks for every frame.
 */
export function FrameLoop() {
  const invalidate = useThree((state) => state.invalidate);
  const element = useThree((state) => state.gl.domElement);

  useEffect(() => {
    const stir = () => stirRoom();
    const stopStir = onStirRoom(() => invalidate());
    const stops = [browserStore, settingsStore, uiStore, roomSettingsStore].map((store) =>
      store.subscribe(stir),
    );
    const stopXr = xrStore.subscribe(({ session }, previous) => {
      if (session !== previous.session) restartQuality(session ?? null);
      stirRoom();
    });
    for (const name of EVENTS) element.addEventListener(name, stir, { passive: true });
    document.addEventListener("visibilitychange", stir);
    stirRoom();
    return () => {
      stopStir();
      for (const stop of stops) stop();
      stopXr();
      for (const name of EVENTS) element.removeEventListener(name, stir);
      document.removeEventListener("visibilitychange", stir);
    };
  }, [element, invalidate]);

  useFrame(() => {
    if (isRoomAwake()) invalidate();
  });
  return null;
}
