import { usageDay } from "#lib/core/live/plan-limits.ts";
import type { Kv } from "#lib/node/kv/kv.ts";

/** Long enough for the day it counts to be over everywhere. */
const KEPT_MS = 48 * 60 * 60 * 1000;

/** How long an account has had live tabs open on this UTC day, over all nodes of the store. Milliseconds. */
export async function getUsedMs(kv: Kv, account: string, nowMs: number): Promise<number> {
  const text = await kv.get(keyOf(account, nowMs));
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : 0;
}

/** Adds to it; answers the day's total. */
export function addUsedMs(kv: Kv, account: string, use: { ms: number; nowMs: number }): Promise<number> {
  return kv.increment(keyOf(account, use.nowMs), { by: Math.round(use.ms), ttlMs: KEPT_MS });
}

const keyOf = (account: string, nowMs: number) => `live:used:${usageDay(nowMs)}:${account}`;
