import {
  type IncomingMessage,
  type RequestOptions,
  request as requestHttp,
  type ServerResponse,
} from "node:http";
import type { Socket } from "node:net";
import { toEgressError } from "#lib/node/egress/classify-error.ts";
import { proxyBytes } from "#lib/node/metrics/forward-proxy-metrics.ts";

/** What concerns one connection only (RFC 9110 §7.6.1), and what is said to the proxy alone. */
const HOP_BY_HOP = new Set([
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/** The header by which the proxy names a refusal; one that a site sends is dropped. */
export const REFUSAL_HEADER = "qui-refused";

/**
 * Passes one request in the clear on to a site, over a connection that was made
 * for it, and its answer back as it comes. Resolves when both are through.
 * @throws AppError when the site sent nothing that can be passed on; later failures cut the answer short.
 */
export function forwardRequest(
  { request, response, url }: { request: IncomingMessage; response: ServerResponse; url: URL },
  site: Socket,
  { headerBytesMax, idleTimeoutMs }: { headerBytesMax: number; idleTimeoutMs: number },
): Promise<void> {
  return new Promise((resolve, reject) => {
    const outgoing = requestHttp({
      createConnection: () => site,
      method: request.method ?? "GET",
      path: url.pathname + url.search,
      headers: [...endToEnd(request), "Host", url.host, "Connection", "close"],
      setHost: false,
      setDefaultHeaders: false,
      maxHeaderSize: headerBytesMax,
      // Browsers read heads that are not quite as written, and so must what stands before one.
      insecureHTTPParser: true,
    } as RequestOptions);

    let settled = false;
    const finish = (error?: unknown) => {
      if (settled) return;
      settled = true;
      proxyBytes.inc({ direction: "in" }, site.bytesRead);
      proxyBytes.inc({ direction: "out" }, site.bytesWritten);
      outgoing.destroy();
      site.destroy();
      if (error === undefined) resolve();
      else if (response.headersSent) {
        response.destroy();
        resolve();
      } else reject(toEgressError(error, isParserError(error) ? "body" : "connect"));
    };

    site.setTimeout(idleTimeoutMs, () => finish(Object.assign(new Error("silent"), { code: "ETIMEDOUT" })));
    outgoing.on("error", finish);
    outgoing.on("response", (incoming) => {
      try {
        response.writeHead(incoming.statusCode ?? 502, incoming.statusMessage, endToEnd(incoming));
      } catch (error) {
        finish(error);
        return;
      }
      incoming.on("error", finish).on("aborted", () => finish(new Error("cut short")));
      incoming.pipe(response);
    });
    if (response.destroyed) finish();
    response.on("close", () => finish());
    request.on("error", finish);
    request.pipe(outgoing);
  });
}

/** The headers that are for the other end, as they were spelled and ordered, without `Host`. */
function endToEnd({ rawHeaders, headers }: IncomingMessage): string[] {
  const named = new Set((headers.connection ?? "").toLowerCase().split(/\s*,\s*/));
  const kept: string[] = [];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const [name = "", value = ""] = rawHeaders.slice(index, index + 2);
    const key = name.toLowerCase();
    if (HOP_BY_HOP.has(key) || named.has(key) || key === "host" || key === REFUSAL_HEADER) continue;
    kept.push(name, value);
  }
  return kept;
}

function isParserError(error: unknown): boolean {
  return error instanceof Error && "code" in error && String(error.code).startsWith("HPE_");
}
