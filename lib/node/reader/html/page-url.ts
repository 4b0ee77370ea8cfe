import { getDomain } from "tldts";
import { LIMITS } from "#lib/node/reader/html/limits.ts";

const ALLOWED = new Set(["http:", "https:", "mailto:", "tel:"]);

/** Resolves the addresses of one page against its `<base>`. */
export interface PageUrls {
  /** Absolute http(s) address, or null. */
  resource(raw: string): string | null;
  /** What a run may link to: an absolute http(s), mailto or tel address, `#fragment` within this page, or null. */
  href(raw: string): string | null;
  /** Same registrable domain as the page. */
  internal(href: string): boolean;
}

export function createPageUrls(finalUrl: string, baseHref: string): PageUrls {
  const page = parseUrl(finalUrl, undefined);
  const base = parseUrl(baseHref, page ?? undefined) ?? page;
  const here = page ? withoutHash(page) : "";
  const site = page ? siteOf(page.hostname) : "";
  const sameSite = new Map<string, boolean>();

  const resolve = (raw: string): URL | null => {
    // Browsers drop tabs and line feeds inside a URL; so must a check of its scheme.
    const text = raw.replace(/[\t\n\r]/g, "").trim();
    if (text === "" || text.length > LIMITS.urlUnitsMax) return null;
    const url = parseUrl(text, base ?? undefined);
    if (!url || !ALLOWED.has(url.protocol)) return null;
    url.username = "";
    url.password = "";
    return url;
  };

  return {
    resource(raw) {
      if (/^\s*(data|blob|javascript|about):/i.test(raw)) return null;
      const url = resolve(raw);
      return url?.protocol.startsWith("http") ? url.href : null;
    },
    href(raw) {
      const text = raw.trim();
      if (text.startsWith("#")) return text.length > 1 ? text : null;
      const url = resolve(text);
      if (!url) return null;
      if (url.hash.length > 1 && withoutHash(url) === here) return url.hash;
      return url.href;
    },
    internal(href) {
      if (href.startsWith("#")) return true;
      const url = parseUrl(href, undefined);
      if (!url || site === "") return false;
      const known = sameSite.get(url.hostname) ?? siteOf(url.hostname) === site;
      sameSite.set(url.hostname, known);
      return known;
    },
  };
}

function parseUrl(raw: string, base: URL | undefined): URL | null {
  return URL.canParse(raw, base?.href) ? new URL(raw, base?.href) : null;
}

function withoutHash(url: URL): string {
  return url.href.split("#", 1)[0] ?? "";
}

/** Registrable domain, or the host itself where there is none (an address, an intranet name). */
function siteOf(hostname: string): string {
  return getDomain(hostname, { allowPrivateDomains: false }) ?? hostname.toLowerCase();
}
