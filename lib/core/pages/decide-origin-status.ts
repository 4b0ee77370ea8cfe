import type { ErrorCode } from "#lib/protocol/errors.ts";

export type OriginStatus = { show: true } | { show: false; code: ErrorCode };

/** Which answers of a site are shown as a page, and which code the others get. */
export function decideOriginStatus(status: number): OriginStatus {
  if (status >= 200 && status < 300) return { show: true };
  if (status === 404 || status === 410) return { show: false, code: "origin_not_found" };
  if (status === 408 || status >= 500) return { show: false, code: "origin_failed" };
  if ([401, 402, 403, 407, 429, 451].includes(status)) return { show: false, code: "origin_forbidden" };
  return { show: false, code: "bad_response" };
}
