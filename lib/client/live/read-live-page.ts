import type { LiveTab } from "#lib/client/live/live-tab.ts";
import { askToMake } from "#lib/client/live/make-pdf.ts";
import { type Page, pageSchema } from "#lib/protocol/pages.ts";

export type LiveReading =
  | { status: "ready"; page: Page }
  | { status: "failed"; message: string }
  /** Stopped by the person, or because something else was opened in its place. */
  | { status: "aborted" };

/** Longer than the node takes for a page that answers; a large document on a narrow line takes as long again. */
const READ_MAX_MS = 30_000;

const WHY = {
  "timed-out": "The live page is busy and did not answer, so it could not be read as it stands",
  "too-large": "The live page is too large to be read as it stands",
} as const;
const LOST = "The live page could not be read as it stands";

/** Asks the node for a document of what the tab shows now. Never throws: every way it can end is an outcome. */
export async function readLivePage(tab: LiveTab, signal: AbortSignal): Promise<LiveReading> {
  const { promise: isOver, resolve: giveUp } = Promise.withResolvers<null>();
  const stop = () => giveUp(null);
  signal.addEventListener("abort", stop, { once: true });
  const stopStatus = tab.store.subscribe(({ status }) => status.kind !== "open" && stop());
  const made = await Promise.race([askToMake(tab, "snapshot", { waitMs: READ_MAX_MS }), isOver]);
  stopStatus();
  signal.removeEventListener("abort", stop);
  if (signal.aborted) return { status: "aborted" };
  if (made?.result?.kind !== "text") return { status: "failed", message: made?.why ? WHY[made.why] : LOST };
  const page = readPage(made.result.text);
  if (!page) return { status: "failed", message: LOST };
  const { trackers } = tab.store.getState();
  // What was blocked while the page ran is known better than what is left of it tells.
  return {
    status: "ready",
    page: trackers ? { ...page, trackers: { ...page.trackers, ...trackers } } : page,
  };
}

function readPage(text: string): Page | null {
  try {
    return pageSchema.parse(JSON.parse(text));
  } catch {
    // The node is of another version, or what it sent is no page.
    return null;
  }
}
