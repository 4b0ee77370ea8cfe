import { ERRORS, type ErrorCode, errorCodeSchema } from "#lib/protocol/errors.ts";

/** What Chromium's own names of failures mean, by how they begin. The guard's codes pass as they are. */
const MEANINGS: readonly (readonly [RegExp, ErrorCode])[] = [
  [/NAME_NOT_RESOLVED|NAME_RESOLUTION/, "name_not_found"],
  [/TIMED_OUT/, "timed_out"],
  [/TOO_MANY_REDIRECTS/, "too_many_redirects"],
  [/CERT_|SSL_|INSECURE/, "insecure_connection"],
  [/UNSAFE_PORT/, "blocked_port"],
  [/BLOCKED_BY|ACCESS_DENIED|ADDRESS_(INVALID|UNREACHABLE)/, "blocked_address"],
  [/TUNNEL_CONNECTION_FAILED|PROXY/, "unreachable"],
  [/INVALID_RESPONSE|EMPTY_RESPONSE|CONTENT_DECODING|HTTP2|QUIC|INCOMPLETE/, "bad_response"],
  [/UNKNOWN_URL_SCHEME|DISALLOWED_URL_SCHEME/, "unsupported_scheme"],
  [/INVALID_URL/, "invalid_url"],
  [/CONNECTION|ADDRESS|NETWORK|INTERNET/, "unreachable"],
];

/** A failure of a live page in the words of the shared table: `error` is Chromium's name of it, or a code of the table. */
export function failureOfLoad(error: string): { code: ErrorCode; message: string; requestId: string } {
  const known = errorCodeSchema.safeParse(error);
  const code = known.success
    ? known.data
    : (MEANINGS.find(([pattern]) => pattern.test(error))?.[1] ?? "unreachable");
  return { code, message: ERRORS[code].message, requestId: "" };
}
