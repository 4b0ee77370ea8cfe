import { browserStore, getSession } from "#lib/client/store/browser-store.ts";
import type { CommandArgs } from "#lib/core/commands/registry.ts";
import { findPagePanel, findPanel } from "#lib/core/space/session.ts";
import type { PagePanel, Panel } from "#lib/protocol/space.ts";

/** The panel a command means: the one named, else the active one. */
export function targetPanel(args: CommandArgs): Panel | undefined {
  const session = getSession();
  return findPanel(session, args.panelId ?? session.activeId);
}

export function targetPage(args: CommandArgs): PagePanel | undefined {
  const session = getSession();
  return findPagePanel(session, args.panelId ?? session.activeId);
}

/** The target when it shows a page or a search, not an empty tab. */
export function targetShown(args: CommandArgs): PagePanel | undefined {
  const panel = targetPage(args);
  return panel && panel.state.index >= 0 ? panel : undefined;
}

/** The target when the reader shows it: what is done to a document cannot be done to a live page. */
export function targetRead(args: CommandArgs): PagePanel | undefined {
  const panel = targetShown(args);
  return panel?.state.engine === "reader" ? panel : undefined;
}

export function isLoading(args: CommandArgs): boolean {
  const panel = targetPage(args);
  return panel !== undefined && browserStore.getState().views[panel.id]?.load != null;
}

/** The target's address when it is one that can be sent to others. */
export function targetUrl(args: CommandArgs): string | null {
  const url = args.url ?? targetShown(args)?.state.url ?? "";
  return /^https?:\/\//.test(url) ? url : null;
}
