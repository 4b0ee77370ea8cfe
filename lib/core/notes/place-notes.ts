import { NOTE_WIDTH_M, placeNote } from "#lib/core/notes/note-pose.ts";
import { moveNote } from "#lib/core/space/notes.ts";
import { isSamePose } from "#lib/core/space/poses.ts";
import { DEFAULT_POSE, findPanel, type Session } from "#lib/core/space/session.ts";
import type { Pose } from "#lib/protocol/space.ts";

/** The pose of a note that has never stood in a room: where it goes depends on where its panel then stands. */
export const UNPLACED_NOTE: Pose = { ...DEFAULT_POSE, widthM: NOTE_WIDTH_M };

/**
 * Gives every note that has no place yet one beside its page; those whose panel is gone
 * stand beside the active one. The same session when there is none to place.
 */
export function placeUnplacedNotes(session: Session): Session {
  let placed = session;
  for (const note of session.space.notes) {
    if (!isSamePose(note.pose, UNPLACED_NOTE)) continue;
    const { panels, notes } = placed.space;
    const source = findPanel(placed, note.panelId) ?? findPanel(placed, placed.activeId);
    const others = notes.filter(({ id, pose }) => id !== note.id && !isSamePose(pose, UNPLACED_NOTE));
    const taken = [...panels, ...others].map(({ pose }) => pose);
    placed = moveNote(placed, note.id, placeNote(source?.pose ?? DEFAULT_POSE, taken));
  }
  return placed;
}
