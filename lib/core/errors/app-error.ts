import { ERRORS, type ErrorCode } from "#lib/protocol/errors.ts";

export interface AppErrorOptions {
  /** What a person reads, when the table's sentence can be made more precise. Never a stack, SQL or a raw error message. */
  userMessage?: string;
  /** For the log only. */
  detail?: string;
  cause?: unknown;
}

/** An expected failure with a code of the shared table. Everything else that is thrown becomes `internal` at the edge. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly userMessage: string;

  constructor(code: ErrorCode, options: AppErrorOptions = {}) {
    super(options.detail ?? code, { cause: options.cause });
    this.name = "AppError";
    this.code = code;
    this.userMessage = options.userMessage ?? ERRORS[code].message;
  }

  get status(): number {
    return ERRORS[this.code].status;
  }

  get retryable(): boolean {
    return ERRORS[this.code].retryable;
  }
}
