import { runCommand } from "#lib/client/commands/registry.ts";
import { closeRoomMenu, openRoomPage } from "#lib/client/room/room-ui-store.ts";
import type { RowAction } from "#lib/core/room-ui/room-page.ts";

/** Does what a row of the room's menu says. The menu closes first: what the row opens may be the menu again. */
export function runRowAction(action: RowAction): void {
  if (action.type === "page") {
    openRoomPage(action.name);
    return;
  }
  if (!action.stays) closeRoomMenu();
  if (action.type === "command") runCommand(action.id, action.args);
  else action.run();
}
