import { nameIn } from "#lib/node/reader/html/find-posts.ts";
import { type StructuredItem, textOf } from "#lib/node/reader/html/json-ld.ts";
import { collapse, descendants, type ElementNode, findFirst, plainText } from "#lib/node/reader/html/node.ts";
import type { PageUrls } from "#lib/node/reader/html/page-url.ts";
import { isoDate } from "#lib/node/reader/html/parse-date.ts";
import type { ParsedHtml } from "#lib/node/reader/html/parse-html.ts";
import { wordOverlap } from "#lib/node/reader/html/word-overlap.ts";

export interface PageMetadata {
  title: string;
  byline: string | null;
  siteName: string | null;
  lang: string | null;
  dir: "ltr" | "rtl";
  publishedAt: string | null;
  excerpt: string | null;
  canonicalUrl: string | null;
  iconUrl: string | null;
  refresh: string | null;
  feeds: { url: string; title: string }[];
  /** First value of each `<meta>`, by name or property in lower case. */
  meta: ReadonlyMap<string, string>;
}

const CONTENT_TYPES =
  /article|posting|report|newsarticle|product|webpage|recipe|howto|course|event|discussion|question|book|review/;

export function readMetadata(
  page: ParsedHtml,
  items: readonly StructuredItem[],
  urls: PageUrls,
): PageMetadata {
  const meta = new Map<string, string>();
  const links: ElementNode[] = [];
  let refresh: string | null = null;
  for (const node of descendants(page.root)) {
    if (node.tag === "link") links.push(node);
    if (node.tag !== "meta") continue;
    const content = collapse(node.attribute("content"));
    const name = (
      node.attribute("property") ||
      node.attribute("name") ||
      node.attribute("itemprop")
    ).toLowerCase();
    if (name && content && !meta.has(name)) meta.set(name, content);
    if (node.attribute("http-equiv").toLowerCase() === "refresh") refresh ??= refreshTarget(content, urls);
  }
  const main = items.find((item) =>
    item.types.some((type) => CONTENT_TYPES.test(type) && type !== "webpage"),
  );
  const properties = main?.properties ?? {};
  const siteName = clean(meta.get("og:site_name") ?? meta.get("application-name"), 120);
  const lang = language(
    page.root.attribute("lang") || page.root.attribute("xml:lang") || meta.get("og:locale") || "",
  );
  return {
    title: chooseTitle({ page, meta, headline: textOf(properties.headline ?? properties.name), siteName }),
    byline: chooseByline(page.body, meta, properties),
    siteName,
    lang,
    dir: direction(page, lang),
    publishedAt:
      isoDate(textOf(properties.datePublished)) ??
      isoDate(meta.get("article:published_time")) ??
      isoDate(meta.get("datepublished") ?? meta.get("date") ?? meta.get("dc.date") ?? meta.get("pubdate")) ??
      isoDate(meta.get("parsely-pub-date") ?? meta.get("sailthru.date")) ??
      publishedInBody(page.body),
    excerpt: clean(
      meta.get("description") ?? meta.get("og:description") ?? meta.get("twitter:description"),
      500,
    ),
    canonicalUrl: canonical(links, meta, urls),
    iconUrl: icon(links, urls),
    refresh,
    feeds: feeds(links, urls),
    meta,
  };
}

interface TitleSources {
  page: ParsedHtml;
  meta: ReadonlyMap<string, string>;
  headline: string;
  siteName: string | null;
}

/** The page's own name for itself, without the site's name that `<title>` usually carries. */
function chooseTitle({ page, meta, headline, siteName }: TitleSources): string {
  const titleNode = findFirst(page.root, (node) => node.tag === "title");
  const full = titleNode ? plainText(titleNode, 2_000) : "";
  const heading = findFirst(page.body, (node) => node.tag === "h1" && plainText(node, 600).length > 1);
  const h1 = heading ? plainText(heading, 600) : "";
  const og = meta.get("og:title") ?? "";
  const short = withoutSiteName(full, siteName);
  const lower = full.toLowerCase();
  // An h1 that the <title> repeats, whole or nearly, is the title; a stray one ("Menu", a logo) is not.
  const repeated = lower.includes(h1.toLowerCase()) || wordOverlap(h1, og || short) >= TITLE_SHARED_MIN;
  if (h1.length > 3 && h1.length <= 300 && repeated) return h1;
  const stated = withoutSiteName(og, siteName) || collapse(headline) || short || h1;
  return stated.slice(0, 400);
}

const TITLE_SHARED_MIN = 0.6;

const TITLE_SEPARATOR = /\s+[|\-–—·•»:/\\]+\s+|\s*[|»]\s*/g;

const BAR = /[|»]/;

