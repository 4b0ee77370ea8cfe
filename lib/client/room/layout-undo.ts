import { updateSession } from "#lib/client/store/browser-store.ts";
import { showToast } from "#lib/client/store/ui-store.ts";
import type { Session } from "#lib/core/space/session.ts";

interface Undo {
  /** The space it belongs to: in another one there is nothing to take back. */
  spaceId: string;
  restore: (session: Session) => Session;
}

let last: Undo | null = null;

/**
 * Changes the session and tells so, with a way to take it back. Only the last such
 * change of this space can be; a change that changes nothing says nothing. Returns
 * whether there was one.
 */
export function changeWithUndo(
  text: string,
  change: (session: Session) => Session,
  restoreFrom: (before: Session) => (session: Session) => Session,
): boolean {
  let changed = false;
  updateSession((before) => {
    const after = change(before);
    changed = after !== before;
    if (changed) last = { spaceId: before.space.id, restore: restoreFrom(before) };
    return after;
  });
  if (changed) showToast(text, { label: "Undo", command: "layout.undo" });
  return changed;
}

export function canUndo(spaceId: string): boolean {
  return last?.spaceId === spaceId;
}

export function undoLast(): void {
  const undo = last;
  last = null;
  if (undo) updateSession((session) => (session.space.id === undo.spaceId ? undo.restore(session) : session));
}
