import { stripTrackingParameters } from "#lib/core/url/strip-tracking-parameters.ts";
import { unwrapRedirect } from "#lib/core/url/unwrap-redirect.ts";
import type { ReferenceType, Tracker, TrackerMatcher } from "#lib/node/trackers/tracker-matcher.ts";
import type { TrackerLevel } from "#lib/protocol/pages.ts";

/** One request of a page, before it leaves. */
export interface PageRequest {
  url: string;
  method: string;
  /** Chromium's word for what it is for. */
  resourceType: string;
  /** The `Referer` it would carry; empty for none. */
  referrer: string;
  /** Of the page itself, not of something in it. */
  isPage: boolean;
  /** The page in which it was made. */
  pageUrl: string;
  level: TrackerLevel;
}

export type RequestDecision =
  | { do: "pass" }
  | { do: "block"; tracker: Tracker }
  /** The same page without what tells who came from where. */
  | { do: "redirect"; url: string; stripped: number }
  | { do: "trim-referrer"; referrer: string };

const TYPES: Readonly<Record<string, ReferenceType>> = {
  Document: "frame",
  Stylesheet: "stylesheet",
  Image: "image",
  Media: "media",
  Font: "font",
  Script: "script",
  XHR: "fetch",
  Fetch: "fetch",
  EventSource: "fetch",
  Ping: "ping",
  CSPViolationReport: "ping",
  WebSocket: "websocket",
};

/** What happens to a request of a page at a tracker level. `off` trims referrers and nothing else. */
export function decideRequest(request: PageRequest, matcher: TrackerMatcher): RequestDecision {
  const { url, level, isPage, pageUrl } = request;
  if (level !== "off") {
    if (!isPage) {
      const tracker = matcher.find({ url, type: TYPES[request.resourceType] ?? "other" }, pageUrl);
      if (tracker && (tracker.kind === "tracker" || level === "strict")) return { do: "block", tracker };
    } else if (request.method === "GET") {
      const direct = (level === "strict" && unwrapRedirect(url)) || url;
      const clean = stripTrackingParameters(direct, level);
      if (clean.url !== url) {
        return { do: "redirect", url: clean.url, stripped: Math.max(1, clean.stripped) };
      }
    }
  }
  const trimmed = trimReferrer(request.referrer, url);
  return trimmed === request.referrer ? { do: "pass" } : { do: "trim-referrer", referrer: trimmed };
}

/**
 * Another site learns the origin a visitor comes from and no more, whatever the page
 * would tell it: `strict-origin-when-cross-origin` of the Referrer Policy
 * specification, as an upper bound.
 */
function trimReferrer(referrer: string, url: string): string {
  const from = URL.parse(referrer);
  const to = URL.parse(url);
  if (!from || !to || from.origin === to.origin) return referrer;
  if (from.protocol === "https:" && to.protocol === "http:") return "";
  return `${from.origin}/`;
}
