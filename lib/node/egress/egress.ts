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
  /** Never more than 5, whatever is asked for. */
  redirectsMax: number;
  /** Longest silence of the origin while we wait for more of the body. */
  idleTimeoutMs: number;
  /** Of the time spent waiting for the origin, every stretch this long must bring `progressBytesMin` bytes. */
  progressWindowMs: number;
  progressBytesMin: number;
}

export interface EgressRequest {
  url: string;
  method?: "GET" | "HEAD";
  /** Lower-case names, of the few `selectRequestHeaders` lets through. Cookies and authorisation are never sent. */
  headers?: Record<string, string>;
  limits?: Partial<EgressLimits>;
  signal?: AbortSignal;
}

export interface EgressResponse {
  ok: true;
  status: number;
  /** As sent, lower-case names; repeated headers are joined by ", ". `content-length` and `content-encoding` describe what arrived, not `body`. */
  headers: Record<string, string>;
  finalUrl: string;
  /** Addresses that redirected, in order; empty when the first one answered. */
  redirects: string[];
  /** A redirect led from https to http. */
  downgraded: boolean;
  /**
   * Decoded. Errors with an `AppError` when a limit is passed, and with the
   * caller's own reason when its signal aborts. Read it to the end or cancel it:
   * until then it holds a connection, at the longest for `totalTimeoutMs`.
   */
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
