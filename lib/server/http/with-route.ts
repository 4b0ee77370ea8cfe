import "server-only";
import { unstable_rethrow } from "next/navigation";
import type { Logger } from "pino";
import { chooseRequestId } from "#lib/core/http/request-id.ts";
import { type LimitState, rateLimitHeaders } from "#lib/core/rate-limit/rate-limit-headers.ts";
import { getLog } from "#lib/node/log/log.ts";
import { rateLimitRefusals, requestDuration } from "#lib/node/metrics/http-metrics.ts";
import { type Client, identifyClient } from "#lib/server/http/client.ts";
import { RateLimitedError } from "#lib/server/http/rate-limited-error.ts";
import type { Principal, RouteContext, RouteSpec, Schema } from "#lib/server/http/route-spec.ts";
import { getHttpServices, type HttpServices } from "#lib/server/http/services.ts";
import { outcomeOf, recordAudit } from "#lib/server/http/steps/audit.ts";
import { authenticate } from "#lib/server/http/steps/authenticate.ts";
import { InFlight } from "#lib/server/http/steps/dedupe.ts";
import { enforcePolicy } from "#lib/server/http/steps/policy.ts";
import { addHeaders, respondToError } from "#lib/server/http/steps/respond.ts";
import { parseInput, queryObject, readBody } from "#lib/server/http/steps/validate.ts";

export type RouteHandler<Q extends Schema, B extends Schema, P extends Schema> = (
  context: RouteContext<Q, B, P>,
) => Promise<Response> | Response;

type NextRouteHandler = (
  request: Request,
  segment?: { params: Promise<Record<string, string | string[] | undefined>> },
) => Promise<Response>;

/** One request on its way through the steps. */
interface Passage {
  requestId: string;
  client: Client;
  log: Logger;
  principal: Principal;
  limit: LimitState | undefined;
}

/**
 * Wraps a route handler in the pipeline every request passes: request id → rate
 * limit (429) → validate (400) → session (401) → policy (403) → cache →
 * de-duplicate → handler → audit → response. What the handler throws leaves as
 * `{error: {code, message, requestId}}`.
 */
export function withRoute<
  Q extends Schema = undefined,
  B extends Schema = undefined,
  P extends Schema = undefined,
>(spec: RouteSpec<Q, B, P>, handler: RouteHandler<Q, B, P>): NextRouteHandler {
  const inFlight = new InFlight();

  return async (request, segment) => {
    const startedAt = performance.now();
    const services = getHttpServices();
    const requestId = chooseRequestId(request.headers.get("x-request-id"));
    const client = identifyClient(request.headers);
    const passage: Passage = {
      requestId,
      client,
      log: getLog().child({ requestId, route: spec.name }),
      principal: { kind: "anonymous" },
      limit: undefined,
    };

    let response: Response;
    try {
      response = await pass(request, segment, passage, services);
    } catch (error) {
      unstable_rethrow(error);
      response = respondToError(error, {
        requestId,
        log: passage.log,
        aborted: request.signal.aborted,
        limitScale: services.env.QUI_RATE_LIMIT_SCALE,
      });
    }
    return finish(request, response, passage, services, startedAt);
  };

  async function pass(
    request: Request,
    segment: Parameters<NextRouteHandler>[1],
    passage: Passage,
    services: HttpServices,
  ): Promise<Response> {
    const { client, requestId, log } = passage;
    const charge = async (name: RouteSpec["limit"], cost?: number) => {
      const state = await services.limiter.take(name, client.key, cost);
      if (!state.allowed) throw new RateLimitedError(state);
      return state;
    };
    passage.limit = await charge(spec.limit);

    const searchParams = new URL(request.url).searchParams;
    const query = spec.query ? parseInput(spec.query, queryObject(searchParams)) : undefined;
    const params = spec.params ? parseInput(spec.params, await segment?.params) : undefined;
    const body = spec.body ? await readBody(request, spec.body, spec.bodyBytesMax) : undefined;

    const authorization = request.headers.get("authorization");
    passage.principal = authenticate(spec.auth, { authorization, client, env: services.env });
    enforcePolicy(request, passage.principal);

    const run = async (signal: AbortSignal) =>
      handler({
        query,
        body,
        params,
        request,
        signal,
        log,
        requestId,
        client,
        principal: passage.principal,
        charge: async (name, cost) => void (await charge(name, cost)),
      } as RouteContext<Q, B, P>);

    if (!spec.dedupe || request.method !== "GET") return run(request.signal);
    searchParams.sort();
    return inFlight.share(searchParams.toString(), request.signal, run);
  }

  function finish(
    request: Request,
    response: Response,
    passage: Passage,
    services: HttpServices,
    startedAt: number,
  ): Response {
    const { status } = response;
    const headers: Record<string, string> = {
      "x-request-id": passage.requestId,
      "Cache-Control": (status < 400 && spec.cache?.control) || "no-store",
    };
    if (passage.limit)
      Object.assign(headers, rateLimitHeaders(passage.limit, services.env.QUI_RATE_LIMIT_SCALE));
    if (status === 429) rateLimitRefusals.inc({ limit: spec.limit });
    if (spec.audit) {
      recordAudit(passage.log, {
        action: spec.audit,
        principal: passage.principal,
        requestId: passage.requestId,
        clientKey: passage.client.key,
        outcome: outcomeOf(status),
        status,
      });
    }
    const durationMs = performance.now() - startedAt;
    requestDuration.observe({ route: spec.name, status }, durationMs / 1000);
    // A reader's successes are not written down at all unless someone is looking for a fault.
    const level = status >= 500 ? "warn" : request.method === "GET" && status < 400 ? "debug" : "info";
    passage.log[level](
      { method: request.method, status, durationMs: Math.round(durationMs * 10) / 10 },
      "request",
    );
    return addHeaders(response, headers);
  }
}
