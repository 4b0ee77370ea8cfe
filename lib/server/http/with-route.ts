import "server-only";
import { rateLimitHeaders } from "#lib/core/rate-limit/rate-limit-headers.ts";
import { Passage } from "#lib/server/http/passage.ts";
import type { RouteContext, RouteSpec, Schema } from "#lib/server/http/route-spec.ts";
import { admit } from "#lib/server/http/steps/admit.ts";
import { authenticate } from "#lib/server/http/steps/authenticate.ts";
import { answerFromStore } from "#lib/server/http/steps/cache.ts";
import { createInFlight } from "#lib/server/http/steps/dedupe.ts";
import { isFrameworkSignal } from "#lib/server/http/steps/framework-signal.ts";
import { enforcePolicy } from "#lib/server/http/steps/policy.ts";
import { addHeaders, respondToError } from "#lib/server/http/steps/respond.ts";
import { parseInput, queryObject, readBody } from "#lib/server/http/steps/validate.ts";

export type RouteHandler<Q extends Schema, B extends Schema, P extends Schema> = (
  context: RouteContext<Q, B, P>,
) => Promise<Response> | Response;

interface Segment {
  params: Promise<Record<string, string | string[] | undefined>>;
}

type NextRouteHandler = (request: Request, segment?: Segment) => Promise<Response>;

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
  const inFlight = createInFlight();

  return async (request, segment) => {
    const passage = new Passage(spec.name, request);
    let response: Response;
    let failure: unknown;
    try {
      response = await pass(request, segment, passage);
    } catch (error) {
      if (isFrameworkSignal(error)) throw error;
      failure = error;
      const { requestId, log, limitScale } = passage;
      response = respondToError(error, { requestId, log, limitScale, aborted: request.signal.aborted });
    }
    passage.finish(response.status, { audit: spec.audit, error: failure });
    return addHeaders(response, {
      "x-request-id": passage.requestId,
      "Cache-Control": (response.status < 400 && spec.cache?.control) || "no-store",
      ...(passage.limit && rateLimitHeaders(passage.limit, passage.limitScale)),
    });
  };

  async function pass(request: Request, segment: Segment | undefined, passage: Passage): Promise<Response> {
    const { client, services } = passage;
    const { pathname, searchParams } = new URL(request.url);
    passage.limit = await admit(services, { ...spec, client, path: pathname });

    const query = spec.query ? parseInput(spec.query, queryObject(searchParams)) : undefined;
    const params = spec.params ? parseInput(spec.params, await segment?.params) : undefined;
    const body = spec.body ? await readBody(request, spec.body, spec.bodyBytesMax) : undefined;

    const authorization = request.headers.get("authorization");
    passage.principal = authenticate(spec.auth, { authorization, client, env: services.env });
    enforcePolicy(request, passage.principal);

    const run = async (signal: AbortSignal) =>
      handler({
        query,
        params,
        body,
        request,
        signal,
        client,
        requestId: passage.requestId,
        principal: passage.principal,
        get log() {
          return passage.log;
        },
        charge: (limit, cost) => passage.charge(limit, cost),
      } as RouteContext<Q, B, P>);
    if (request.method !== "GET" || !(spec.dedupe || spec.cache?.store)) return run(request.signal);

    searchParams.sort();
    const key = `${spec.name}?${searchParams}`;
    const once = () => (spec.dedupe ? inFlight.share(key, request.signal, run) : run(request.signal));
    const store = spec.cache?.store;
    if (!store) return once();
    const ifNoneMatch = request.headers.get("if-none-match");
    return answerFromStore({ kv: services.kv, store, key, ifNoneMatch }, once);
  }
}
