import "server-only";
import { within } from "#lib/core/async/within.ts";
import type { Kv } from "#lib/node/kv/kv.ts";
import { createNodeRegistry } from "#lib/node/live/registry.ts";
import { getLog } from "#lib/node/log/log.ts";
import { type LiveNodeEntry, liveHealthSchema } from "#lib/protocol/live-node.ts";
import { getHttpServices } from "#lib/server/http/services.ts";

/** How old what is known of the nodes may be when a tab is placed, and when a document's policy is written. */
const FRESH_MS = 1_000;
const FRESH_FOR_DOCUMENTS_MS = 5_000;
/** The first document of a process waits no longer than this for a list that was never read. */
const DOCUMENT_WAIT_MS = 10;
const HEALTH_TIMEOUT_MS = 3_000;
/** A node that is too busy to say how it is counts as it was for so long, as with heartbeats. */
const BELIEVED_MS = 15_000;
const HEALTH_BYTES_MAX = 64 * 1024;

interface Known {
  nodes: readonly LiveNodeEntry[];
  readAtMs: number;
  /** What the configured node said of itself last, and when. */
  configured: { entry: LiveNodeEntry; heardAtMs: number } | null;
}

/** Next loads a module once per bundle; what is known is known once per process. */
const SLOT = Symbol.for("qui.liveNodes");
const holder = globalThis as { [SLOT]?: { known: Known | null; reading: Promise<Known> | null } };

/**
 * The nodes that live, draining ones included: those on the list in the shared
 * store, and the one that `QUI_LIVE_URL` names if it answers and is not on it.
 * Asked for at most once a second, by everyone together; never throws.
 */
export async function listLiveNodes(): Promise<readonly LiveNodeEntry[]> {
  const { known } = slot();
  if (known && performance.now() - known.readAtMs < FRESH_MS) return known.nodes;
  return (await read()).nodes;
}

/** What is known already, for a page that must not wait; refreshed behind its back. */
export async function knownLiveNodes(): Promise<readonly LiveNodeEntry[]> {
  const { known } = slot();
  if (known) {
    if (performance.now() - known.readAtMs >= FRESH_FOR_DOCUMENTS_MS) void read();
    return known.nodes;
  }
  return within(read(), DOCUMENT_WAIT_MS).then(
    ({ nodes }) => nodes,
    () => [],
  );
}

/** Whether this server is meant to have live pages at all. */
export function isLiveConfigured(): boolean {
  return getHttpServices().env.QUI_LIVE_URL !== undefined;
}

/**
 * The store that all processes share, or while it does not answer this process's
 * own: a live page is worth more than an exact count of its minutes.
 */
export async function liveStore(): Promise<Kv> {
  return (await getHttpServices().kv.run(async (kv) => kv)).value;
}

/** For tests: nothing is known any more. */
export function forgetLiveNodes(): void {
  delete holder[SLOT];
}

function slot() {
  holder[SLOT] ??= { known: null, reading: null };
  return holder[SLOT];
}

function read(): Promise<Known> {
  const current = slot();
  current.reading ??= readNow(current.known).then((known) => {
    current.known = known;
    current.reading = null;
    return known;
  });
  return current.reading;
}

async function readNow(before: Known | null): Promise<Known> {
  const { env, kv } = getHttpServices();
  const { value: listed } = await kv.run(async (store) =>
    store.driver === "memory" ? null : createNodeRegistry(store).list(),
  );
  const isOutage = listed === null && (env.REDIS_URL ?? env.UPSTASH_REDIS_REST_URL) !== undefined;
  // Nodes outlive an outage of the store: what was known last is the best guess.
  const nodes = isOutage
    ? (before?.nodes ?? []).filter(({ instance }) => instance !== CONFIGURED)
    : (listed ?? []);
  const isListed = nodes.some(({ id }) => id === env.QUI_LIVE_NODE_ID);
  const configured = isListed ? null : await askConfigured(before?.configured ?? null);
  return {
    nodes: configured ? [...nodes, configured.entry] : nodes,
    readAtMs: performance.now(),
    configured,
  };
}

const CONFIGURED = "configured";

/** The one node that needs no list: what it says of itself, or null while it does not answer. */
async function askConfigured(before: Known["configured"]): Promise<Known["configured"]> {
  const { env } = getHttpServices();
  if (!env.QUI_LIVE_URL) return null;
  try {
    const response = await fetch(new URL("health", withSlash(env.QUI_LIVE_URL)), {
      signal: AbortSignal.timeout(HEALTH_TIMEOUT_MS),
      redirect: "error",
    });
    if (!response.ok) throw new Error(`its health answers ${response.status}`);
    const text = await response.text();
    if (text.length > HEALTH_BYTES_MAX) throw new Error("its health is too long");
    const { status, tabs, away, tabsMax, profiles } = liveHealthSchema.parse(JSON.parse(text));
    const entry: LiveNodeEntry = {
      v: 1,
      id: env.QUI_LIVE_NODE_ID,
      instance: CONFIGURED,
      url: env.QUI_LIVE_URL,
      publicUrl: env.QUI_LIVE_PUBLIC_URL ?? null,
      port: env.QUI_LIVE_PORT,
      status: status === "ok" ? "up" : "draining",
      tabs: Math.max(0, tabs - away),
      tabsMax,
      profiles: profiles ?? env.QUI_PROFILE_KEY !== undefined,
      beat: Date.now(),
    };
    return { entry, heardAtMs: performance.now() };
  } catch (error) {
    getLog().warn({ err: error }, "the live node does not answer");
    const isSlow = error instanceof DOMException && error.name === "TimeoutError";
    return isSlow && before && performance.now() - before.heardAtMs < BELIEVED_MS ? before : null;
  }
}

export function withSlash(url: string): string {
  return url.endsWith("/") ? url : `${url}/`;
}
