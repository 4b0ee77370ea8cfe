import { Quote, Trash2 } from "lucide-react";
import { useStore } from "zustand";
import { Empty } from "#components/library/notes.tsx";
import { UndoBar } from "#components/library/undo-bar.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { runCommand } from "#lib/client/commands/registry.ts";
import { browserStore } from "#lib/client/store/browser-store.ts";
import { shortAddress } from "#lib/core/omnibox/describe-address.ts";
import type { Note } from "#lib/protocol/space.ts";

/** Passages pulled out of pages, newest first: the cards of the room as a list. */
export function NotesDialog({ onClose }: { onClose: () => void }) {
  const notes = useStore(browserStore, ({ session }) => session.space.notes);
  return (
    <Dialog
      title="Notes"
      description="Passages you pinned in this space, each with its source. Saved on this device only; those of private tabs are forgotten with them."
      size="large"
      onClose={onClose}
    >
      <div className="flex min-h-[min(24rem,60vh)] flex-col">
        {notes.length === 0 ? (
          <Empty icon={Quote} title="No notes yet">
            Select words on a page and choose Pin passage. In the room, the passage then stands beside its
            page.
          </Empty>
        ) : (
          <ul aria-label="Pinned passages" className="flex flex-col gap-2">
            {notes.toReversed().map((note) => (
              <NoteRow key={note.id} note={note} onGo={onClose} />
            ))}
          </ul>
        )}
        <UndoBar />
      </div>
    </Dialog>
  );
}

function NoteRow({ note, onGo }: { note: Note; onGo: () => void }) {
  const source = note.title || shortAddress(note.url);
  return (
    <li className="flex items-start gap-1 rounded-control border border-line bg-raised p-1">
      <button
        type="button"
        className="min-w-0 flex-1 rounded-control px-3 py-2 text-start hover:bg-hover"
        onClick={() => {
          onGo();
          runCommand("note.go", { text: note.id });
        }}
      >
        <q dir="auto" className="line-clamp-4 font-serif text-pretty">
          {note.citation.quote}
        </q>
        <span className="mt-1 block truncate text-xs text-muted">
          {source} · {new Date(note.createdAt).toLocaleDateString([], { dateStyle: "medium" })}
          {note.private && " · not kept"}
        </span>
        <span className="mt-1 block text-sm font-medium text-accent">Go to passage</span>
      </button>
      <IconButton
        label={`Delete the note from ${source}`}
        className="pointer-coarse:size-11"
        onClick={() => runCommand("note.delete", { text: note.id })}
      >
        <Trash2 aria-hidden className="size-4" />
      </IconButton>
    </li>
  );
}
