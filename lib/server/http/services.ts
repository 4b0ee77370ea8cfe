import "server-only";
import type { AccessRuleLine } from "#lib/core/abuse/access-rules.ts";
import type { MissingSetting } from "#lib/core/setup/describe-missing-settings.ts";
import { type Env, getEnv, getMissingSettings } from "#lib/node/env.ts";
import { getKv } from "#lib/node/kv/get-kv.ts";
import { type AbuseGuard, createAbuseGuard } from "#lib/server/http/abuse-guard.ts";
import { type AccessRuleCache, createAccessRuleCache } from "#lib/server/http/access-rule-cache.ts";
import { createInsuredKv, type InsuredKv } from "#lib/server/http/insured-kv.ts";
import { createRateLimiter, type RateLimiter } from "#lib/server/http/rate-limiter.ts";

/** What the pipeline's steps reach for; tests put their own in place. */
export interface HttpServices {
  env: Env;
  /** Nothing but health and metrics works before these are set. */
  missing: readonly MissingSetting[];
  kv: InsuredKv;
  limiter: RateLimiter;
  guard: AbuseGuard;
  rules: AccessRuleCache;
}

const SLOT = Symbol.for("qui.http");
const holder = globalThis as { [SLOT]?: HttpServices };

/** One a process, shared by every copy of this module that Next loads. */
export function getHttpServices(): HttpServices {
  holder[SLOT] ??= createHttpServices(getEnv());
  return holder[SLOT];
}

function createHttpServices(env: Env): HttpServices {
  const kv = createInsuredKv({ kv: getKv });
  const rules = createAccessRuleCache({ load: () => loadAccessRules(env) });
  return {
    env,
    // Elsewhere much works without a database, and readiness says what does not.
    missing: env.VERCEL ? getMissingSettings() : [],
    kv,
    limiter: createRateLimiter(kv, env.QUI_RATE_LIMIT_SCALE),
    guard: createAbuseGuard({ kv, rules: rules.get, sparesLoopback: env.NODE_ENV === "development" }),
    rules,
  };
}

/** Loaded late, so that whoever runs the pipeline without a database does not load its client. */
async function loadAccessRules(env: Env): Promise<readonly AccessRuleLine[]> {
  if (!env.DATABASE_URL) return [];
  const { listAccessRules } = await import("#lib/server/db/access-rules/list-access-rules.ts");
  return listAccessRules({ now: new Date() });
}

export function setHttpServices(services: HttpServices | undefined): void {
  if (services) holder[SLOT] = services;
  else delete holder[SLOT];
}
