import { groupCommands } from "#lib/client/commands/group-commands.ts";
import { pageCommands } from "#lib/client/commands/page-commands.ts";
import { commands } from "#lib/client/commands/registry.ts";
import { spaceCommands } from "#lib/client/commands/space-commands.ts";
import { splitCommands } from "#lib/client/commands/split-commands.ts";
import { tabCommands } from "#lib/client/commands/tab-commands.ts";
import { viewCommands } from "#lib/client/commands/view-commands.ts";
import { engineCommands } from "#lib/client/live/engine-commands.ts";
import { soundCommands } from "#lib/client/live/sound/sound-commands.ts";
import { environmentCommands } from "#lib/client/room/environment-commands.ts";
import { gestureCommands } from "#lib/client/room/gesture-commands.ts";
import { layoutCommands } from "#lib/client/room/layout-commands.ts";
import { noteCommands } from "#lib/client/room/note-commands.ts";
import { panelMoveCommands } from "#lib/client/room/panel-move.ts";
import { roomMenuCommands } from "#lib/client/room/room-menu.ts";
import { trackerCommands } from "#lib/client/room/tracker-commands.ts";
import { trailCommands } from "#lib/client/room/trail-commands.ts";
import { xrCommands } from "#lib/client/room/xr-commands.ts";

/** The commands of the frame itself. Idempotent, also when this module is loaded again while developing. */
export function registerCoreCommands(): void {
  if (commands.get("page.open")) return;
  commands.register([
    ...pageCommands,
    ...engineCommands,
    ...soundCommands,
    ...tabCommands,
    ...splitCommands,
    ...groupCommands,
    ...spaceCommands,
    ...viewCommands,
    ...environmentCommands,
    ...noteCommands,
    ...trackerCommands,
    ...trailCommands,
    ...layoutCommands,
    ...panelMoveCommands,
    ...roomMenuCommands,
    ...gestureCommands,
    ...xrCommands,
  ]);
}
