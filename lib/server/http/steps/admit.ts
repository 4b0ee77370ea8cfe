import "server-only";
import { AppError } from "#lib/core/errors/app-error.ts";
import type { RateLimitName } from "#lib/core/rate-limit/limits.ts";
import type { LimitState } from "#lib/core/rate-limit/rate-limit-headers.ts";
import type { Refusal } from "#lib/server/http/abuse-guard.ts";
import type { Client } from "#lib/server/http/client.ts";
import { BlockedError, RateLimitedError } from "#lib/server/http/refusals.ts";
import type { HttpServices } from "#lib/server/http/services.ts";

/**
 * The rate-limit step: blocked clients and probes leave here, and the route's
 * bucket is asked in the same round trip.
 * @throws BlockedError, RateLimitedError, or AppError `not_found` for a probe.
 */
export async function admit(
  services: Pick<HttpServices, "guard" | "limiter">,
  request: { client: Client; path: string; limit: RateLimitName; admitsBlocked: boolean },
): Promise<LimitState> {
  const { client, path, limit, admitsBlocked } = request;
  const [refusal, state] = await Promise.all([
    admitsBlocked ? null : services.guard.check({ client, path, probe: client.probe }),
    services.limiter.take(limit, client.key),
  ]);
  if (refusal) throw refusalError(refusal);
  if (!state.allowed) throw new RateLimitedError(state);
  return state;
}

function refusalError(refusal: Refusal): AppError {
  return refusal.kind === "blocked" ? new BlockedError(refusal.retryAfterMs) : new AppError("not_found");
}
