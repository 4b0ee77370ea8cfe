import type { PointerEvent as ScenePointerEvent } from "@pmndrs/pointer-events";
import { useThree } from "@react-three/fiber";
import { useEffect, useMemo, useRef, useState } from "react";
import { useStore } from "zustand";
import { useChromeTheme } from "#components/room/chrome/use-chrome-theme.ts";
import { runCommand } from "#lib/client/commands/registry.ts";
import { stirRoom } from "#lib/client/room/panel-activity.ts";
import { browserStore, updateSession } from "#lib/client/store/browser-store.ts";
import { announce } from "#lib/client/store/ui-store.ts";
import { createCardSheet } from "#lib/client/xr/labels/card-sheet.ts";
import {
  createNoteDrag,
  isCloseCorner,
  NOTE_CELL,
  paintNote,
  placeNoteCard,
} from "#lib/client/xr/notes/note-cards.ts";
import { placeUnplacedNotes } from "#lib/core/notes/place-notes.ts";
import { moveNote } from "#lib/core/space/notes.ts";
import type { Note } from "#lib/protocol/space.ts";

/** The newest of them stand in the room; the list has all. */
const SHOWN_MAX = 24;
/** So many more places are made at once, so that a new note rarely costs a new texture. */
const PLACES_STEP = 6;
const HELD = "note";

/** Pinned passages as cards beside their pages: a press goes to the passage, a drag moves the card. One draw call. */
export function Notes() {
  const notes = useStore(browserStore, ({ session }) => session.space.notes);
  const isReady = useStore(browserStore, ({ status }) => status === "ready");
  useEffect(() => {
    // Panels get their places first, in an effect of their own.
    if (isReady && notes.length > 0) queueMicrotask(() => updateSession(placeUnplacedNotes));
  }, [isReady, notes]);
  const shown = useMemo(() => notes.slice(-SHOWN_MAX), [notes]);
  const capacity = Math.ceil(Math.max(1, shown.length) / PLACES_STEP) * PLACES_STEP;
  const theme = useChromeTheme();
  const element = useThree((state) => state.gl.domElement);
  const sheet = useMemo(() => createCardSheet({ ...NOTE_CELL, capacity }), [capacity]);
  useEffect(() => () => sheet.dispose(), [sheet]);
  const [hovered, setHovered] = useState<string | null>(null);
  const painted = useRef<{ sheet: unknown; theme: unknown; keys: string[] }>({
    sheet: null,
    theme: null,
    keys: [],
  });
  const drag = useMemo(() => createNoteDrag(), []);

  useEffect(() => {
    const before = painted.current;
    const isSame = before.sheet === sheet && before.theme === theme;
    const keys = shown.map(({ id }) => (id === hovered ? `${id} hovered` : id));
    shown.forEach((note, index) => {
      placeNoteCard(sheet, index, note.pose);
      if (isSame && before.keys[index] === keys[index]) return;
      sheet.paint(index, (context) => paintNote(context, note, { theme, isHovered: note.id === hovered }));
    });
    painted.current = { sheet, theme, keys };
    sheet.setCount(shown.length);
    sheet.settle();
    stirRoom();
  }, [shown, hovered, theme, sheet]);

  const noteAt = (index: number | undefined): Note | undefined =>
    index === undefined ? undefined : shown[index];
  const hover = (note: Note | undefined) => {
    if ((note?.id ?? null) === hovered) return;
    setHovered(note?.id ?? null);
    if (note) announce(`Note from ${note.title}: ${note.citation.quote.slice(0, 120)}`);
  };
  const letGo = (event: ScenePointerEvent) => {
    const moved = drag.end(event.pointerId);
    delete element.dataset.held;
    sheet.mesh.releasePointerCapture(event.pointerId);
    return moved;
  };

  return (
    <primitive
      object={sheet.mesh}
      dispose={null}
      onPointerDown={(event: ScenePointerEvent) => {
        const note = noteAt(event.instanceId);
        event.stopPropagation();
        if (!note || (event.nativeEvent.button ?? 0) > 0 || event.instanceId === undefined) return;
        if (!drag.start(event, { note, index: event.instanceId })) return;
        sheet.mesh.setPointerCapture(event.pointerId);
        // The view on a screen must not turn along.
        element.dataset.held = HELD;
      }}
      onPointerMove={(event: ScenePointerEvent) => {
        const dragged = drag.move(event);
        if (!dragged) return hover(noteAt(event.instanceId));
        placeNoteCard(sheet, dragged.index, dragged.pose);
        sheet.settle();
        stirRoom();
      }}
      onPointerUp={(event: ScenePointerEvent) => {
        event.stopPropagation();
        const moved = letGo(event);
        if (!moved) return;
        if (moved.pose) {
          const { pose, note } = moved;
          updateSession((session) => moveNote(session, note.id, pose));
        } else if (isCloseCorner(event.uv)) runCommand("note.delete", { text: moved.note.id });
        else runCommand("note.go", { text: moved.note.id });
      }}
      onPointerCancel={(event: ScenePointerEvent) => {
        const moved = letGo(event);
        if (moved) placeNoteCard(sheet, moved.index, moved.note.pose);
      }}
      onPointerLeave={() => hover(undefined)}
    />
  );
}
