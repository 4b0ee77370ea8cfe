import { stirRoom } from "#lib/client/room/panel-activity.ts";
import { getSession, updateSession } from "#lib/client/store/browser-store.ts";
import type { Command } from "#lib/core/commands/registry.ts";
import { setPoses } from "#lib/core/space/poses.ts";
import { findPanel } from "#lib/core/space/session.ts";
import type { Pose } from "#lib/protocol/space.ts";

/** Where panels stood before they were moved, newest last. */
const moves: Record<string, Pose>[] = [];
const MOVES_MAX = 30;

/** Puts panels elsewhere in one step that can be taken back. */
export function movePanels(poses: Record<string, Pose>): void {
  const session = getSession();
  const before = Object.fromEntries(
    Object.keys(poses).flatMap((id) => {
      const pose = findPanel(session, id)?.pose;
      return pose ? [[id, pose] as const] : [];
    }),
  );
  if (Object.keys(before).length === 0) return;
  moves.push(before);
  if (moves.length > MOVES_MAX) moves.shift();
  updateSession((current) => setPoses(current, poses));
  stirRoom();
}

export const panelMoveCommands: readonly Command[] = [
  {
    id: "panel.undoMove",
    group: "Space",
    title: "Put the panel back",
    aliases: ["undo move", "undo resize"],
    enabled: () => moves.length > 0,
    run: () => {
      const before = moves.pop();
      if (before) updateSession((session) => setPoses(session, before));
      stirRoom();
    },
  },
];
