import type { CDPSession } from "playwright-core";
import { decideRequest } from "#services/live/privacy/decide-request.ts";
import type { FrameOwners } from "#services/live/privacy/frame-owners.ts";
import { getTrackerMatcher } from "#services/live/privacy/node-lists.ts";

/** What is used of `Fetch.requestPaused`. */
export interface PausedRequest {
  requestId: string;
  frameId: string;
  resourceType: string;
  /** Set when this request is what a redirect led to. */
  redirectedRequestId?: string | undefined;
  request: { url: string; urlFragment?: string | undefined; method: string; headers: Record<string, string> };
}

/** Lets a request go, blocks it, or sends it where it should have gone. */
export async function settleRequest(
  { requestId, frameId, resourceType, request }: PausedRequest,
  { session, owners }: { session: CDPSession; owners: FrameOwners },
): Promise<void> {
  const { url, method, headers } = request;
  const referrer = headers.Referer ?? "";
  const tab = owners.find(frameId, referrer);
  const isPage = resourceType === "Document" && owners.isPage(frameId);
  const decision = decideRequest(
    {
      url,
      method,
      resourceType,
      referrer,
      isPage,
      // Frames that cannot be placed are judged by what they say of themselves.
      pageUrl: tab?.pageUrl || referrer || url,
      level: tab?.getLevel() ?? "standard",
    },
    getTrackerMatcher(),
  );
  const settled = (() => {
    switch (decision.do) {
      case "pass":
        return session.send("Fetch.continueRequest", { requestId });
      case "block":
        tab?.onBlocked(decision.tracker);
        return session.send("Fetch.failRequest", { requestId, errorReason: "BlockedByClient" });
      case "redirect":
        tab?.onStripped(decision.stripped);
        return redirect(session, requestId, decision.url + (request.urlFragment ?? ""));
      case "trim-referrer":
        // A document reads its referrer too, which only a redirect to itself can trim.
        return resourceType === "Document"
          ? redirect(session, requestId, url + (request.urlFragment ?? ""))
          : session.send("Fetch.continueRequest", {
              requestId,
              headers: Object.entries({ ...headers, Referer: decision.referrer })
                .filter(([, value]) => value !== "")
                .map(([name, value]) => ({ name, value })),
            });
    }
  })();
  await settled.catch(() => {
    // The page went elsewhere meanwhile, and its request with it.
  });
}

function redirect(session: CDPSession, requestId: string, url: string): Promise<unknown> {
  return session.send("Fetch.fulfillRequest", {
    requestId,
    responseCode: 307,
    responseHeaders: [
      { name: "Location", value: url },
      { name: "Referrer-Policy", value: "strict-origin-when-cross-origin" },
      { name: "Cache-Control", value: "no-store" },
    ],
  });
}
