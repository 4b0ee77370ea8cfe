import type { LiveTab } from "#lib/client/live/live-tab.ts";
import { showToast } from "#lib/client/store/ui-store.ts";
import type { LiveClientMessage } from "#lib/protocol/live-client-message.ts";
import type { LiveServerMessage } from "#lib/protocol/live-server-message.ts";

type MakeWish = Extract<LiveClientMessage, { type: "make" }>["what"];
type Made = Pick<Extract<LiveServerMessage, { type: "made" }>, "result" | "why">;

/** A long page is printed in seconds. */
const MAKE_MAX_MS = 60_000;
let nextId = 1;

interface MakeOptions {
  /** A place on the page, for what lies there. */
  at?: { x: number; y: number };
  waitMs?: number;
}

/** Asks the node to make something of the page. Null when it could not, or not in time. */
export async function makeOfPage(
  tab: LiveTab,
  what: MakeWish,
  at?: { x: number; y: number },
): Promise<Made["result"]> {
  return (await askToMake(tab, what, at ? { at } : {})).result;
}

/** As `makeOfPage`, and says why there is nothing. */
export function askToMake(
  tab: LiveTab,
  what: MakeWish,
  { at, waitMs = MAKE_MAX_MS }: MakeOptions = {},
): Promise<Made> {
  const id = nextId;
  nextId += 1;
  return new Promise((resolve) => {
    const finish = (made: Made) => {
      clearTimeout(timer);
      stop();
      resolve(made);
    };
    const timer = setTimeout(() => finish({ result: null, why: "timed-out" }), waitMs);
    const stop = tab.onMessage((message) => {
      if (message.type === "made" && message.id === id) finish(message);
    });
    tab.send({ type: "make", id, what, ...(at ? { at } : {}) });
  });
}

/** Prints the page to a PDF on the node and offers it for download. */
export async function makePdf(tab: LiveTab): Promise<void> {
  showToast("Making a PDF of the page…");
  const made = await makeOfPage(tab, "pdf");
  if (made?.kind !== "file") {
    showToast("The page could not be made into a PDF");
    return;
  }
  const link = document.createElement("a");
  link.href = tab.fileUrl(made.path);
  link.download = made.name;
  link.rel = "noopener noreferrer";
  link.click();
}
