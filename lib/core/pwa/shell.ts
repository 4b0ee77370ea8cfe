/**
 * The documents kept for opening Qui without a connection, by the path they stand
 * for. They are fetched without cookies and under addresses of their own, so that
 * nothing personal is in them and a visit never takes one by accident.
 */
export const SHELL_URLS = { "/": "/?shell=1", "/space": "/space?shell=1" } as const;

/** Which kept document stands for a navigation; null: none, it needs the server. */
export function shellFor(pathname: string): string | null {
  const path = pathname.length > 1 ? pathname.replace(/\/$/, "") : pathname;
  return path in SHELL_URLS ? SHELL_URLS[path as keyof typeof SHELL_URLS] : null;
}

/** Answers of something between us and the server that say it is not there. */
export function isGatewayFailure(status: number): boolean {
  return status === 502 || status === 504;
}
