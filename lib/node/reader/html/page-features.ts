import type { ElementStats } from "#lib/node/reader/html/element-stats.ts";
import { isProse, PLACES } from "#lib/node/reader/html/element-stats.ts";
import type { StructuredItem } from "#lib/node/reader/html/json-ld.ts";
import { NAME_GROUPS, type NameGroup, nameGroups } from "#lib/node/reader/html/name-groups.ts";
import { closest, descendants, type ElementNode } from "#lib/node/reader/html/node.ts";
import type { TextUnit } from "#lib/node/reader/html/text-units.ts";

export interface PageEvidence {
  body: ElementNode;
  finalUrl: string;
  meta: ReadonlyMap<string, string>;
  items: readonly StructuredItem[];
  units: readonly TextUnit[];
  stats: ElementStats;
  title: string;
}

/** What the words of an address say about the page behind it. */
const ADDRESS: readonly [string, RegExp][] = [
  [
    "urlForum",
    /forum|thread|\/topic|\/t\/|community|discuss|\/questions?\/|showthread|viewtopic|boards?[./]|\/comments\/|\/talk\//,
  ],
  [
    "urlProduct",
    /\/products?\/|\/p\/|\/dp\/|\/item|\/itm\/|\/buy\/|[-_]p\d{4,}|\/pd\/|\/detail\/|\.p$|\/prod/,
  ],
  [
    "urlCollection",
    /\/collections?\/|\/c\/|\/cat(egory|egories|alog)?\/|\/shop|\/store|\/browse|\/department|\/sb\d|\/l\//,
  ],
  [
    "urlDocs",
    /docs?[./]|\/documentation|\/reference|\/api\b|\/guide|\/manual|\/tutorial|\/learn\/|developer|readthedocs|\/handbook|\/wiki\//,
  ],
  [
    "urlListing",
    /\/tags?\/|\/topics?\/|\/category|\/list|\/search|\/news\/?$|\/blog\/?$|\/jobs|\/directory|\/events?\/?$|\/archive|\/best-|\/market\//,
  ],
  [
    "urlArticle",
    /\/blog\/.+|\/news\/.+|\/articles?\/|\/posts?\/|\/stor(y|ies)\/|\/20\d\d\/|\/insights?\/.+|\/resources\/.+/,
  ],
  [
    "urlService",
    /\/services?\b|\/solutions?\b|\/platform|\/features|\/pricing|\/about|\/treatment|\/practice/,
  ],
];

const SCHEMA: readonly [string, RegExp][] = [
  [
    "schemaArticle",
    /^(article|blogposting|newsarticle|techarticle|report|scholarlyarticle|reportagenewsarticle)$/,
  ],
  ["schemaProduct", /^(product|productgroup|individualproduct|offer|aggregateoffer)$/],
  ["schemaForum", /^(discussionforumposting|qapage|question|comment|socialmediaposting)$/],
  ["schemaList", /^(itemlist|collectionpage|searchresultspage|offercatalog|categorycode)$/],
  [
    "schemaService",
    /(service|localbusiness|professionalservice|softwareapplication|organization|corporation)$/,
  ],
  ["schemaFaq", /^faqpage$/],
  ["schemaPage", /^(webpage|website)$/],
];

const SOFTWARE: readonly [string, RegExp][] = [
  ["madeForum", /discourse|phpbb|xenforo|vbulletin|invision|flarum|nodebb|mybb|vanilla|smf|khoros|lithium/],
  ["madeShop", /shopify|woocommerce|magento|prestashop|bigcommerce|opencart|shopware/],
  ["madeDocs", /docusaurus|sphinx|mkdocs|gitbook|jekyll|hugo|vitepress|docutils|readthedocs|doxygen|antora/],
  ["madeBlog", /wordpress|ghost|blogger|substack|medium|drupal|webflow|squarespace|wix/],
];

