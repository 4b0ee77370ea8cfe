import { changeWithUndo } from "#lib/client/room/layout-undo.ts";
import { getSession, updateSession } from "#lib/client/store/browser-store.ts";
import { createId } from "#lib/client/store/create-id.ts";
import { announce, showToast } from "#lib/client/store/ui-store.ts";
import type { CommandArgs } from "#lib/core/commands/registry.ts";
import { restoreArrangement, takeArrangement } from "#lib/core/space/arrangement.ts";
import {
  applyLayout,
  deleteLayout,
  findLayout,
  POSE_LAYOUTS_MAX,
  renameLayout,
  restoreLayout,
  saveLayout,
} from "#lib/core/space/pose-layouts.ts";
import type { Session } from "#lib/core/space/session.ts";
import type { PoseLayout } from "#lib/protocol/space.ts";

/** The layout meant: the one named by id, else by its name, else the one in use. */
export function targetLayout({ layoutId, text }: CommandArgs): PoseLayout | undefined {
  const session = getSession();
  if (layoutId !== undefined) return findLayout(session, layoutId);
  return text === undefined
    ? findLayout(session, session.space.layout.activeLayoutId)
    : layoutNamed(session, text);
}

function layoutNamed(session: Session, name: string): PoseLayout | undefined {
  const wanted = name.trim().toLocaleLowerCase();
  return session.space.layout.poseLayouts.find((layout) => layout.name.toLocaleLowerCase() === wanted);
}

const arrangementOf = (before: Session) => {
  const arrangement = takeArrangement(before);
  return (session: Session) => restoreArrangement(session, arrangement);
};

const savedAs = (id: string) => (before: Session) => (session: Session) =>
  restoreLayout(session, before.space.layout, id);

function nextName({ space }: Session): string {
  const taken = new Set(space.layout.poseLayouts.map(({ name }) => name.toLocaleLowerCase()));
  let number = 1;
  while (taken.has(`layout ${number}`)) number++;
  return `Layout ${number}`;
}

/** A layout of a name that is taken replaces it; without a name it gets the next number. */
export function save({ text }: CommandArgs): void {
  const session = getSession();
  const name = text?.trim() || nextName(session);
  const existing = layoutNamed(session, name);
  if (existing) {
    replace(existing);
    return;
  }
  if (session.space.layout.poseLayouts.length >= POSE_LAYOUTS_MAX) {
    showToast(`There are ${POSE_LAYOUTS_MAX} layouts. Delete one to save another.`);
    return;
  }
  updateSession((current) => saveLayout(current, { id: createId(), name }));
  announce(`Saved as ${name}`);
}

/** What was saved before can be brought back; the panels themselves do not move. */
export function replace(layout: PoseLayout): void {
  changeWithUndo(`Saved over “${layout.name}”`, (session) => saveLayout(session, layout), savedAs(layout.id));
}

export function apply(layout: PoseLayout): void {
  const done = changeWithUndo(
    `Layout “${layout.name}”`,
    (session) => applyLayout(session, layout.id),
    arrangementOf,
  );
  if (!done) announce(`The panels stand as in ${layout.name}`);
}

export function rename(layout: PoseLayout, name: string): void {
  updateSession((session) => renameLayout(session, layout.id, name));
  announce(`Renamed to ${name.trim()}`);
}

export function remove(layout: PoseLayout): void {
  changeWithUndo(
    `Layout “${layout.name}” deleted`,
    (session) => deleteLayout(session, layout.id),
    savedAs(layout.id),
  );
}

/** Sets the panels out anew; how they stood can be brought back. */
export function rearrange(text: string, change: (session: Session) => Session): void {
  changeWithUndo(text, change, arrangementOf);
}
