import "server-only";
import type { Logger } from "pino";
import type { Principal } from "#lib/server/http/route-spec.ts";

export interface AuditEvent {
  action: string;
  principal: Principal;
  requestId: string;
  clientKey: string;
  outcome: "succeeded" | "refused" | "failed";
  status: number;
}

/** One line a wrapped, audited call, refused ones included. */
export function recordAudit(log: Logger, event: AuditEvent): void {
  log.info({ audit: event }, "audit");
}

export function outcomeOf(status: number): AuditEvent["outcome"] {
  return status < 400 ? "succeeded" : status < 500 ? "refused" : "failed";
}
