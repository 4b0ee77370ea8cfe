import "server-only";
import { AppError } from "#lib/core/errors/app-error.ts";
import type { LimitState } from "#lib/core/rate-limit/rate-limit-headers.ts";

/** `rate_limited` that knows which limit and for how long, for the answer's headers. */
export class RateLimitedError extends AppError {
  readonly state: LimitState;

  constructor(state: LimitState) {
    super("rate_limited", { detail: `limit ${state.name}` });
    this.state = state;
  }
}

/** `client_blocked` that knows when it ends; null while an administrator's rule stands. */
export class BlockedError extends AppError {
  readonly retryAfterMs: number | null;

  constructor(retryAfterMs: number | null) {
    super("client_blocked");
    this.retryAfterMs = retryAfterMs;
  }
}
