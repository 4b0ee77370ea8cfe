import { AppError } from "#lib/core/errors/app-error.ts";

/** What is not expected becomes `internal`, with the original as its cause for the log. */
export function toAppError(error: unknown): AppError {
  return error instanceof AppError ? error : new AppError("internal", { cause: error });
}
