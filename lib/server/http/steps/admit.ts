import "server-only";
import { AppError } from "#lib/core/errors/app-error.ts";
import type { RateLimitName } from "#lib/core/rate-limit/limits.ts";
import type { LimitState } from "#lib/core/rate-limit/rate-limit-headers.ts";
import type { Refusal } from "#lib/server/http/abuse-guard.ts";
import type { Client } from "#lib/server/http/client.ts";
import { BlockedError, NotConfiguredError, RateLimitedError } from "#lib/server/http/refusals.ts";
import type { RouteSpec } from "#lib/server/http/route-spec.ts";
import type { HttpServices } from "#lib/server/http/services.ts";

/**
 * The rate-limit step: blocked clients and probes leave here, and the route's
 * bucket is asked in the same round trip. A server that is not set up says so first.
 * @throws NotConfiguredError, BlockedError, RateLimitedError, or AppError `not_found` for a probe.
 */
export async function admit(
  services: Pick<HttpServices, "guard" | "limiter" | "missing">,
  request: { client: Client; path: string; limit: RateLimitName } & Pick<
    RouteSpec,
    "admitsBlocked" | "worksWithoutSetup"
  >,
): Promise<LimitState> {
  const { client, path, limit, admitsBlocked, worksWithoutSetup } = request;
  if (services.missing.length > 0 && !worksWithoutSetup) throw new NotConfiguredError(services.missing);
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
