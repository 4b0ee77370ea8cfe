import { LIMITS } from "#lib/node/reader/html/limits.ts";
import { descendants, type ElementNode, plainText } from "#lib/node/reader/html/node.ts";
import type { PageUrls } from "#lib/node/reader/html/page-url.ts";
import type { PageLink } from "#lib/protocol/pages.ts";

/** Links of the whole page in document order, each address once, with the first text that names it. */
export function findLinks(body: ElementNode, urls: PageUrls): PageLink[] {
  const found = new Map<string, PageLink>();
  for (const node of descendants(body)) {
    if (node.tag !== "a" || !node.has("href") || node.hidden) continue;
    const href = urls.href(node.attribute("href"));
    if (!href?.startsWith("http")) continue;
    const known = found.get(href);
    if (known?.text) continue;
    if (!known && found.size >= LIMITS.linksMax) break;
    const text = (plainText(node, 400) || node.attribute("aria-label") || node.attribute("title")).slice(
      0,
      300,
    );
    if (known) known.text = text;
    else found.set(href, { href, text, internal: urls.internal(href) });
  }
  return [...found.values()];
}
