import { getDomain } from "tldts";

/**
 * The part of a host one owner registered, by the public suffix list, private
 * section included (`a.github.io` and `b.github.io` differ). A host without one
 * (an IP address, `localhost`, an intranet name, a bare suffix) stands for
 * itself. Accepts a URL or a host.
 */
export function registrableDomain(urlOrHost: string): string {
  const host = hostOf(urlOrHost);
  return getDomain(host, { allowPrivateDomains: true, extractHostname: false }) ?? host;
}

/** Same owner by name, which is what browsers call "same site" without the scheme. */
export function isSameSite(a: string, b: string): boolean {
  return registrableDomain(a) === registrableDomain(b);
}

function hostOf(urlOrHost: string): string {
  // A host as the URL parser writes it needs no second parsing.
  if (/^[a-z0-9.-]*$/.test(urlOrHost)) return urlOrHost;
  const text = urlOrHost.includes("/") ? urlOrHost : `http://${urlOrHost}`;
  return URL.parse(text)?.hostname ?? urlOrHost.toLowerCase();
}
