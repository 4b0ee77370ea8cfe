import "server-only";
import type { Logger } from "pino";
import { AppError } from "#lib/core/errors/app-error.ts";
import { rateLimitHeaders } from "#lib/core/rate-limit/rate-limit-headers.ts";
import type { ErrorResponse } from "#lib/protocol/errors.ts";
import { RateLimitedError } from "#lib/server/http/rate-limited-error.ts";

/** nginx's "client closed request": nobody reads it, metrics and logs do. */
const CLIENT_CLOSED = 499;

/** The one place where a thrown value becomes an answer. */
export function respondToError(
  error: unknown,
  {
    requestId,
    log,
    aborted,
    limitScale,
  }: { requestId: string; log: Logger; aborted: boolean; limitScale: number },
): Response {
  if (aborted && !(error instanceof AppError)) return new Response(null, { status: CLIENT_CLOSED });
  const known = error instanceof AppError ? error : new AppError("internal", { cause: error });
  if (known.status >= 500 && known.code !== "not_configured") {
    // What the origin site does wrong is ours to report, not our failure.
    const level = known.code === "internal" ? "error" : "warn";
    log[level]({ err: known.code === "internal" ? error : known }, known.code);
  }
  const body: ErrorResponse = { error: { code: known.code, message: known.userMessage, requestId } };
  const headers: Record<string, string> = { "Cache-Control": "no-store" };
  if (known instanceof RateLimitedError) Object.assign(headers, rateLimitHeaders(known.state, limitScale));
  if (known.code === "unauthorized") headers["WWW-Authenticate"] = 'Bearer realm="qui"';
  return Response.json(body, { status: known.status, headers });
}

/** Adds headers the answer does not have yet; answers with frozen headers, such as redirects, are rebuilt. */
export function addHeaders(response: Response, headers: Readonly<Record<string, string>>): Response {
  try {
    for (const name in headers) {
      if (!response.headers.has(name)) response.headers.set(name, headers[name] ?? "");
    }
    return response;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const copy = new Headers(response.headers);
    for (const name in headers) if (!copy.has(name)) copy.set(name, headers[name] ?? "");
    return new Response(response.body, {
      status: response.status,
      statusText: response.statusText,
      headers: copy,
    });
  }
}
