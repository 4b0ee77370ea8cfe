import { LIMITS } from "#lib/node/reader/html/limits.ts";
import { descendants, type ElementNode } from "#lib/node/reader/html/node.ts";
import type { PageUrls } from "#lib/node/reader/html/page-url.ts";
import type { PageReference } from "#lib/node/reader/reading.ts";

type ReferenceType = PageReference["type"];

const SOURCES: ReadonlyMap<string, ReferenceType> = new Map([
  ["script", "script"],
  ["img", "image"],
  ["iframe", "frame"],
  ["frame", "frame"],
  ["embed", "other"],
  ["object", "other"],
  ["video", "media"],
  ["audio", "media"],
  ["source", "media"],
  ["track", "media"],
  ["input", "image"],
]);

/** Everything the page asks a browser to load from another site, each address once, for the tracker report. */
export function findReferences(root: ElementNode, urls: PageUrls): PageReference[] {
  const found = new Map<string, PageReference>();
  for (const node of descendants(root)) {
    if (found.size >= LIMITS.referencesMax) break;
    const type = node.tag === "link" ? linkType(node) : SOURCES.get(node.tag);
    if (!type) continue;
    const raw =
      node.tag === "link" ? node.attribute("href") : node.attribute("src") || node.attribute("data");
    const url = raw && urls.resource(raw);
    if (url && !found.has(url) && !urls.internal(url)) found.set(url, { url, type });
  }
  return [...found.values()];
}

function linkType(link: ElementNode): ReferenceType | undefined {
  const rel = link.attribute("rel").toLowerCase();
  if (/\bstylesheet\b/.test(rel)) return "stylesheet";
  if (/\bicon\b/.test(rel)) return "image";
  if (!/\b(preload|prefetch|modulepreload|preconnect|dns-prefetch|prerender)\b/.test(rel)) return undefined;
  switch (link.attribute("as").toLowerCase()) {
    case "script":
      return "script";
    case "style":
      return "stylesheet";
    case "font":
      return "font";
    case "image":
      return "image";
    default:
      return rel.includes("modulepreload") ? "script" : "other";
  }
}
