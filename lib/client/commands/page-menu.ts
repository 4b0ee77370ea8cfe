import { commands } from "#lib/client/commands/registry.ts";
import type { MenuEntry } from "#lib/client/store/ui-store.ts";
import type { CommandArgs } from "#lib/core/commands/registry.ts";

const LINE: MenuEntry = { type: "separator" };

/** The menu of a page, away from its links, in every view. */
export function pageMenuEntries(panelId: string): MenuEntry[] {
  const args = { panelId };
  const entry = (id: string): MenuEntry => ({ type: "command", id, args });
  return [
    entry("page.back"),
    entry("page.forward"),
    entry("page.reload"),
    LINE,
    entry("page.find"),
    entry("page.outline"),
    entry("page.appearance"),
    entry("split.right"),
    ...engineEntries(args),
    LINE,
    ...savingEntries(args),
    LINE,
    entry("page.copyAddress"),
    entry("page.openOutside"),
    entry("page.site"),
  ];
}

/** What shows the page, and how: only what can be changed now. */
export function engineEntries(args: CommandArgs): MenuEntry[] {
  const ids = ["page.engine.live", "page.engine.reader", "page.deviceMode", "page.mute"];
  return ids.filter((id) => commands.isEnabled(id, args)).map((id) => ({ type: "command", id, args }));
}

/** What the reader adds once it has shown a page. */
export function savingEntries(args: CommandArgs): MenuEntry[] {
  if (!commands.get("page.print")) return [];
  const ids = ["page.saveMarkdown", "page.saveText", "library.saveJson", "page.copyMarkdown", "page.print"];
  const entries = ids.map((id): MenuEntry => ({ type: "command", id, args }));
  return [{ type: "submenu", label: "Save page", entries }];
}
