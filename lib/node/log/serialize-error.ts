import { AppError } from "#lib/core/errors/app-error.ts";

const ADDRESS = /\b(?:https?|wss?|postgres(?:ql)?|rediss?):\/\/[^\s"'<>)\]}]+/gi;
const CAUSES_MAX = 5;

export interface SerializedError {
  type: string;
  message: string;
  code?: string;
  stack?: string;
  cause?: SerializedError;
}

/** Addresses in running text replaced by their scheme: pages are private, connection strings secret. */
export function maskAddresses(text: string): string {
  return text.replace(ADDRESS, (address) => `${address.slice(0, address.indexOf("://"))}://[masked]`);
}

/** An error as a log holds it: type, message, code, stack and causes, and none of its other fields. */
export function serializeError(error: unknown, depth = 0): SerializedError {
  if (!(error instanceof Error)) return { type: typeof error, message: maskAddresses(String(error)) };
  const serialized: SerializedError = { type: error.name, message: maskAddresses(error.message) };
  if ("code" in error && typeof error.code === "string") serialized.code = error.code;
  // An expected failure is told by its code and causes; where it was thrown tells nothing more.
  if (error.stack && !(error instanceof AppError)) serialized.stack = maskAddresses(error.stack);
  if (error.cause !== undefined && depth < CAUSES_MAX) {
    serialized.cause = serializeError(error.cause, depth + 1);
  }
  return serialized;
}
