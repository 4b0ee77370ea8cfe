import { shortAddress } from "#lib/core/omnibox/describe-address.ts";
import type { Panel } from "#lib/protocol/space.ts";

/** What a panel is called: its page's title, else its address, else that it is new. */
export function panelName(panel: Panel | undefined): string {
  if (panel?.title) return panel.title;
  if (panel?.kind === "page" && panel.state.url) return shortAddress(panel.state.url);
  return panel?.private ? "New private tab" : "New tab";
}
