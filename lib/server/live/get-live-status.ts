import "server-only";
import { freePlaces } from "#lib/core/live/place-session.ts";
import { PLAN_LIMITS } from "#lib/core/live/plan-limits.ts";
import { WAITING_SILENCE_MS } from "#lib/core/live/waiting-queue.ts";
import { getUsedMs } from "#lib/node/live/minutes.ts";
import { readWaiting } from "#lib/node/live/waiting-room.ts";
import type { LivePlan, LiveStatus } from "#lib/protocol/live-status.ts";
import { isLiveConfigured, listLiveNodes, liveStore } from "#lib/server/live/live-nodes.ts";

/** Whether live pages can be had now, and how much of them this caller; `account` is null for one who had none yet. */
export async function getLiveStatus(options: {
  account: string | null;
  plan: LivePlan;
}): Promise<LiveStatus> {
  const { account, plan } = options;
  const nowMs = Date.now();
  const [nodes, kv] = await Promise.all([listLiveNodes(), liveStore()]);
  const [waiting, usedMs] = await Promise.all([
    readWaiting(kv),
    kv.driver === "memory" || account === null ? null : getUsedMs(kv, account, nowMs),
  ]).catch((): [[], null] => [[], null]);

  const loads = nodes.map((node) => ({ ...node, draining: node.status === "draining" }));
  const free = loads.reduce((sum, load) => sum + freePlaces(load), 0);
  const waitingNow = waiting.filter(({ seenAtMs }) => nowMs - seenAtMs <= WAITING_SILENCE_MS).length;
  const draining = loads.filter((load) => load.draining).length;
  const missing = isLiveConfigured() ? "unreachable" : "off";
  return {
    state: nodes.length === 0 ? missing : free > waitingNow ? "ready" : "full",
    nodes: { up: nodes.length - draining, draining },
    places: { free, total: nodes.reduce((sum, { tabsMax }) => sum + tabsMax, 0), waiting: waitingNow },
    profiles: nodes.some(({ profiles }) => profiles),
    plan,
    limits: PLAN_LIMITS[plan],
    minutesUsed: usedMs === null ? (account === null ? 0 : null) : Math.round(usedMs / 6_000) / 10,
  };
}
