import { useFrame, useThree } from "@react-three/fiber";
import { useXR } from "@react-three/xr";
import { useEffect, useRef, useState } from "react";
import { stirRoom } from "#lib/client/room/panel-activity.ts";
import { roomSettingsStore } from "#lib/client/room/room-settings.ts";
import { leave, pointAt } from "#lib/client/room/room-ui-speech.ts";
import { applyTextEdit, chooseEntrySuggestion, textEntryStore } from "#lib/client/room/text-entry.ts";
import { pressKeyboardKey, startTextEntryInput } from "#lib/client/room/text-entry-keys.ts";
import { followOmniboxRequests } from "#lib/client/room/text-entry-omnibox.ts";
import { lendSystemKeyboard } from "#lib/client/room/text-entry-system-keyboard.ts";
import { getSession } from "#lib/client/store/browser-store.ts";

import { pulse } from "#lib/client/xr/input/haptics.ts";
import { placeKeyboard } from "#lib/client/xr/keyboard/place-keyboard.ts";
import { readKeyboardFace } from "#lib/client/xr/keyboard/read-keyboard-face.ts";
import { createKeyboardCore, type KeyboardCore, type KeyboardSink } from "#lib/client/xr/keyboard-core.ts";
import { findRoomPanel } from "#lib/client/xr/panel/panel-registry.ts";

const HELD = "keyboard";

/**
 * The keyboard of the room. It is there while a text is typed (`requestTextEntry`),
 * below the panel the text is for, and edits that text together with a physical
 * keyboard, the device's own and dictation.
 */
export function RoomKeyboard() {
  const get = useThree((state) => state.get);
  const session = useXR((xr) => xr.session);
  const [core, setCore] = useState<KeyboardCore | null>(null);
  const needsPlace = useRef(false);

  useEffect(startTextEntryInput, []);
  useEffect(followOmniboxRequests, []);
  useEffect(() => {
    if (session?.isSystemKeyboardSupported) return lendSystemKeyboard();
  }, [session]);

  useEffect(() => {
    const made = createKeyboardCore(createSink());
    setCore(made);
    const draw = () => {
      stirRoom();
      const state = textEntryStore.getState();
      if (state.open) made.show(readKeyboardFace(state, roomSettingsStore.getState()));
      else made.hide();
    };
    draw();
    needsPlace.current = textEntryStore.getState().open;
    const stopText = textEntryStore.subscribe((state, previous) => {
      if (state.openCount !== previous.openCount) needsPlace.current = true;
      draw();
    });
    const stopSettings = roomSettingsStore.subscribe(draw);
    const repaint = () => made.repaint();
    document.fonts.addEventListener("loadingdone", repaint);
    return () => {
      stopText();
      stopSettings();
      document.fonts.removeEventListener("loadingdone", repaint);
      made.dispose();
    };
  }, []);

  useFrame(({ gl, camera }, delta) => {
    if (!core?.object.visible) {
      if (gl.domElement.dataset.held === HELD) delete gl.domElement.dataset.held;
      return;
    }
    if (needsPlace.current) {
      needsPlace.current = false;
      const isHeadset = get().gl.xr.isPresenting;
      placeKeyboard(core.object, {
        camera: isHeadset ? gl.xr.getCamera() : camera,
        panel: panelInFront(),
        isHeadset,
      });
    }
    // The view does not turn under a key that is held, and a held key goes on although nothing moves.
    const isHeld = core.step(delta * 1000);
    const { dataset } = gl.domElement;
    if (isHeld) {
      dataset.held = HELD;
      stirRoom();
    } else if (dataset.held === HELD) delete dataset.held;
  });

  return core && <primitive object={core.object} dispose={null} />;
}

function panelInFront() {
  const id = textEntryStore.getState().panelId ?? getSession().activeId;
  return id === null ? null : (findRoomPanel(id)?.object ?? null);
}

function createSink(): KeyboardSink {
  let pointed: string | null = null;
  return {
    onKey: pressKeyboardKey,
    onAccent(text) {
      // The letter came with the press; the accent takes its place.
      applyTextEdit({ type: "deleteBackward" });
      applyTextEdit({ type: "insert", text });
    },
    onSuggestion: chooseEntrySuggestion,
    onCaret: (offset) => applyTextEdit({ type: "setCaret", offset }),
    onHover(name, event) {
      if (name !== null) pointAt(name);
      else if (pointed !== null) leave(pointed);
      pointed = name;
      // Rays tell of the plate alone; a tick for each key is the keyboard's.
      const source = (event.pointerState as { inputSource?: XRInputSource } | undefined)?.inputSource;
      if (name !== null && source) pulse(source, "hover");
    },
  };
}
