import type { ErrorCode } from "#lib/protocol/errors.ts";

/** Bounds on one outbound request, redirects included. */
export interface EgressLimits {
  connectTimeoutMs: number;
  /** From the call to the last byte of the body. */
  totalTimeoutMs: number;
  headerBytesMax: number;
  /** Bytes as they arrive. */
  bodyBytesMax: number;
  /** Bytes after content decoding. */
  decodedBytesMax: number;
  /** Nested content encodings. */
  encodingDepthMax: number;
  redirectsMax: number;
}

export interface EgressRequest {
  url: string;
  method?: "GET" | "HEAD";
  /** Lower-case names. Cookies and authorisation are never sent. */
  headers?: Record<string, string>;
  limits?: Partial<EgressLimits>;
  signal?: AbortSignal;
}

export interface EgressResponse {
  ok: true;
  status: number;
  /** Lower-case names; repeated headers are joined by ", ". */
  headers: Record<string, string>;
  finalUrl: string;
  /** Decoded. Errors with an `AppError` when a limit is passed. */
  body: ReadableStream<Uint8Array>;
}

/** The request was refused or failed; `code` says which sentence to show. */
export interface EgressFailure {
  ok: false;
  code: Extract<
    ErrorCode,
    | "invalid_url"
    | "unsupported_scheme"
    | "credentials_in_url"
    | "blocked_address"
    | "blocked_port"
    | "name_not_found"
    | "unreachable"
    | "insecure_connection"
    | "timed_out"
    | "too_large"
    | "too_many_redirects"
    | "bad_response"
  >;
  /** For the log: which hop, which address. */
  detail: string;
}

export type EgressResult = EgressResponse | EgressFailure;
