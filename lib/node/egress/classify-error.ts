import { AppError } from "#lib/core/errors/app-error.ts";
import type { EgressFailure } from "#lib/node/egress/egress.ts";

type FailureCode = EgressFailure["code"];
type Stage = "connect" | "body";

const CODES: Readonly<Record<string, FailureCode>> = {
  ENOTFOUND: "name_not_found",
  ENODATA: "name_not_found",
  ENONAME: "name_not_found",
  EBADNAME: "invalid_url",
  ETIMEOUT: "timed_out",
  ETIMEDOUT: "timed_out",
  UND_ERR_CONNECT_TIMEOUT: "timed_out",
  UND_ERR_HEADERS_TIMEOUT: "timed_out",
  UND_ERR_BODY_TIMEOUT: "timed_out",
  UND_ERR_HEADERS_OVERFLOW: "bad_response",
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: "bad_response",
  EPROTO: "insecure_connection",
  UNABLE_TO_GET_ISSUER_CERT: "insecure_connection",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "insecure_connection",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "insecure_connection",
  DEPTH_ZERO_SELF_SIGNED_CERT: "insecure_connection",
  SELF_SIGNED_CERT_IN_CHAIN: "insecure_connection",
  HOSTNAME_MISMATCH: "insecure_connection",
  INVALID_CA: "insecure_connection",
  INVALID_PURPOSE: "insecure_connection",
};

/**
 * Any failure of a connection, a parser or a decoder as an `AppError` of the
 * shared table, the original kept as its cause.
 * @param stage What an unknown failure means: before the head of the answer the site did not answer, after it the answer is broken.
 */
export function toEgressError(error: unknown, stage: Stage): AppError & { code: FailureCode } {
  if (error instanceof AppError) return error as AppError & { code: FailureCode };
  const code = codeOf(error, stage);
  // Messages of the resolver and of TLS name the host, which is nobody's business in a log; the cause keeps them.
  const detail = nodeCode(error) || (error instanceof Error ? error.message : String(error));
  return new AppError(code, { detail, cause: error }) as AppError & { code: FailureCode };
}

function codeOf(error: unknown, stage: Stage): FailureCode {
  const code = nodeCode(error);
  const known = CODES[code];
  if (known) return known;
  if (/^(CERT_|ERR_TLS_|ERR_SSL_|CRL_|UNABLE_TO_DECODE)/.test(code)) return "insecure_connection";
  if (error instanceof Error && isParserError(error)) return "bad_response";
  return stage === "connect" ? "unreachable" : "bad_response";
}

/** undici's parser errors mostly carry no code, and its two `SocketError`s for a breach of protocol share one with closed sockets. */
function isParserError(error: Error): boolean {
  return error.name === "HTTPParserError" || /^bad (upgrade|response)$/.test(error.message);
}

function nodeCode(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code ?? "") : "";
}
