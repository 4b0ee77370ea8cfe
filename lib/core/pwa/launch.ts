import { openableAddress } from "#lib/core/omnibox/dropped-address.ts";
import { sharedAddress } from "#lib/core/pwa/shared-address.ts";

export interface Launch {
  /** An address or a search to open. */
  address: string | null;
  /** What was asked for instead, when Qui does not open it: shown where addresses are typed, which says why. */
  refused: string | null;
  /** A command to run, as the app icon's menu offers them. */
  command: string | null;
}

/** What the menu of the app's icon may ask for (`/space?do=…`). Nothing else in an address runs a command. */
const COMMANDS: ReadonlyMap<string | null, string> = new Map([
  ["new-tab", "tab.new"],
  ["reading-list", "library.readingList"],
  ["history", "library.history"],
  ["room", "view.room"],
]);

/** The parts of the query that ask for something once, and must not be asked again by a reload. */
export const LAUNCH_PARAMETERS = ["url", "text", "title", "do", "shell"] as const;

/** What the address Qui was opened with asks for: a link, a share, a protocol, the menu of its icon. */
export function readLaunch(url: URL): Launch {
  const query = url.searchParams;
  const shared = sharedAddress({ url: query.get("url"), text: query.get("text"), title: query.get("title") });
  const address = shared === null ? null : openableAddress(shared, url.origin);
  return {
    address,
    refused: address === null ? shared : null,
    command: COMMANDS.get(query.get("do")) ?? null,
  };
}