const BODY_NAMES: readonly [string, RegExp][] = [
  ["bodySingle", /\b(single|post-template|article|story|postid-\d+|node-type-article|blog-post)\b/],
  ["bodyProduct", /\b(product|pdp|template-product|single-product)\b/],
  ["bodyList", /\b(category|archive|collection|plp|listing|search-results|tax-)\b/],
  ["bodyForum", /\b(forum|thread|topic|viewtopic|template-thread|discussion)\b/],
];

const TALLIES: readonly [string, RegExp][] = [
  ["tallyPrice", /[$€£¥₹]\s?\d|\d\s?(€|usd|eur|kr)\b/i],
  ["tallyCart", /add to (cart|bag|basket)|buy now|in stock|out of stock|free shipping|quantity/i],
  ["tallyReply", /^\s*(reply|quote|like|report|posts?:|joined|replies|views)\b/i],
  ["tallyDate", /\b(19|20)\d\d\b|\bago\b|\byesterday\b/i],
  ["tallyQuestion", /\?\s*$/],
  [
    "tallyCta",
    /get started|contact us|request a|book a|schedule|free (trial|quote|consultation)|sign up|learn more|call us/i,
  ],
  ["tallyFilter", /^\s*(filter|sort|sort by|refine|price range|brand|results?)\b/i],
  ["tallyReview", /\breviews?\b|\bratings?\b|\bstars?\b/i],
];

const COUNTED_TAGS = [
  "h1",
  "h2",
  "h3",
  "p",
  "li",
  "img",
  "pre",
  "code",
  "table",
  "article",
  "time",
  "form",
  "input",
  "button",
  "iframe",
  "dl",
  "section",
  "figure",
];

const COUNTED_GROUPS: readonly NameGroup[] = [
  "comment",
  "thread",
  "person",
  "price",
  "rating",
  "record",
  "carousel",
  "filter",
  "panel",
  "detail",
  "byline",
  "share",
  "related",
  "hero",
  "toc",
  "crumbs",
];

export const PAGE_FEATURE_NAMES: readonly string[] = [
  ...[...ADDRESS, ...SCHEMA, ...SOFTWARE, ...BODY_NAMES, ...TALLIES].map(([name]) => name),
  ...[
    "pathDepth",
    "pathUnits",
    "pathDigits",
    "pathEmpty",
    "pathDashes",
    "hasPublished",
    "hasAuthor",
    "ogArticle",
    "ogProduct",
    "ogWebsite",
  ],
  ...COUNTED_TAGS.map((tag) => `count:${tag}`),
  ...COUNTED_GROUPS.map((group) => `group:${group}`),
  ...["words", "units", "linkShare", "proseShare", "proseUnits", "meanProse", "longestProse", "headingWords"],
  ...["recordCount", "recordWords", "recordShare", "recordLinks", "recordProse", "recordImages"],
  ...["mainShare", "mainProse", "articleShare", "articleProse", "codeWords", "titleDashes", "titleWords"],
  ...["commentProse", "proseOutsideComments", "longestOutsideComments", "commentRegions"],
];

/** A short unit in words may be long in signs; such a one says nothing. */
const SHORT_UNITS_MAX = 2_000;
const log = Math.log1p;
const ratio = (part: number, whole: number): number => (whole > 0 ? part / whole : 0);