function withoutSiteName(title: string, siteName: string | null): string {
  const parts = title.split(TITLE_SEPARATOR).filter(Boolean);
  if (parts.length < 2) return title.trim();
  const site = siteName?.toLowerCase();
  const last = parts.at(-1) ?? "";
  const first = parts[0] ?? "";
  if (site && last.toLowerCase() === site)
    return title.slice(0, title.lastIndexOf(last)).replace(/[\s|\-–—·•»:/\\]+$/, "");
  if (site && first.toLowerCase() === site)
    return title.slice(first.length).replace(/^[\s|\-–—·•»:/\\]+/, "");
  const rest = title.slice(0, title.lastIndexOf(last)).replace(/[\s|\-–—·•»:/\\]+$/, "");
  const words = (text: string): number => text.split(/\s+/).length;
  // A bar sets a site's name apart; a dash may belong to the title, so it takes more to cut there.
  if (words(last) <= 4 && BAR.test(title.slice(rest.length)) && !BAR.test(rest)) return rest;
  return words(last) <= 4 && words(rest) >= 2 && rest.length > last.length ? rest : title.trim();
}

function chooseByline(
  body: ElementNode,
  meta: ReadonlyMap<string, string>,
  properties: Record<string, unknown>,
): string | null {
  const stated =
    textOf(properties.author) ||
    meta.get("author") ||
    meta.get("article:author") ||
    meta.get("dc.creator") ||
    "";
  if (stated && !/^https?:/i.test(stated)) return clean(stated, 160);
  const node = findFirst(
    body,
    (at) => /\bauthor\b/.test(at.attribute("rel")) || at.attribute("itemprop") === "author",
  );
  const text = node ? nameIn(node) : "";
  return text.length > 1 && text.length < 100 ? text : null;
}

function publishedInBody(body: ElementNode): string | null {
  const node = findFirst(
    body,
    (at) =>
      at.tag === "time" &&
      at.has("datetime") &&
      (at.has("pubdate") || at.attribute("itemprop") === "datePublished"),
  );
  return isoDate(node?.attribute("datetime"));
}

function language(raw: string): string | null {
  const tag = raw.trim().replace("_", "-");
  return /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(tag) ? tag : null;
}

const RTL = /^(ar|he|fa|ur|ps|sd|yi|dv|ckb|ug|arc)\b/i;

function direction(page: ParsedHtml, lang: string | null): "ltr" | "rtl" {
  const stated = (page.root.attribute("dir") || page.body.attribute("dir")).toLowerCase();
  if (stated === "rtl" || stated === "ltr") return stated;
  return lang && RTL.test(lang) ? "rtl" : "ltr";
}

function canonical(
  links: readonly ElementNode[],
  meta: ReadonlyMap<string, string>,
  urls: PageUrls,
): string | null {
  const link = links.find((node) => /\bcanonical\b/i.test(node.attribute("rel")));
  return urls.resource(link?.attribute("href") || meta.get("og:url") || "");
}

function icon(links: readonly ElementNode[], urls: PageUrls): string | null {
  const icons = links.filter((node) =>
    /(^|\s)(shortcut icon|icon|apple-touch-icon)(\s|$)/i.test(node.attribute("rel")),
  );
  const raster = icons.filter((node) => !/svg|mask/i.test(node.attribute("type") + node.attribute("rel")));
  const size = (node: ElementNode): number => Number.parseInt(node.attribute("sizes"), 10) || 16;
  // Large enough to stay sharp on a tab, no larger than needed.
  const ranked = raster.toSorted((a, b) => Math.abs(size(a) - 64) - Math.abs(size(b) - 64));
  return urls.resource((ranked[0] ?? icons[0])?.attribute("href") ?? "") ?? urls.resource("/favicon.ico");
}

function feeds(links: readonly ElementNode[], urls: PageUrls): { url: string; title: string }[] {
  return links
    .filter(
      (node) =>
        /\balternate\b/i.test(node.attribute("rel")) &&
        /(rss|atom|feed)\+(xml|json)/i.test(node.attribute("type")),
    )
    .slice(0, 16)
    .flatMap((node) => {
      const url = urls.resource(node.attribute("href"));
      return url ? [{ url, title: collapse(node.attribute("title")).slice(0, 200) }] : [];
    });
}

function refreshTarget(content: string, urls: PageUrls): string | null {
  const match = /^\s*[\d.]+\s*[;,]\s*(?:url\s*=\s*)?["']?([^"']+)/i.exec(content);
  return match?.[1] ? urls.resource(match[1]) : null;
}

function clean(text: string | undefined, unitsMax: number): string | null {
  const collapsed = collapse(text ?? "");
  return collapsed ? collapsed.slice(0, unitsMax) : null;
}
