import "server-only";

/** The host the browser asked for; the door takes off what a client claims in a proxy's name. */
export function requestHost(headers: Headers): string {
  return headers.get("x-forwarded-host") ?? headers.get("host") ?? "localhost";
}
