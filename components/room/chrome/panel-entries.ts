import { tabEntries } from "#components/browse/menus.ts";
import { pageMenuEntries } from "#lib/client/commands/page-menu.ts";
import { commands } from "#lib/client/commands/registry.ts";
import { openRoomEntries } from "#lib/client/room/room-ui-store.ts";
import type { MenuEntry } from "#lib/client/store/ui-store.ts";

const PLACING = [
  "layout.centre",
  "layout.front",
  "panel.bigger",
  "panel.smaller",
  "panel.nearer",
  "panel.farther",
  "panel.curveMore",
  "panel.curveLess",
  "panel.flat",
  "panel.moveLeft",
  "panel.moveRight",
  "panel.moveUp",
  "panel.moveDown",
  "panel.headLock",
];

/** What shows the page: whichever does not now, and what only a live page offers. */
const ENGINES = ["page.engine.live", "page.engine.reader", "page.deviceMode"];

/** The menu of a panel in the room: what the flat view's menus of its page and its tab hold, and placing it. */
export function openPanelEntries(panelId: string): void {
  const args = { panelId };
  const placing = PLACING.flatMap((id): MenuEntry[] =>
    commands.get(id) ? [{ type: "command", id, args }] : [],
  );
  const engines = ENGINES.flatMap((id): MenuEntry[] =>
    commands.get(id) && commands.isEnabled(id, args) ? [{ type: "command", id, args }] : [],
  );
  openRoomEntries("Panel", [...engines, ...pageMenuEntries(panelId), ...placing, ...tabEntries(panelId)]);
}
