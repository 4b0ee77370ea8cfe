import "server-only";
import { AppError } from "#lib/core/errors/app-error.ts";
import type { LimitState } from "#lib/core/rate-limit/rate-limit-headers.ts";
import type { MissingSetting } from "#lib/core/setup/describe-missing-settings.ts";

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

/** `not_configured` that says what to set. The names of settings are no secret; their values never appear. */
export class NotConfiguredError extends AppError {
  readonly missing: readonly MissingSetting[];

  constructor(missing: readonly MissingSetting[]) {
    const names = missing.map(({ variable }) => variable).join(", ");
    super("not_configured", { userMessage: `This server is not set up yet. Missing: ${names}.` });
    this.missing = missing;
  }
}
