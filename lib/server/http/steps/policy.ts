import "server-only";
import { AppError } from "#lib/core/errors/app-error.ts";
import { isSameOrigin } from "#lib/core/http/same-origin.ts";
import type { Principal } from "#lib/server/http/route-spec.ts";

/**
 * What a proven caller may do. A bearer token is sent on purpose by a program;
 * everything else that changes state must come from our own pages.
 * @throws AppError `forbidden`.
 */
export function enforcePolicy(request: { method: string; headers: Headers }, principal: Principal): void {
  if (principal.kind === "token") return;
  const { headers, method } = request;
  const sameOrigin = isSameOrigin({
    method,
    origin: headers.get("origin"),
    fetchSite: headers.get("sec-fetch-site"),
    host: headers.get("x-forwarded-host") ?? headers.get("host"),
  });
  if (!sameOrigin) throw new AppError("forbidden", { detail: "cross-origin request that changes state" });
}
