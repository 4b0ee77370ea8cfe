import "server-only";
import { type Env, getEnv } from "#lib/node/env.ts";
import { getKv } from "#lib/node/kv/get-kv.ts";
import { createInsuredKv } from "#lib/server/http/insured-kv.ts";
import { createRateLimiter, type RateLimiter } from "#lib/server/http/rate-limiter.ts";

/** What the pipeline's steps reach for; tests put their own in place. */
export interface HttpServices {
  env: Env;
  limiter: RateLimiter;
}

const SLOT = Symbol.for("qui.http");
const holder = globalThis as { [SLOT]?: HttpServices };

/** One a process, shared by every copy of this module that Next loads. */
export function getHttpServices(): HttpServices {
  if (!holder[SLOT]) {
    const env = getEnv();
    const kv = createInsuredKv({ kv: getKv });
    holder[SLOT] = { env, limiter: createRateLimiter(kv, env.QUI_RATE_LIMIT_SCALE) };
  }
  return holder[SLOT];
}

export function setHttpServices(services: HttpServices | undefined): void {
  if (services) holder[SLOT] = services;
  else delete holder[SLOT];
}
