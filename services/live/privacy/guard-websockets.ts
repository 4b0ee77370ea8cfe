import { setTimeout } from "node:timers/promises";
import { z } from "zod";
import type { TunnelWatch } from "#lib/node/egress/forward-proxy-clients.ts";
import type { Tracker } from "#lib/node/trackers/tracker-matcher.ts";
import type { BrowserInsides } from "#services/live/privacy/browser-insides.ts";
import { decideRequest } from "#services/live/privacy/decide-request.ts";
import type { FrameOwners } from "#services/live/privacy/frame-owners.ts";
import { getTrackerMatcher } from "#services/live/privacy/node-lists.ts";

const attachedSchema = z.object({
  method: z.literal("Target.attachedToTarget"),
  params: z.object({ sessionId: z.string(), targetInfo: z.object({ targetId: z.string() }) }),
});
const detachedSchema = z.object({
  method: z.literal("Target.detachedFromTarget"),
  params: z.object({ sessionId: z.string() }),
});
const createdSchema = z.object({
  method: z.literal("Network.webSocketCreated"),
  sessionId: z.string(),
  params: z.object({ requestId: z.string(), url: z.string() }),
});
const closedSchema = z.object({
  method: z.literal("Network.webSocketClosed"),
  params: z.object({ requestId: z.string() }),
});
const messageSchema = z.discriminatedUnion("method", [
  attachedSchema,
  detachedSchema,
  createdSchema,
  closedSchema,
]);

/** A WebSocket that a page made, until it was closed. */
interface Announced {
  url: string;
  hostname: string;
  /** The page, frame or worker that made it. */
  targetId: string;
  /** Its tunnel was judged. */
  isMet: boolean;
}

/** Chromium lets a page have 255 on their way at once. */
const ANNOUNCED_MAX = 4_000;
/**
 * A tunnel may be asked for before Chromium's word of its WebSocket is here; both come within
 * milliseconds of each other. Shared workers, which announce nothing, wait for all of it: 2 s. In
 * growing steps, so that a node which had no time at all for a while hears what came meanwhile.
 */
const WAIT = { steps: 20, stepMs: 10 };

/**
 * Judges WebSockets as other requests are, by the lists and the level of their tab. Chromium asks
 * nobody about them, so it is the proxy that refuses: it knows the host of a tunnel that is for a
 * WebSocket, and Chromium tells which page made one and with which address. What nobody announced
 * is judged by its host, at the standard level. Of several to one host at the same moment, of which
 * only some may pass, another than meant may be refused: Chromium gives tunnels to whoever waits first.
 */
export function guardWebSockets(insides: BrowserInsides | null, owners: FrameOwners): TunnelWatch {
  const targets = new Map<string, string>();
  const announced = new Map<string, Announced>();

  insides?.onMessage((message) => {
    const { success, data } = messageSchema.safeParse(message);
    if (!success) return;
    switch (data.method) {
      case "Target.attachedToTarget":
        targets.set(data.params.sessionId, data.params.targetInfo.targetId);
        return;
      case "Target.detachedFromTarget":
        targets.delete(data.params.sessionId);
        return;
      case "Network.webSocketCreated":
        announce(data.params.requestId, data.params.url, targets.get(data.sessionId) ?? "");
        return;
      case "Network.webSocketClosed":
        announced.delete(data.params.requestId);
    }
  });

  /** Each session with a page says it once more. */
  function announce(requestId: string, url: string, targetId: string): void {
    const hostname = URL.parse(url)?.hostname;
    if (announced.has(requestId) || hostname === undefined) return;
    announced.set(requestId, { url, hostname, targetId, isMet: false });
    const oldest = announced.size > ANNOUNCED_MAX ? announced.keys().next().value : undefined;
    if (oldest !== undefined) announced.delete(oldest);
    const tracker = findTracker(url, targetId);
    if (tracker) owners.find(targetId, undefined)?.onBlocked(tracker);
  }

  /** What is to be refused. What no tab is known for is judged at the standard level. */
  function findTracker(url: string, targetId: string | undefined): Tracker | null {
    const tab = targetId === undefined ? null : owners.find(targetId, undefined);
    const decision = decideRequest(
      {
        url,
        method: "GET",
        resourceType: "WebSocket",
        referrer: "",
        isPage: false,
        pageUrl: tab?.pageUrl ?? "",
        level: tab?.getLevel() ?? "standard",
      },
      getTrackerMatcher(),
    );
    return decision.do === "block" ? decision.tracker : null;
  }

  /** The first of a host whose tunnel was not asked for yet: Chromium opens them in order. */
  function meet(hostname: string): Announced | undefined {
    const met = [...announced.values()].find((known) => known.hostname === hostname && !known.isMet);
    if (met) met.isMet = true;
    return met;
  }

  async function awaitAnnounced(hostname: string): Promise<Announced | undefined> {
    let met = meet(hostname);
    for (let step = 0; insides && !met && step < WAIT.steps; step += 1) {
      await setTimeout((step + 1) * WAIT.stepMs);
      met = meet(hostname);
    }
    // A tunnel that is asked for once more, as after a broken connection, has its WebSocket still.
    return met ?? [...announced.values()].findLast((known) => known.hostname === hostname);
  }

  return {
    suspects: ({ hostname }) =>
      getTrackerMatcher().find({ url: `wss://${hostname}/`, type: "websocket" }, "") !== null,
    async mayOpenWebSocket({ hostname }) {
      const known = await awaitAnnounced(hostname);
      return findTracker(known?.url ?? `wss://${hostname}/`, known?.targetId) === null;
    },
  };
}
