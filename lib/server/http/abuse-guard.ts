import "server-only";
import { z } from "zod";
import { type AccessRuleSet, judge } from "#lib/core/abuse/access-rules.ts";
import type { ProbeKind } from "#lib/core/abuse/classify-target.ts";
import {
  blockFor,
  crossesThreshold,
  LEVEL_MEMORY_MS,
  STRIKE_WEIGHTS,
  STRIKE_WINDOW_MS,
  type StrikeKind,
} from "#lib/core/abuse/escalation.ts";
import { getLog } from "#lib/node/log/log.ts";
import { abuseBlocks, abuseRefusals, abuseStrikes } from "#lib/node/metrics/http-metrics.ts";
import type { Client } from "#lib/server/http/client.ts";
import type { InsuredKv } from "#lib/server/http/insured-kv.ts";

/** How long another process's block may go unnoticed here. */
const CLEAR_FOR_MS = 5_000;
const REMEMBERED_CLIENTS_MAX = 20_000;

const blockSchema = z.object({ untilMs: z.number().int(), level: z.number().int().positive() });

/** `blocked`: nothing for this client for now. `probe`: this request alone is turned away, as if nothing were there. */
export type Refusal = { kind: "blocked"; retryAfterMs: number | null } | { kind: "probe" };

export interface AbuseGuard {
  /** Null when the request may pass. A probe is counted as a strike. */
  check(request: { client: Client; path: string; probe: ProbeKind | null }): Promise<Refusal | null>;
  /** Counts an offence; enough of them block the client for a growing time. */
  strike(client: Client, kind: StrikeKind): Promise<void>;
}

export function createAbuseGuard(options: {
  kv: InsuredKv;
  rules: () => AccessRuleSet | Promise<AccessRuleSet>;
  /** Loopback is never blocked in development, so that nobody locks themselves out of their own machine. */
  sparesLoopback: boolean;
  now?: () => number;
}): AbuseGuard {
  const { kv, rules, sparesLoopback, now = Date.now } = options;
  /** Until when a client is known to be blocked (`blocked`), or not to be. */
  const known = new Map<string, { blocked: boolean; untilMs: number }>();

  function remember(key: string, entry: { blocked: boolean; untilMs: number }): void {
    // The store may have been asked before a block that was decided meanwhile.
    const before = known.get(key);
    if (before?.blocked && before.untilMs > now() && !entry.blocked) return;
    if (known.size >= REMEMBERED_CLIENTS_MAX) known.clear();
    known.set(key, entry);
  }

  async function blockedForMs(key: string): Promise<number> {
    const entry = known.get(key);
    if (entry && entry.untilMs > now()) return entry.blocked ? entry.untilMs - now() : 0;
    const { value } = await kv.run((store) => store.get(`abuse:block:${key}`));
    const block = value === null ? null : blockSchema.safeParse(safeJson(value)).data;
    if (!block || block.untilMs <= now()) {
      remember(key, { blocked: false, untilMs: now() + CLEAR_FOR_MS });
      return 0;
    }
    remember(key, { blocked: true, untilMs: block.untilMs });
    return block.untilMs - now();
  }

  async function block(client: Client, kind: StrikeKind): Promise<void> {
    const levelKey = `abuse:level:${client.key}`;
    const { value } = await kv.run((store) => store.get(levelKey));
    const decision = blockFor(Number.parseInt(value ?? "0", 10) || 0);
    const untilMs = now() + decision.durationMs;
    remember(client.key, { blocked: true, untilMs });
    await kv.run(async (store) => {
      const block = JSON.stringify({ untilMs, level: decision.level });
      await store.set(`abuse:block:${client.key}`, block, { ttlMs: decision.durationMs });
      await store.set(levelKey, String(decision.level), { ttlMs: decision.durationMs + LEVEL_MEMORY_MS });
      await store.delete(`abuse:score:${client.key}`);
    });
    abuseBlocks.inc({ level: decision.level });
    // The one place where a client's network address is written down: an operator has to see whom we shut out.
    getLog().warn(
      { client: client.key, kind, escalation: decision.level, seconds: decision.durationMs / 1000 },
      "client blocked",
    );
  }

  const guard: AbuseGuard = {
    async check({ client, path, probe }) {
      const loaded = rules();
      const set = loaded instanceof Promise ? await loaded : loaded;
      const verdict = judge(set, { clientKey: client.key, path, nowMs: now() });
      if (verdict.client === "allow") return null;
      if (verdict.client === "block") {
        abuseRefusals.inc({ reason: "rule" });
        return { kind: "blocked", retryAfterMs: null };
      }
      const retryAfterMs = await blockedForMs(client.key);
      if (retryAfterMs > 0) {
        abuseRefusals.inc({ reason: "block" });
        return { kind: "blocked", retryAfterMs };
      }
      const offence: StrikeKind | null =
        verdict.path === "allow" ? null : verdict.path === "block" ? "rule" : probe;
      if (!offence) return null;
      await guard.strike(client, offence);
      abuseRefusals.inc({ reason: "probe" });
      return { kind: "probe" };
    },

    async strike(client, kind) {
      abuseStrikes.inc({ kind });
      if (client.shared || (sparesLoopback && client.local)) return;
      const weight = STRIKE_WEIGHTS[kind];
      const { value: scoreAfter } = await kv.run((store) =>
        store.increment(`abuse:score:${client.key}`, { by: weight, ttlMs: STRIKE_WINDOW_MS }),
      );
      if (crossesThreshold({ scoreAfter, weight })) await block(client, kind);
    },
  };
  return guard;
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A value we cannot read blocks nobody.
    return null;
  }
}
