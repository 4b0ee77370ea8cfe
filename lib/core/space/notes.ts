import { findPanel, type Session, withSpace } from "#lib/core/space/session.ts";
import type { Note, Pose } from "#lib/protocol/space.ts";

export const NOTES_MAX = 500;

/**
 * Keeps a passage pulled out of a page. One from a private panel, or from a panel that
 * is gone, counts as private: it is never written to disk. The same session when it is
 * there already or there are five hundred.
 */
export function addNote(session: Session, note: Omit<Note, "private">): Session {
  const { notes } = session.space;
  if (notes.length >= NOTES_MAX || notes.some((other) => other.id === note.id)) return session;
  const added: Note = {
    ...note,
    title: note.title.slice(0, 1024),
    private: findPanel(session, note.panelId)?.private ?? true,
  };
  return withSpace(session, { notes: [...notes, added] });
}

/** Puts a note that was removed back as it was. */
export function restoreNote(session: Session, note: Note, index: number): Session {
  const { notes } = session.space;
  if (notes.length >= NOTES_MAX || notes.some((other) => other.id === note.id)) return session;
  return withSpace(session, { notes: notes.toSpliced(index, 0, note) });
}

export function moveNote(session: Session, id: string, pose: Pose): Session {
  const { notes } = session.space;
  if (!notes.some((note) => note.id === id)) return session;
  return withSpace(session, { notes: notes.map((note) => (note.id === id ? { ...note, pose } : note)) });
}

export function removeNote(session: Session, id: string): Session {
  const { notes } = session.space;
  const kept = notes.filter((note) => note.id !== id);
  return kept.length === notes.length ? session : withSpace(session, { notes: kept });
}
