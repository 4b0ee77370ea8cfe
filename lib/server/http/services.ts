import "server-only";
import { type Env, getEnv } from "#lib/node/env.ts";
import { getKv } from "#lib/node/kv/get-kv.ts";
import { type AbuseGuard, createAbuseGuard } from "#lib/server/http/abuse-guard.ts";
import { type AccessRuleCache, createAccessRuleCache } from "#lib/server/http/access-rule-cache.ts";
import { createInsuredKv, type InsuredKv } from "#lib/server/http/insured-kv.ts";
import { createRateLimiter, type RateLimiter } from "#lib/server/http/rate-limiter.ts";

/** What the pipeline's steps reach for; tests put their own in place. */
export interface HttpServices {
  env: Env;
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
  const rules = createAccessRuleCache({ load: async () => [] });
  return {
    env,
    kv,
    limiter: createRateLimiter(kv, env.QUI_RATE_LIMIT_SCALE),
    guard: createAbuseGuard({ kv, rules: rules.get, sparesLoopback: env.NODE_ENV === "development" }),
    rules,
  };
}

export function setHttpServices(services: HttpServices | undefined): void {
  if (services) holder[SLOT] = services;
  else delete holder[SLOT];
}
