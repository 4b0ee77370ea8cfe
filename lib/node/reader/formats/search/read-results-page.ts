import { queryOfSearchUrl } from "#lib/core/url/search-template.ts";
import { editDistance } from "#lib/node/reader/formats/search/edit-distance.ts";
import { outsideTarget } from "#lib/node/reader/formats/search/outside-target.ts";
import type { SearchResult, SearchResults } from "#lib/node/reader/formats/search/search-results.ts";
import { snippetOf } from "#lib/node/reader/formats/search/snippet-of.ts";
import { markHidden } from "#lib/node/reader/html/mark-hidden.ts";
import { descendants, type ElementNode, findFirst, plainText } from "#lib/node/reader/html/node.ts";
import { createPageUrls, type PageUrls } from "#lib/node/reader/html/page-url.ts";
import { parseHtml } from "#lib/node/reader/html/parse-html.ts";

const RESULTS_MAX = 60;
/** Links looked at: a results page has hundreds. */
const LINKS_MAX = 3_000;
const TITLE_UNITS_MAX = 200;
const HEADING = /^h[1-6]$/;

interface Candidate {
  node: ElementNode;
  url: string;
  title: string;
  isHeading: boolean;
  /** Tags and first classes from here upwards: results of one kind share it. */
  signature: string;
}

/**
 * Results from any provider's HTML page, by what such pages have in common: many
 * links of one make, each to another site, most of them headings, each in a box
 * of its own with a few words. Knows no provider's markup.
 */
export function readResultsPage(
  html: string,
  page: { url: string; query: string; template: string },
): SearchResults {
  const parsed = parseHtml(html);
  markHidden(parsed.body);
  const base = findFirst(parsed.root, (node) => node.tag === "base" && node.has("href"));
  const urls = createPageUrls(page.url, base?.attribute("href") ?? "");
  const chosen = chooseResults(candidatesOf(parsed.body, urls, page.url));
  const boxes = boxesOf(chosen, parsed.body);
  const results = chosen.slice(0, RESULTS_MAX).map(({ node, url, title }): SearchResult => {
    return { url, title, text: snippetOf(boxes.get(node) ?? node, title), imageUrl: null };
  });
  return { results, answers: [], ...linksToProvider(parsed.body, urls, page) };
}

function candidatesOf(body: ElementNode, urls: PageUrls, pageUrl: string): Candidate[] {
  const candidates: Candidate[] = [];
  let links = 0;
  for (const node of visible(body)) {
    if (node.tag !== "a") continue;
    if (++links > LINKS_MAX) break;
    const href = urls.href(node.attribute("href"));
    const url = href && outsideTarget(href, pageUrl);
    if (!url) continue;
    const heading = findFirst(node, (inner) => HEADING.test(inner.tag)) ?? headingAbove(node);
    const title = plainText(heading?.parent && isInside(heading, node) ? heading : node, TITLE_UNITS_MAX * 2);
    // An address printed as a link is not a title.
    if (title.length < 2 || /^(?:https?:\/\/|www\.)\S*$/i.test(title)) continue;
    candidates.push({
      node,
      url,
      title: title.slice(0, TITLE_UNITS_MAX).toWellFormed(),
      isHeading: heading !== null,
      signature: signatureOf(node),
    });
  }
  return candidates;
}

/** The make of link that looks most like results: many, to many sites, with titles of some length, as headings. */
function chooseResults(candidates: readonly Candidate[]): Candidate[] {
  const headings = candidates.filter((candidate) => candidate.isHeading);
  if (countTargets(headings) >= 3) return firstOfEach(headings);
  let best: readonly Candidate[] = [];
  let bestScore = 0;
  for (const group of Map.groupBy(candidates, (candidate) => candidate.signature).values()) {
    const targets = countTargets(group);
    const hosts = new Set(group.map(({ url }) => new URL(url).hostname)).size;
    const length = group.reduce((sum, { title }) => sum + title.length, 0) / group.length;
    const score = targets * Math.min(length, 60) * (0.5 + hosts / group.length);
    if (score > bestScore) [best, bestScore] = [group, score];
  }
  // A few short links are the page's footer, not results.
  return bestScore >= 60 ? firstOfEach(best) : firstOfEach(headings);
}

