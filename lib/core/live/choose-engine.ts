import { siteOf } from "#lib/core/library/site-settings.ts";
import type { PageState } from "#lib/protocol/space.ts";

export type Engine = PageState["engine"];

export interface EngineQuestion {
  /** The address to be shown. */
  url: string;
  /** What the panel shows now; null for a new panel. */
  current: Pick<PageState, "engine" | "url"> | null;
  /** What was chosen for the site; null follows the rule for all. */
  site: "reader" | "live" | null;
  /** The engine this panel was switched to by hand, and where. */
  byHand: { engine: Engine; url: string } | null;
}

/**
 * The engine that shows an address: the reader, unless the site is set to be live
 * or the panel stays on a site that it shows live already. What was chosen by hand
 * holds on its site. Searches and what is no web address stay with the reader.
 */
export function chooseEngine({ url, current, site, byHand }: EngineQuestion): Engine {
  const host = siteOf(url);
  if (host === null) return "reader";
  if (byHand && siteOf(byHand.url) === host) return byHand.engine;
  if (site) return site;
  return current?.engine === "live" && siteOf(current.url) === host ? "live" : "reader";
}

export interface LiveNeed {
  url: string;
  /** The reader found that the page builds itself with JavaScript. */
  needsLive: boolean;
  site: "reader" | "live" | null;
  byHand: EngineQuestion["byHand"];
  /** Whether this server has live pages, as far as is known. */
  available: boolean;
}

/** Whether a page that the reader has fetched is shown live in its place. Nobody is moved against their choice. */
export function movesToLive({ url, needsLive, site, byHand, available }: LiveNeed): boolean {
  if (!needsLive || !available || site === "reader" || siteOf(url) === null) return false;
  return !(byHand?.engine === "reader" && siteOf(byHand.url) === siteOf(url));
}
