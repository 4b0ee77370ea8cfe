import "server-only";
import type { Logger } from "pino";
import { AppError } from "#lib/core/errors/app-error.ts";
import { toAppError } from "#lib/core/errors/to-app-error.ts";
import { rateLimitHeaders } from "#lib/core/rate-limit/rate-limit-headers.ts";
import type { ErrorResponse } from "#lib/protocol/errors.ts";
import { BlockedError, RateLimitedError } from "#lib/server/http/refusals.ts";

/** nginx's "client closed request": nobody reads it, metrics do. */
const CLIENT_CLOSED = 499;

/** The one place where a thrown value becomes an answer. */
export function respondToError(
  error: unknown,
  options: { requestId: string; log: Logger; aborted: boolean; limitScale: number },
): Response {
  if (options.aborted && !(error instanceof AppError)) return new Response(null, { status: CLIENT_CLOSED });
  const known = toAppError(error);
  logFailure(options.log, known);
  const { code, userMessage, status } = known;
  const body: ErrorResponse = { error: { code, message: userMessage, requestId: options.requestId } };
  return Response.json(body, { status, headers: errorHeaders(known, options.limitScale) });
}

function errorHeaders(error: AppError, limitScale: number): Record<string, string> {
  const headers: Record<string, string> = { "Cache-Control": "no-store" };
  if (error instanceof RateLimitedError) Object.assign(headers, rateLimitHeaders(error.state, limitScale));
  if (error instanceof BlockedError && error.retryAfterMs !== null) {
    headers["Retry-After"] = String(Math.ceil(error.retryAfterMs / 1000));
  }
  if (error.code === "unauthorized") headers["WWW-Authenticate"] = 'Bearer realm="qui"';
  return headers;
}

/** Our own faults as errors, those of sites and services we depend on as warnings, callers' mistakes not at all. */
export function logFailure(log: Logger, error: AppError): void {
  if (error.code === "internal") log.error({ err: error.cause ?? error }, "internal");
  else if (error.status >= 500) log.warn({ err: error }, error.code);
}

/** Adds headers the answer does not have yet; answers with frozen headers, such as redirects, are rebuilt. */
export function addHeaders(response: Response, headers: Readonly<Record<string, string>>): Response {
  try {
    setMissing(response.headers, headers);
    return response;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const { body, status, statusText } = response;
    const rebuilt = new Response(body, { status, statusText, headers: response.headers });
    setMissing(rebuilt.headers, headers);
    return rebuilt;
  }
}

function setMissing(target: Headers, headers: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(headers)) if (!target.has(name)) target.set(name, value);
}