/** One row of `PAGE_FEATURE_NAMES`: what tells an article from a thread, a product or a list. */
export function pageFeatures(evidence: PageEvidence): Float32Array {
  const { body, meta, items, units, stats, title } = evidence;
  const row: number[] = [];
  const address = addressOf(evidence.finalUrl);
  for (const [, pattern] of ADDRESS) row.push(pattern.test(address.all) ? 1 : 0);
  for (const [, pattern] of SCHEMA) {
    row.push(
      items.some((item) => item.types.some((type) => pattern.test(type.replace(/^.*\//, "")))) ? 1 : 0,
    );
  }
  const made =
    `${meta.get("generator") ?? ""} ${meta.get("discourse-base-uri") ? "discourse" : ""}`.toLowerCase();
  for (const [, pattern] of SOFTWARE) row.push(pattern.test(made) ? 1 : 0);
  const names =
    `${body.attribute("class")} ${body.attribute("id")} ${body.parent?.attribute("class") ?? ""}`.toLowerCase();
  for (const [, pattern] of BODY_NAMES) row.push(pattern.test(names) ? 1 : 0);
  for (const [, pattern] of TALLIES) {
    let tally = 0;
    for (const unit of units)
      if (unit.words <= 30 && unit.text.length <= SHORT_UNITS_MAX && pattern.test(unit.text)) tally++;
    row.push(log(tally));
  }
  const type = meta.get("og:type")?.toLowerCase() ?? "";
  row.push(
    address.depth,
    address.path.length,
    ratio(address.path.match(/\d/g)?.length ?? 0, address.path.length),
    address.path.length <= 1 ? 1 : 0,
    log(address.path.match(/-/g)?.length ?? 0),
    [...meta.keys()].some((key) => /published|pubdate|datepublished/.test(key)) ? 1 : 0,
    meta.has("author") || meta.has("article:author") ? 1 : 0,
    /article|blog|news/.test(type) ? 1 : 0,
    /product/.test(type) ? 1 : 0,
    /website/.test(type) ? 1 : 0,
  );
  pushElementCounts(row, body);
  pushText(row, units, stats, body);
  pushRecords(row, stats, body);
  pushLandmarks(row, units, stats, body, title);
  pushTalk(row, units, stats);
  return Float32Array.from(row);
}

function addressOf(finalUrl: string): { all: string; path: string; depth: number } {
  if (!URL.canParse(finalUrl)) return { all: "", path: "", depth: 0 };
  const url = new URL(finalUrl);
  const path = url.pathname.toLowerCase();
  const all = `${url.hostname}${path}`.toLowerCase();
  return { all, path, depth: path.split("/").filter(Boolean).length };
}

function pushElementCounts(row: number[], body: ElementNode): void {
  const tags = new Map<string, number>();
  const groups = new Uint32Array(NAME_GROUPS.length);
  const cache = new Map<string, number>();
  for (const node of descendants(body)) {
    tags.set(node.tag, (tags.get(node.tag) ?? 0) + 1);
    if (!node.attributes) continue;
    const names = node.attribute("class");
    let mask = cache.get(names);
    if (mask === undefined) {
      mask = nameGroups(names);
      cache.set(names, mask);
    }
    for (let bits = mask; bits !== 0; bits &= bits - 1) {
      const i = 31 - Math.clz32(bits & -bits);
      groups[i] = (groups[i] ?? 0) + 1;
    }
  }
  for (const tag of COUNTED_TAGS) row.push(log(tags.get(tag) ?? 0));
  for (const group of COUNTED_GROUPS) row.push(log(groups[NAME_GROUPS.indexOf(group)] ?? 0));
}

function pushText(row: number[], units: readonly TextUnit[], stats: ElementStats, body: ElementNode): void {
  const words = stats.words[body.order] ?? 0;
  const prose = units.filter(isProse);
  const longest = prose.reduce((most, unit) => Math.max(most, unit.words), 0);
  const headings = units.filter((unit) => /^h[1-6]$/.test(unit.block.tag));
  row.push(
    log(words),
    log(units.length),
    ratio(stats.linkWords[body.order] ?? 0, words),
    ratio(stats.proseWords[body.order] ?? 0, words),
    log(prose.length),
    log(ratio(stats.proseWords[body.order] ?? 0, prose.length)),
    log(longest),
    ratio(
      headings.reduce((sum, unit) => sum + unit.words, 0),
      words,
    ),
  );
}

/** The largest set of look-alike siblings outside of navigation, by words. */
function pushRecords(row: number[], stats: ElementStats, body: ElementNode): void {
  const boilerplate =
    (1 << PLACES.indexOf("nav")) |
    (1 << PLACES.indexOf("header")) |
    (1 << PLACES.indexOf("footer")) |
    (1 << PLACES.indexOf("aside"));
  let best: ElementNode | null = null;
  let bestWords = 0;
  const stack: ElementNode[] = [body];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if ((stats.places[node.order] ?? 0) & boilerplate) continue;
    let words = 0;
    let alike = 0;
    for (const child of node.children) {
      if (child.isText) continue;
      stack.push(child);
      const same = stats.alike[child.order] ?? 0;
      if (same >= 4 && child.tag !== "p") {
        words += stats.words[child.order] ?? 0;
        alike = Math.max(alike, same);
      }
    }
    if (alike >= 4 && words > bestWords) {
      best = node;
      bestWords = words;
    }
  }
  if (!best) {
    row.push(0, 0, 0, 0, 0, 0);
    return;
  }
  const records = best.children.filter(
    (child) => !child.isText && (stats.alike[child.order] ?? 0) >= 4,
  ) as ElementNode[];
  const sum = (column: Uint32Array): number =>
    records.reduce((total, record) => total + (column[record.order] ?? 0), 0);
  let images = 0;
  for (const record of records.slice(0, 60)) {
    for (const node of descendants(record)) {
      if (node.tag === "img") {
        images++;
        break;
      }
    }
  }
  row.push(
    log(records.length),
    log(ratio(bestWords, records.length)),
    ratio(bestWords, stats.words[body.order] ?? 0),
    ratio(sum(stats.linkWords), bestWords),
    ratio(sum(stats.proseWords), bestWords),
    ratio(images, Math.min(records.length, 60)),
  );
}

function pushLandmarks(
  row: number[],
  units: readonly TextUnit[],
  stats: ElementStats,
  body: ElementNode,
  title: string,
): void {
  const best = { main: 0, mainProse: 0, article: 0, articleProse: 0 };
  for (const node of descendants(body)) {
    const places = stats.places[node.order] ?? 0;
    const words = stats.words[node.order] ?? 0;
    const prose = stats.proseWords[node.order] ?? 0;
    if (places & (1 << PLACES.indexOf("main")) && words > best.main) {
      best.main = words;
      best.mainProse = prose;
    }
    if (places & (1 << PLACES.indexOf("article")) && words > best.article) {
      best.article = words;
      best.articleProse = prose;
    }
  }
  const all = stats.words[body.order] ?? 0;
  const code = units.reduce((sum, unit) => sum + (unit.block.tag === "pre" ? unit.words : 0), 0);
  row.push(
    ratio(best.main, all),
    ratio(best.mainProse, best.main),
    ratio(best.article, all),
    ratio(best.articleProse, best.article),
    ratio(code, all),
    log(title.match(/[-|:–—]/g)?.length ?? 0),
    log(title.split(/\s+/).length),
  );
}

const TALK = (1 << NAME_GROUPS.indexOf("comment")) | (1 << NAME_GROUPS.indexOf("thread"));

/** An article with comments has a body of its own outside of them; a thread has not. */
function pushTalk(row: number[], units: readonly TextUnit[], stats: ElementStats): void {
  let inside = 0;
  let outside = 0;
  let longest = 0;
  const regions = new Set<ElementNode>();
  for (const unit of units) {
    if (!isProse(unit)) continue;
    const region = closest(
      unit.block,
      (node) => ((stats.groups[node.order] ?? 0) & TALK) !== 0 && node.tag !== "body" && node.tag !== "html",
    );
    if (region) {
      inside += unit.words;
      regions.add(region);
    } else {
      outside += unit.words;
      longest = Math.max(longest, unit.words);
    }
  }
  row.push(ratio(inside, inside + outside), log(outside), log(longest), log(regions.size));
}
