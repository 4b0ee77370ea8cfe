import "server-only";
import type { Logger } from "pino";
import type { StrikeKind } from "#lib/core/abuse/escalation.ts";
import { chooseRequestId } from "#lib/core/http/request-id.ts";
import type { RateLimitName } from "#lib/core/rate-limit/limits.ts";
import type { LimitState } from "#lib/core/rate-limit/rate-limit-headers.ts";
import { getLog } from "#lib/node/log/log.ts";
import { rateLimitRefusals, requestDuration } from "#lib/node/metrics/http-metrics.ts";
import { type Client, identifyClient } from "#lib/server/http/client.ts";
import { RateLimitedError } from "#lib/server/http/refusals.ts";
import type { Principal } from "#lib/server/http/route-spec.ts";
import { getHttpServices, type HttpServices } from "#lib/server/http/services.ts";
import { outcomeOf, recordAudit } from "#lib/server/http/steps/audit.ts";

/** One request on its way through the steps, route or action. */
export class Passage {
  readonly services: HttpServices = getHttpServices();
  readonly requestId: string;
  readonly client: Client;
  readonly name: string;
  readonly method: string;
  principal: Principal = { kind: "anonymous" };
  /** The route's own bucket, once asked. */
  limit: LimitState | undefined;

  readonly #startedAt = performance.now();
  #log: Logger | undefined;

  constructor(name: string, request: { headers: Headers; method: string; url: string }) {
    this.name = name;
    this.method = request.method;
    this.requestId = chooseRequestId(request.headers.get("x-request-id"));
    this.client = identifyClient(request);
  }

  /** Made on first use: most requests write no line. */
  get log(): Logger {
    this.#log ??= getLog().child({ requestId: this.requestId, route: this.name });
    return this.#log;
  }

  get limitScale(): number {
    return this.services.env.QUI_RATE_LIMIT_SCALE;
  }

  /** @throws RateLimitedError. */
  async charge(limit: RateLimitName, cost?: number): Promise<void> {
    const state = await this.services.limiter.take(limit, this.client.key, cost);
    if (!state.allowed) throw new RateLimitedError(state);
  }

  /** What every outcome leaves behind: metrics, strikes, audit, and a log line where one is due. */
  finish(status: number, options: { audit?: string | undefined; error?: unknown } = {}): void {
    const { error, audit } = options;
    const durationMs = performance.now() - this.#startedAt;
    requestDuration.observe({ route: this.name, status }, durationMs / 1000);
    if (error instanceof RateLimitedError) rateLimitRefusals.inc({ limit: error.state.name });
    if (status === 429) this.#strike("rateLimited");
    if (status === 401) this.#strike("unauthorized");
    if (audit) {
      recordAudit(this.log, {
        action: audit,
        principal: this.principal,
        requestId: this.requestId,
        clientKey: this.client.key,
        outcome: outcomeOf(status),
        status,
      });
    }
    // What a reader does successfully is not written down unless someone is looking for a fault.
    const quiet = status < 400 && (this.method === "GET" || this.method === "HEAD");
    const level = quiet || status === 499 ? "debug" : "info";
    if (!getLog().isLevelEnabled(level)) return;
    this.log[level]({ method: this.method, status, durationMs: Math.round(durationMs * 10) / 10 }, "request");
  }

  /** The answer does not wait for it. */
  #strike(kind: StrikeKind): void {
    this.services.guard
      .strike(this.client, kind)
      .catch((error: unknown) => this.log.error({ err: error }, "a strike was not counted"));
  }
}
