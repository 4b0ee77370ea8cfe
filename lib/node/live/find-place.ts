import { freePlaces, type NodeLoad, placeSession } from "#lib/core/live/place-session.ts";
import type { Kv } from "#lib/node/kv/kv.ts";
import { getUsedMs } from "#lib/node/live/minutes.ts";
import { askForSharedPlace, readWaiting } from "#lib/node/live/waiting-room.ts";
import type { LiveNodeEntry } from "#lib/protocol/live-node.ts";

/** As long as what a node said of its load is believed at most. */
const PROMISE_TTL_MS = 20_000;
/** An account finds its node again after so long without a tab. */
const HOME_TTL_MS = 30 * 24 * 60 * 60 * 1000;

export type PlaceOutcome =
  | { kind: "placed"; node: LiveNodeEntry }
  | { kind: "waiting"; place: number }
  /** Nobody more may wait. */
  | { kind: "full" }
  /** The account's minutes of today are used up. */
  | { kind: "spent" };

export interface PlaceRequest {
  account: string;
  nodes: readonly LiveNodeEntry[];
  minutesPerDay: number;
  nowMs: number;
}

/**
 * A place for one tab. What was promised since a node last told its load is counted
 * in the store, so that many who ask within one heartbeat are not all sent to one
 * node. Still only the node itself decides, when the ticket arrives.
 */
export async function findPlace(kv: Kv, request: PlaceRequest): Promise<PlaceOutcome> {
  const { account, nodes, nowMs } = request;
  const [usedMs, home, waiting, loads] = await Promise.all([
    getUsedMs(kv, account, nowMs),
    kv.get(homeKey(account)),
    readWaiting(kv),
    Promise.all(nodes.map((node) => readLoad(kv, node))),
  ]);
  if (usedMs >= request.minutesPerDay * 60_000) return { kind: "spent" };
  const free = loads.reduce((sum, load) => sum + freePlaces(load), 0);
  if (free === 0 || waiting.length > 0) {
    const outcome = await askForSharedPlace(kv, { account, nowMs, free });
    if (outcome.kind !== "admitted") return outcome;
  }
  for (let load = placeSession(loads, home); load; load = placeSession(loads, home)) {
    const promised = await kv.increment(promiseKey(load.node), { ttlMs: PROMISE_TTL_MS });
    if (load.node.tabs + promised <= load.tabsMax) {
      if (load.id !== home) await kv.set(homeKey(account), load.id, { ttlMs: HOME_TTL_MS });
      return { kind: "placed", node: load.node };
    }
    load.tabs = load.tabsMax;
  }
  // Others were quicker by a moment.
  const outcome = await askForSharedPlace(kv, { account, nowMs, free: 0 });
  return outcome.kind === "admitted" ? { kind: "waiting", place: 1 } : outcome;
}

/** Where the account's tabs have been; forgotten with what is kept of it. */
export function forgetHome(kv: Kv, account: string): Promise<number> {
  return kv.delete(homeKey(account));
}

interface Load extends NodeLoad {
  node: LiveNodeEntry;
}

async function readLoad(kv: Kv, node: LiveNodeEntry): Promise<Load> {
  const promised = Number((await kv.get(promiseKey(node))) ?? 0);
  return {
    id: node.id,
    node,
    tabs: node.tabs + (Number.isSafeInteger(promised) ? promised : 0),
    tabsMax: node.tabsMax,
    draining: node.status === "draining",
  };
}

const homeKey = (account: string) => `live:home:${account}`;
/** Of what the node said last: with its next word the counting begins anew. */
const promiseKey = ({ id, instance, beat }: LiveNodeEntry) => `live:promised:${id}:${instance}:${beat}`;
