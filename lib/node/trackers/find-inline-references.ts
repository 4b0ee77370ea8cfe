import type { PageReference } from "#lib/node/reader/reading.ts";

/** UTF-16 units of inline script that are looked at in one page, and references taken from it. */
const SCRIPT_UNITS_MAX = 2 * 1024 * 1024;
const REFERENCES_MAX = 300;

const ADDRESS =
  /(?:https?:)?(?:\\?\/){2}((?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24})((?:\\?\/[\w.~%@!$&*+,;=:-]*)*)/gi;

/**
 * Addresses of other sites inside inline scripts. Most trackers enter a page
 * this way: a snippet that adds the real script at run time (tag managers,
 * pixels). One reference a host, an address of a script before any other;
 * whether it is a tracker is the matcher's business, and only those count, since
 * a mention is not always a load.
 */
export function findInlineReferences(html: string): PageReference[] {
  const found = new Map<string, PageReference>();
  let budget = SCRIPT_UNITS_MAX;
  for (const script of inlineScripts(html)) {
    const text = script.slice(0, budget);
    budget -= text.length;
    for (const match of text.matchAll(ADDRESS)) {
      const host = (match[1] ?? "").toLowerCase();
      const path = (match[2] ?? "").replaceAll("\\", "").slice(0, 1024);
      const type = /\.m?js$/.test(path) ? "script" : "other";
      if (found.get(host)?.type === "script" || (found.has(host) && type === "other")) continue;
      if (found.size >= REFERENCES_MAX && !found.has(host)) return [...found.values()];
      found.set(host, { url: `https://${host}${path}`, type });
    }
    if (budget <= 0) break;
  }
  return [...found.values()];
}

/** Text of each script element that is code and has no source of its own. Linear in the page. */
function* inlineScripts(html: string): Generator<string> {
  const open = /<script(?=[\s/>])/gi;
  const close = /<\/script/gi;
  for (let match = open.exec(html); match; match = open.exec(html)) {
    const start = html.indexOf(">", open.lastIndex) + 1;
    if (start === 0) return;
    close.lastIndex = start;
    const end = close.exec(html)?.index ?? html.length;
    const attributes = html.slice(open.lastIndex, Math.min(start, open.lastIndex + 2048));
    const type = /\btype\s*=\s*["']?([^"'\s>]*)/i.exec(attributes)?.[1]?.toLowerCase() ?? "";
    const isCode = type === "" || type === "module" || type.includes("javascript");
    if (isCode && !/\bsrc\s*=/i.test(attributes)) yield html.slice(start, end);
    open.lastIndex = end;
  }
}
