import { targetShown } from "#lib/client/commands/target.ts";
import { offerUndo } from "#lib/client/library/undo.ts";
import { getViewHandle } from "#lib/client/pages/view-handles.ts";
import { browserStore, getSession, updateSession } from "#lib/client/store/browser-store.ts";
import { openDialog } from "#lib/client/store/ui-store.ts";
import type { Command, CommandArgs } from "#lib/core/commands/registry.ts";
import { removeNote, restoreNote } from "#lib/core/space/notes.ts";
import type { Note } from "#lib/protocol/space.ts";

const NOTE = { name: "text", description: "The note’s id", required: true } as const;

function noteOf({ text }: CommandArgs): Note | undefined {
  return getSession().space.notes.find(({ id }) => id === text);
}

function deleteNote(args: CommandArgs): void {
  const note = noteOf(args);
  if (!note) return;
  const { id } = getSession().space;
  const place = getSession().space.notes.indexOf(note);
  updateSession((session) => removeNote(session, note.id));
  offerUndo("Note deleted", async () => {
    updateSession((session) => (session.space.id === id ? restoreNote(session, note, place) : session));
  });
}

export const noteCommands: readonly Command[] = [
  {
    id: "note.pin",
    group: "Page",
    title: "Pin passage",
    aliases: ["note", "quote", "clip", "highlight"],
    shortcuts: [{ keys: "Alt+N" }],
    arguments: [
      { name: "text", description: "The id of a block; what is selected when absent", required: false },
      { name: "panelId", description: "The tab meant; the active one when absent", required: false },
    ],
    enabled: (args) => {
      const panel = targetShown(args);
      return browserStore.getState().views[panel?.id ?? ""]?.view?.status === "ready";
    },
    run: (args) => {
      const panel = targetShown(args);
      if (!panel) return;
      // Now: what is selected may not be any more once the rest has come.
      const selected = args.text === undefined ? (getViewHandle(panel.id)?.getSelection() ?? []) : [];
      void import("#lib/client/room/note-pin.ts").then(({ pinPassages }) =>
        pinPassages(panel.id, args.text ?? selected),
      );
    },
  },
  {
    id: "note.list",
    group: "Space",
    title: "Notes…",
    aliases: ["pinned passages", "quotes", "clippings"],
    run: () => openDialog("notes"),
  },
  {
    id: "note.go",
    group: "Space",
    title: "Go to passage",
    arguments: [NOTE],
    enabled: (args) => noteOf(args) !== undefined,
    run: (args) => {
      const note = noteOf(args);
      if (note) void import("#lib/client/room/note-passage.ts").then(({ goToPassage }) => goToPassage(note));
    },
  },
  {
    id: "note.delete",
    group: "Space",
    title: "Delete note",
    arguments: [NOTE],
    enabled: (args) => noteOf(args) !== undefined,
    run: deleteNote,
  },
];
