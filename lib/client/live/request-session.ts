import { type ErrorCode, errorResponseSchema } from "#lib/protocol/errors.ts";
import {
  type CreateLiveSessionBody,
  type LiveSession,
  liveSessionSchema,
} from "#lib/protocol/live-session.ts";

export type SessionOutcome =
  | { status: "session"; session: LiveSession }
  | { status: "failed"; error: { code: ErrorCode; message: string; requestId: string }; unreachable: boolean }
  | { status: "aborted" };

const TIMEOUT_MS = 20_000;

/** Asks Qui's server for a ticket to a live tab. Never throws. */
export async function requestSession(
  body: CreateLiveSessionBody,
  signal: AbortSignal,
): Promise<SessionOutcome> {
  try {
    const response = await fetch("/api/live/sessions", {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json" },
      body: JSON.stringify(body),
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    const answer: unknown = await response.json().catch(() => null);
    const session = liveSessionSchema.safeParse(answer);
    if (response.ok && session.success) return { status: "session", session: session.data };
    const refusal = errorResponseSchema.safeParse(answer);
    if (refusal.success) return { status: "failed", error: refusal.data.error, unreachable: false };
    // Something between us and the server answered in its place, such as a proxy.
    const requestId = response.headers.get("x-request-id") ?? "";
    return { status: "failed", error: { ...UNREACHABLE, requestId }, unreachable: true };
  } catch {
    // Stopped, too slow, or without a connection: the fetch itself says no more.
    if (signal.aborted) return { status: "aborted" };
    return { status: "failed", error: UNREACHABLE, unreachable: true };
  }
}

const UNREACHABLE = {
  code: "unavailable",
  message: "Qui's server did not answer. Check your connection, then try again.",
  requestId: "",
} as const;