function countTargets(candidates: readonly Candidate[]): number {
  return new Set(candidates.map(({ url }) => url)).size;
}

function firstOfEach(candidates: readonly Candidate[]): Candidate[] {
  const seen = new Set<string>();
  return candidates.filter(({ url }) => !seen.has(url) && seen.add(url));
}

/** The box of a result: the largest part of the page that holds no other result. */
function boxesOf(results: readonly Candidate[], body: ElementNode): Map<ElementNode, ElementNode> {
  const held = new Map<ElementNode, number>();
  for (const { node } of results) {
    for (let at = node.parent; at; at = at.parent) held.set(at, (held.get(at) ?? 0) + 1);
  }
  const levelsMax = results.length === 1 ? 4 : 12;
  const boxes = new Map<ElementNode, ElementNode>();
  for (const { node } of results) {
    let box = node;
    for (let level = 0; level < levelsMax; level++) {
      const above = box.parent;
      if (!above || above === body || (held.get(above) ?? 0) > 1) break;
      box = above;
    }
    boxes.set(node, box);
  }
  return boxes;
}

const NEXT =
  /^(?:next|more results|next page|weiter|mehr|suivant|siguiente|próxim|proxim|avanti|successiv|volgende|nästa|neste|næste|następn|далее|следующ|次へ|次|下一页|下一頁|다음)|^[›»→]$/i;

/** A link back to the provider with words almost like ours is a proposed spelling; one with our words and `next` is the next page. */
function linksToProvider(
  body: ElementNode,
  urls: PageUrls,
  { url, query, template }: { url: string; query: string; template: string },
): Pick<SearchResults, "correction" | "nextUrl"> {
  let correction: string | null = null;
  let nextUrl: string | null = null;
  const asked = query.toLowerCase();
  let links = 0;
  for (const node of visible(body)) {
    if (node.tag !== "a") continue;
    if (++links > LINKS_MAX || (correction !== null && nextUrl !== null)) break;
    const href = urls.href(node.attribute("href"));
    const words = href?.startsWith("http") ? queryOfSearchUrl(template, href) : null;
    if (!href || words === null) continue;
    const other = words.toLowerCase();
    if (other === asked) {
      const name = node.attribute("aria-label") || plainText(node, 60);
      const isNext = /\bnext\b/i.test(`${node.attribute("rel")} ${node.attribute("id")}`) || NEXT.test(name);
      if (isNext && href !== url) nextUrl ??= href;
    } else if (editDistance(asked, other) <= Math.max(1, asked.length * 0.3)) correction ??= words;
  }
  return { correction, nextUrl };
}

function* visible(body: ElementNode): Generator<ElementNode> {
  const hidden = new Set<ElementNode>();
  for (const node of descendants(body)) {
    if (node.hidden || (node.parent && hidden.has(node.parent))) hidden.add(node);
    else yield node;
  }
}

function headingAbove(node: ElementNode): ElementNode | null {
  let at = node.parent;
  for (let level = 0; at && level < 3; level++, at = at.parent) if (HEADING.test(at.tag)) return at;
  return null;
}

function isInside(node: ElementNode, outer: ElementNode): boolean {
  for (let at: ElementNode | null = node; at; at = at.parent) if (at === outer) return true;
  return false;
}

function signatureOf(node: ElementNode): string {
  const parts: string[] = [];
  for (let at: ElementNode | null = node; at && parts.length < 5; at = at.parent) {
    parts.push(`${at.tag}.${at.attribute("class").trim().split(/\s+/, 1)[0] ?? ""}`);
  }
  return parts.join("<");
}
