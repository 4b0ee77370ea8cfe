import type { Readable } from "node:stream";
import type { Dispatcher } from "undici";
import { decideUrl, type UrlDecision } from "#lib/core/egress/decide-url.ts";
import type { EgressPolicy } from "#lib/core/egress/egress-policy.ts";
import { selectRequestHeaders } from "#lib/core/egress/select-request-headers.ts";
import { AppError } from "#lib/core/errors/app-error.ts";
import { toEgressError } from "#lib/node/egress/classify-error.ts";
import { createDeadline, type Deadline } from "#lib/node/egress/deadline.ts";
import { listEncodings } from "#lib/node/egress/decode-body.ts";
import { type OpenSocket, openTcpSocket } from "#lib/node/egress/dial.ts";
import type { EgressLimits, EgressRequest, EgressResponse, EgressResult } from "#lib/node/egress/egress.ts";
import { completeLimits } from "#lib/node/egress/egress-limits.ts";
import { guardBody } from "#lib/node/egress/guard-body.ts";
import { createPoolRegistry } from "#lib/node/egress/pool-registry.ts";
import { resolveChecked } from "#lib/node/egress/resolve-checked.ts";
import { createResolveName, type ResolveName } from "#lib/node/egress/resolve-name.ts";

export interface EgressOptions {
  policy: EgressPolicy;
  resolveName?: ResolveName;
  openSocket?: OpenSocket;
  /** Extra certificate authority, PEM. */
  ca?: string;
}

export interface Egress {
  fetch(request: EgressRequest): Promise<EgressResult>;
  /** Destroys every connection; for tests and orderly shutdown. */
  close(): Promise<void>;
}

type AllowedUrl = Extract<UrlDecision, { ok: true }>;

interface Hop {
  target: AllowedUrl;
  headers: Record<string, string>;
  method: "GET" | "HEAD";
  limits: EgressLimits;
  deadline: Deadline;
}

const REDIRECT_STATUSES = new Set([301, 302, 303, 307, 308]);
/** Interim answers (103 Early Hints) before the real one; a flood of them would escape the bound on headers. */
const INFORMATIONAL_MAX = 16;
/** A connection the origin had already closed, learnt of only by writing to it. */
const STALE_SOCKET_CODES = new Set(["UND_ERR_SOCKET", "ECONNRESET", "EPIPE"]);

/** The one way out for page traffic, with its own policy, lookups and connections. */
export function createEgress(options: EgressOptions): Egress {
  const { policy, resolveName = createResolveName(), openSocket = openTcpSocket, ca } = options;
  const pools = createPoolRegistry({ openSocket, ca });

  async function follow(
    request: EgressRequest,
    hop: Omit<Hop, "target" | "headers">,
  ): Promise<EgressResponse> {
    const redirects: string[] = [];
    let downgraded = false;
    let target = decideOrThrow(request.url, policy);
    const origin = new URL(target.url).origin;
    for (;;) {
      const sameOrigin = new URL(target.url).origin === origin;
      const headers = selectRequestHeaders(request.headers ?? {}, { sameOrigin });
      const response = await send({ ...hop, target, headers });
      const location = REDIRECT_STATUSES.has(response.statusCode) ? response.headers.location : undefined;
      if (location === undefined) {
        return { ...toResponse(response, target.url, hop), redirects, downgraded };
      }
      discard(response);
      redirects.push(target.url);
      if (redirects.length > hop.limits.redirectsMax) {
        throw new AppError("too_many_redirects", { detail: redirects.join(" → ") });
      }
      const next = decideOrThrow(resolveLocation(location, target.url), policy);
      downgraded ||= target.protocol === "https:" && next.protocol === "http:";
      target = next;
    }
  }

  async function send(hop: Hop): Promise<Dispatcher.ResponseData> {
    const { target, limits, deadline } = hop;
    const addresses = await deadline.race(resolveChecked(target, { policy, resolveName }));
    const pinned = { ...target, ...limits, addresses };
    let entry = pools.get(pinned);
    const url = new URL(target.url);
    let informational = 0;
    const options = {
      path: url.pathname + url.search,
      method: hop.method,
      headers: { ...hop.headers, host: url.host },
      signal: deadline.signal,
      onInfo: () => {
        informational += 1;
        if (informational > INFORMATIONAL_MAX)
          deadline.abort(new AppError("bad_response", { detail: "1xx without end" }));
      },
    };
    const mayBeStale = entry.served > 0;
    const response = await entry.pool.request(options).catch((error) => {
      if (!mayBeStale || deadline.signal.aborted || !STALE_SOCKET_CODES.has(error?.code)) throw error;
      entry = pools.renew(pinned);
      return entry.pool.request(options);
    });
    entry.served += 1;
    return response;
  }

  return {
    async fetch(request) {
      const limits = completeLimits(request.limits);
      const deadline = createDeadline(limits.totalTimeoutMs, request.signal);
      try {
        return await follow(request, { method: request.method ?? "GET", limits, deadline });
      } catch (error) {
        if (request.signal?.aborted) throw request.signal.reason;
        const failure = toEgressError(deadline.reason() ?? error, "connect");
        deadline.abort(failure);
        return { ok: false, code: failure.code, detail: failure.message };
      }
    },
    close: () => pools.close(),
  };
}

function decideOrThrow(url: string, policy: EgressPolicy): AllowedUrl {
  const decision = decideUrl(url, policy);
  if (!decision.ok) throw new AppError(decision.code, { detail: decision.reason });
  return decision;
}

/** Header bytes arrive as Latin-1; addresses in them are UTF-8, as browsers read them. A missing fragment is inherited (RFC 9110 §10.2.2). */
function resolveLocation(location: string | string[], base: string): string {
  const text = Buffer.from([location].flat()[0] ?? "", "latin1").toString("utf8");
  const url = URL.parse(text, base);
  if (!url) throw new AppError("bad_response", { detail: "a redirect to what is no address" });
  if (url.hash === "") url.hash = new URL(base).hash;
  return url.href;
}

function toResponse(
  response: Dispatcher.ResponseData,
  finalUrl: string,
  { method, limits, deadline }: Omit<Hop, "target" | "headers">,
): Omit<EgressResponse, "redirects" | "downgraded"> {
  const headers = Object.fromEntries(
    Object.entries(response.headers).map(([name, value]) => [name, [value].flat().join(", ")]),
  );
  const head = { ok: true, status: response.statusCode, headers, finalUrl } as const;
  if (method === "HEAD" || response.statusCode === 204 || response.statusCode === 304) {
    discard(response);
    deadline.clear();
    return { ...head, body: new ReadableStream({ start: (controller) => controller.close() }) };
  }
  const announced = Number(headers["content-length"] ?? 0);
  if (announced > limits.bodyBytesMax) {
    throw new AppError("too_large", {
      detail: `${announced} bytes announced, ${limits.bodyBytesMax} allowed`,
    });
  }
  const encodings = listEncodings(headers["content-encoding"], limits.encodingDepthMax);
  return { ...head, body: guardBody(response.body as Readable, { encodings, limits, deadline }) };
}

/** Reads a short body nobody wants, so that its connection can be used again; a long or slow one ends the connection. */
function discard(response: Dispatcher.ResponseData): void {
  response.body.dump({ limit: 16_384, signal: AbortSignal.timeout(1000) }).catch(() => {
    // Nobody waits for it: whatever went wrong has closed the connection.
  });
}
