import "server-only";
import type { Logger } from "pino";
import type { z } from "zod";
import type { RateLimitName } from "#lib/core/rate-limit/limits.ts";
import type { Client } from "#lib/server/http/client.ts";

/** Environment variables that hold a bearer token. */
export type TokenName = "METRICS_TOKEN" | "CRON_SECRET" | "QUI_ADMIN_TOKEN";

/**
 * Who may call. `bearer` wants the token of that variable, and refuses everyone
 * while it is unset; `loopback-or-bearer` lets this machine itself in while it is
 * unset. Accounts will add `{kind: "session"}`.
 */
export type RouteAuth = "public" | { kind: "bearer" | "loopback-or-bearer"; token: TokenName };

/** Who calls, as the session step proved it. */
export type Principal = { kind: "anonymous" } | { kind: "token"; token: TokenName } | { kind: "loopback" };

/** A step without a schema yields undefined. */
export type Schema = z.ZodType | undefined;

export interface RouteCache {
  /** `Cache-Control` of a successful answer that sets none itself. Absent: `no-store`. */
  control?: string;
  /**
   * Keeps successful answers in the shared store, keyed by route and query, and
   * answers `If-None-Match`. For public GET routes whose answer is the same for everyone.
   */
  store?: { ttlMs: number; tags?: readonly string[] };
}

/** What a route is, as data. The pipeline reads it; the handler sees only the outcome. */
export interface RouteSpec<
  Q extends Schema = undefined,
  B extends Schema = undefined,
  P extends Schema = undefined,
> {
  /** `noun.verb`, unique: the route's name in metrics, logs, cache keys and audit. */
  name: string;
  auth: RouteAuth;
  limit: RateLimitName;
  query?: Q;
  /** JSON body. */
  body?: B;
  /** Largest body in bytes; 64 KiB when absent. */
  bodyBytesMax?: number;
  /** Dynamic segments of the path. */
  params?: P;
  cache?: RouteCache;
  /** Identical GETs in flight share one run of the handler. Its answer is held in memory whole: not for streams. */
  dedupe?: true;
  /** Writes the outcome to the audit log under this action, as `noun.verb`. */
  audit?: string;
  /** Answers even clients that are blocked: health probes, and the way an administrator gets back in. */
  admitsBlocked?: true;
  /** Answers on a server whose settings are missing, too. */
  worksWithoutSetup?: true;
}

type Parsed<S extends Schema> = S extends z.ZodType ? z.output<S> : undefined;

/** What a handler is given. */
export interface RouteContext<
  Q extends Schema = undefined,
  B extends Schema = undefined,
  P extends Schema = undefined,
> {
  query: Parsed<Q>;
  body: Parsed<B>;
  params: Parsed<P>;
  request: Request;
  /** Aborted when the client goes away, or everyone who shares the run. */
  signal: AbortSignal;
  /** Carries the request id and the route's name on every line. */
  log: Logger;
  requestId: string;
  client: Client;
  principal: Principal;
  /**
   * Takes `cost` tokens (1 when absent) of a further limit, for work that turns out to be costly.
   * @throws AppError `rate_limited`, which leaves as 429.
   */
  charge(limit: RateLimitName, cost?: number): Promise<void>;
}
