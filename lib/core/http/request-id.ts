const REQUEST_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{7,63}$/;

/**
 * The id one request carries through logs, answers and error messages. An incoming
 * `x-request-id` is kept when it is 8–64 characters of `[A-Za-z0-9._-]`, so nothing
 * can be smuggled into a log line; anything else is replaced by a fresh UUID.
 */
export function chooseRequestId(incoming: string | null | undefined): string {
  return incoming && REQUEST_ID.test(incoming) ? incoming : crypto.randomUUID();
}
