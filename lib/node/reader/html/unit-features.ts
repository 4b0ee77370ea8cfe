import { type ElementStats, isProse, PLACES, signature } from "#lib/node/reader/html/element-stats.ts";
import { NAME_GROUPS } from "#lib/node/reader/html/name-groups.ts";
import type { ElementNode } from "#lib/node/reader/html/node.ts";
import { findProseCore, findProseHome } from "#lib/node/reader/html/prose-core.ts";
import { countUnitWords, type TextUnit } from "#lib/node/reader/html/text-units.ts";

const PHRASES: readonly [string, RegExp][] = [
  ["saysLegal", /©|\bcopyright\b|all rights reserved|privacy policy|terms (of|and)\b|\bcookies?\b/i],
  ["saysSignup", /\bsubscrib|newsletter|sign[ -]?up\b|your e-?mail|\binbox\b/i],
  [
    "saysAccount",
    /\blog ?in\b|\bsign in\b|\bregister\b|my account|forgot|create (an )?account|\bwish ?list\b|\bcart\b/i,
  ],
  ["saysShare", /\bshare\b|\btweet\b|facebook|twitter|whatsapp|pinterest|linkedin|copy link|\bprint\b/i],
  [
    "saysRelated",
    /\brelated\b|you (may|might) |recommended|more (from|in|on)\b|read next|see also|trending|most popular|\blatest\b|recently viewed/i,
  ],
  [
    "saysAction",
    /read more|learn more|view all|see all|show (more|less|all)|load more|click here|shop (now|all)|add to (cart|bag|basket|compare|wish)|buy now|\breply\b|\breport\b|get started|contact us|back to top|skip to|next page|previous/i,
  ],
  ["saysComment", /\bcomments?\b|leave a reply|\breplies\b|\bposted by\b|\bwritten by\b/i],
  ["saysPrice", /[$€£¥₹]\s?\d|\d\s?(€|usd|eur|kr)\b/i],
  [
    "saysDate",
    /\b(19|20)\d\d\b|\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b|\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d/i,
  ],
];

/** What a heading announces; everything below it, up to the next heading, is read in its light. */
const ANNOUNCES: readonly [string, RegExp][] = [
  [
    "headRelated",
    /\brelated\b|you (may|might|'ll)|recommend|more (from|in|on|like|stories|articles|posts|news)|read next|keep reading|see also|trending|popular|\blatest\b|recently viewed|others? also|also (like|bought|viewed)|similar|featured|explore|continue reading|shop by|further reading/i,
  ],
  ["headReviews", /\breviews?\b|\bratings?\b|testimonials?|what (our )?(customers|people|clients)/i],
  [
    "headComments",
    /\bcomments?\b|leave a reply|\breplies\b|\bresponses\b|join the (conversation|discussion)|thoughts on/i,
  ],
  ["headAuthor", /about the author|\bauthor\b|written by|contributors?|meet the|about us|about me/i],
  ["headFaq", /\bfaqs?\b|frequently asked|questions|q ?& ?a/i],
  [
    "headDetail",
    /description|details?|specifications?|\bspecs?\b|features|overview|ingredients|about this|what's in|dimensions|included|highlights/i,
  ],
  [
    "headSignup",
    /newsletter|subscribe|sign up|stay (in touch|connected|updated)|follow us|connect|contact|get in touch|join/i,
  ],
  ["headSource", /references|sources|citations|footnotes|notes|bibliography|disclaimer|disclosure/i],
  [
    "headMenu",
    /categories|\btags\b|archives?|navigation|menu|quick links|resources|company|support|help|products|services|topics|search|filter/i,
  ],
];
const HEADING_WORDS_MAX = 14;
const RELATED_BIT = 1 << ANNOUNCES.findIndex(([name]) => name === "headRelated");
const COMMENTS_BIT = 1 << ANNOUNCES.findIndex(([name]) => name === "headComments");
/** Words of running text after which such a heading ends the page's own text. */
const PROSE_BEFORE_MIN = 100;

const TAGS = [
  "p",
  "h1",
  "h2",
  "h3",
  "h4",
  "li",
  "td",
  "div",
  "a",
  "dt",
  "dd",
  "pre",
  "table",
  "figcaption",
  "summary",
  "label",
];

/** Places and name groups for which the share of the page's words in that ancestor matters too. */
const SHARED_PLACES = ["main", "article", "header", "footer", "form", "aside", "section", "list"] as const;
const SHARED_GROUPS = [
  "nav",
  "sidebar",
  "comment",
  "related",
  "promo",
  "overlay",
  "content",
  "main",
  "record",
  "thread",
  "detail",
] as const;

/** Kinds of page the reader tells apart, in the order of every array of likelihoods. */
export const KINDS = [
  "article",
  "collection",
  "documentation",
  "forum",
  "listing",
  "product",
  "service",
] as const;

export const FEATURE_NAMES: readonly string[] = [
  ...[
    "words",
    "wordLength",
    "linkShare",
    "endsSentence",
    "sentences",
    "commas",
    "capitals",
    "allCaps",
    "digits",
  ],
  ...PHRASES.map(([name]) => name),
  ...["titleShare", "copies", "isCopy", "firstOfBlock"],
  ...TAGS.map((tag) => `tag:${tag}`),
  ...PLACES.map((place) => `place:${place}`),
  ...SHARED_PLACES.map((place) => `placeShare:${place}`),
  ...NAME_GROUPS.map((group) => `name:${group}`),
  ...SHARED_GROUPS.map((group) => `nameShare:${group}`),
  "depth",
  ...[1, 2, 3, 5].flatMap((level) => [
    `up${level}Words`,
    `up${level}Links`,
    `up${level}Prose`,
    `up${level}UnitWords`,
  ]),
  ...["bigShare", "bigLinks", "bigProse", "bigDistance"],
  ...["recordCount", "recordWords", "recordLinks", "recordProse", "recordDistance", "recordShare"],
  ...["pathCount", "pathWords", "pathLinks", "pathShare", "pathProse"],
  ...[
    "position",
    "wordsBefore",
    "fromHeading",
    "afterHeading",
    "fromTitle",
    "fromFirstProse",
    "fromLastProse",
  ],
  ...[-2, -1, 1, 2].flatMap((at) => [`near${at}Words`, `near${at}Links`, `near${at}Same`]),
  ...["around3Words", "around3Links", "around8Words", "around8Links", "around8Prose"],
  ...ANNOUNCES.map(([name]) => name),
  ...["headLevel", "headUnits", "headWords", "headSameParent", "sinceRelated", "sinceComments"],
  ...["coreInside", "coreUp", "coreSide", "coreShare", "coreProse"],
  ...["home5Inside", "home5Share", "home5Up", "home8Inside", "home8Share", "home8Up"],
  ...["pageWords", "pageLinks", "pageProse", "pageUnits", "pageArticles", "pageMainShare"],
  ...KINDS.map((kind) => `kind:${kind}`),
];

const FAR = 20;
const SAMPLE_UNITS = 4_000;
const log = Math.log1p;
const ratio = (part: number, whole: number): number => (whole > 0 ? part / whole : 0);

interface PathStats {
  count: number;
  words: number;
  linkWords: number;
  proseWords: number;
}

export interface UnitEvidence {
  units: readonly TextUnit[];
  stats: ElementStats;
  body: ElementNode;
  title: string;
  /** How likely the page is of each of `KINDS`. */
  kinds: readonly number[];
}

/** One row of `FEATURE_NAMES` for every unit, in one flat array. */
export function unitFeatures({ units, stats, body, title, kinds }: UnitEvidence): Float32Array {
  const width = FEATURE_NAMES.length;
  const rows = new Float32Array(units.length * width);
  const page = describePage(units, stats, body, title);
  for (const unit of units) {
    const row = new RowWriter(rows, unit.index * width);
    writeText(row, unit, page);
    writeAncestors(row, unit, stats, page);
    writeContainers(row, unit, stats, page);
    writePlace(row, unit, units, page);
    writeNeighbours(row, unit, units, page);
    writeHeading(row, unit, units, page);
    writeProse(row, unit, stats, page);
    writePage(row, page);
    row.add(...kinds);
  }
  return rows;
}

class RowWriter {
  private readonly rows: Float32Array;
  private at: number;

  constructor(rows: Float32Array, at: number) {
    this.rows = rows;
    this.at = at;
  }

  add(...values: number[]): void {
    for (const value of values) this.rows[this.at++] = value;
  }
}

interface PageFacts {
  words: number;
  linkWords: number;
  proseWords: number;
  units: number;
  articles: number;
  mainWords: number;
  titleWords: ReadonlySet<string>;
  copies: ReadonlyMap<string, number>;
  paths: ReadonlyMap<string, PathStats>;
  pathOf: readonly string[];
  before: Float64Array;
  /** 1 where an earlier unit of the page has the same text. */
  isCopy: Uint8Array;
  /** Index of the nearest heading at or before each unit, -1 for none. */
  headingOf: Int32Array;
  /** Bit mask over `ANNOUNCES` of each heading, 0 elsewhere. */
  announced: Uint16Array;
  /** 1 from the first heading on that announces related pages (or comments) after running text. */
  sinceRelated: Uint8Array;
  sinceComments: Uint8Array;
  prose: Uint8Array;
  firstHeading: number;
  bestTitle: number;
  firstProse: number;
  lastProse: number;
  core: ElementNode | null;
  homes: readonly ElementNode[];
}

function describePage(
  units: readonly TextUnit[],
  stats: ElementStats,
  body: ElementNode,
  title: string,
): PageFacts {
  const copies = new Map<string, number>();
  const paths = new Map<string, PathStats>();
  const pathOf: string[] = [];
  const before = new Float64Array(units.length);
  const prose = new Uint8Array(units.length);
  const isCopy = new Uint8Array(units.length);
  const headingOf = new Int32Array(units.length);
  const announced = new Uint16Array(units.length);
  const sinceRelated = new Uint8Array(units.length);
  const sinceComments = new Uint8Array(units.length);
  let heading = -1;
  let proseBefore = 0;
  const titleWords = new Set(title.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);
  let sum = 0;
  let firstHeading = -1;
  let bestTitle = -1;
  let bestOverlap = 0.5;
  for (const unit of units) {
    const i = unit.index;
    before[i] = sum;
    sum += unit.words;
    prose[i] = isProse(unit) ? 1 : 0;
    const key = unit.text.slice(0, 120);
    isCopy[i] = copies.has(key) ? 1 : 0;
    copies.set(key, (copies.get(key) ?? 0) + 1);
    const path = pathKey(unit.block);
    pathOf.push(path);
    const known = paths.get(path) ?? { count: 0, words: 0, linkWords: 0, proseWords: 0 };
    known.count++;
    known.words += unit.words;
    known.linkWords += unit.linkWords;
    if (prose[i]) known.proseWords += unit.words;
    paths.set(path, known);
    const isHeading = /^h[1-6]$/.test(unit.block.tag);
    if (unit.words <= HEADING_WORDS_MAX && (isHeading || isHeadingLike(unit, stats))) {
      heading = i;
      ANNOUNCES.forEach(([, pattern], bit) => {
        if (pattern.test(unit.text)) announced[i] = (announced[i] ?? 0) | (1 << bit);
      });
    }
    headingOf[i] = heading;
    const news = heading === i && proseBefore > PROSE_BEFORE_MIN ? (announced[i] ?? 0) : 0;
    sinceRelated[i] = (sinceRelated[i - 1] ?? 0) | (news & RELATED_BIT ? 1 : 0);
    sinceComments[i] = (sinceComments[i - 1] ?? 0) | (news & COMMENTS_BIT ? 1 : 0);
    if (prose[i]) proseBefore += unit.words;
    if (firstHeading < 0 && unit.block.tag === "h1") firstHeading = i;
    const overlap = isHeading ? titleOverlap(unit, titleWords) : 0;
    if (overlap > bestOverlap) {
      bestOverlap = overlap;
      bestTitle = i;
    }
  }
  const places = stats.places;
  let articles = 0;
  let mainWords = 0;
  for (let at = 0; at < places.length; at++) {
    if ((places[at] ?? 0) & (1 << PLACES.indexOf("article"))) articles++;
    if ((places[at] ?? 0) & (1 << PLACES.indexOf("main")))
      mainWords = Math.max(mainWords, stats.words[at] ?? 0);
  }
  return {
    words: stats.words[body.order] ?? 0,
    linkWords: stats.linkWords[body.order] ?? 0,
    proseWords: stats.proseWords[body.order] ?? 0,
    units: units.length,
    articles,
    mainWords,
    titleWords,
    copies,
    paths,
    pathOf,
    before,
    isCopy,
    headingOf,
    announced,
    sinceRelated,
    sinceComments,
    prose,
    firstHeading,
    bestTitle,
    firstProse: prose.indexOf(1),
    lastProse: prose.lastIndexOf(1),
    core: findProseCore(units, stats),
    homes: [findProseHome(body, stats, 0.5), findProseHome(body, stats, 0.8)],
  };
}

const HEADING_GROUP = 1 << NAME_GROUPS.indexOf("heading");

/** A `<div class="section-title">` announces as much as an `<h2>`. */
function isHeadingLike(unit: TextUnit, stats: ElementStats): boolean {
  return unit.linkWords === 0 && ((stats.groups[unit.block.order] ?? 0) & HEADING_GROUP) !== 0;
}

/** The unit's place in the page's template: tags and class words of the nearest ancestors. */
function pathKey(block: ElementNode): string {
  let key = "";
  let node: ElementNode | null = block;
  for (let i = 0; i < 4 && node; i++) {
    key += `${signature(node)}>`;
    node = node.parent;
  }
  return key;
}

function titleOverlap(unit: TextUnit, titleWords: ReadonlySet<string>): number {
  if (titleWords.size === 0 || unit.words > 40) return 0;
  const words = unit.text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  let shared = 0;
  for (const word of new Set(words)) if (titleWords.has(word)) shared++;
  return (2 * shared) / (new Set(words).size + titleWords.size);
}

function writeText(row: RowWriter, unit: TextUnit, page: PageFacts): void {
  // A sample is enough to know the style of a long text, and bounds the cost of one.
  const text = unit.text.length > SAMPLE_UNITS ? unit.text.slice(0, SAMPLE_UNITS) : unit.text;
  const words = text === unit.text ? unit.words : countUnitWords(text);
  const capitals = text.match(/(?<![\p{L}])\p{Lu}/gu)?.length ?? 0;
  row.add(
    log(unit.words),
    ratio(text.length, words),
    ratio(unit.linkWords, unit.words),
    /[.!?。！？…]["”’')\]]*$/.test(text) ? 1 : 0,
    ratio(text.match(/[.!?。！？](\s|$)/g)?.length ?? 0, words),
    ratio(text.match(/[,;،、，]/g)?.length ?? 0, words),
    ratio(capitals, words),
    text.length > 3 && text === text.toUpperCase() && text !== text.toLowerCase() ? 1 : 0,
    ratio(text.match(/\d/g)?.length ?? 0, text.length),
  );
  const short = words <= 40;
  for (const [, pattern] of PHRASES) row.add(short && pattern.test(text) ? 1 : 0);
  row.add(titleOverlap(unit, page.titleWords), log((page.copies.get(text.slice(0, 120)) ?? 1) - 1));
  row.add(page.isCopy[unit.index] ?? 0, unit.first ? 1 : 0);
  for (const tag of TAGS) row.add(unit.block.tag === tag ? 1 : 0);
}

function writeAncestors(row: RowWriter, unit: TextUnit, stats: ElementStats, page: PageFacts): void {
  const places = new Array<number>(PLACES.length).fill(FAR);
  const placeShare = new Array<number>(PLACES.length).fill(0);
  const groups = new Array<number>(NAME_GROUPS.length).fill(FAR);
  const groupShare = new Array<number>(NAME_GROUPS.length).fill(0);
  let distance = 0;
  for (let node: ElementNode | null = unit.block; node && distance < FAR; node = node.parent, distance++) {
    const at = node.order;
    const share = ratio(stats.words[at] ?? 0, page.words);
    spread(stats.places[at] ?? 0, distance, share, places, placeShare);
    spread(stats.groups[at] ?? 0, distance, share, groups, groupShare);
  }
  row.add(...places);
  for (const place of SHARED_PLACES) row.add(placeShare[PLACES.indexOf(place)] ?? 0);
  row.add(...groups);
  for (const group of SHARED_GROUPS) row.add(groupShare[NAME_GROUPS.indexOf(group)] ?? 0);
  row.add(stats.depths[unit.block.order] ?? 0);
}

/** Notes the nearest ancestor of each kind, and its share of the page. */
function spread(mask: number, distance: number, share: number, nearest: number[], shares: number[]): void {
  for (let bits = mask; bits !== 0; bits &= bits - 1) {
    const i = 31 - Math.clz32(bits & -bits);
    if ((nearest[i] ?? FAR) < FAR) continue;
    nearest[i] = distance;
    shares[i] = share;
  }
}

const CONTAINER_LEVELS = [1, 2, 3, 5];
const BIG_SHARE = 0.25;
const RECORDS_MIN = 3;

function writeContainers(row: RowWriter, unit: TextUnit, stats: ElementStats, page: PageFacts): void {
  const column = (values: Uint32Array, node: ElementNode): number => values[node.order] ?? 0;
  const chain: ElementNode[] = [];
  for (let node: ElementNode | null = unit.block; node && chain.length < 64; node = node.parent)
    chain.push(node);
  for (const level of CONTAINER_LEVELS) {
    const node = chain[Math.min(level, chain.length - 1)] as ElementNode;
    const words = column(stats.words, node);
    row.add(
      log(words),
      ratio(column(stats.linkWords, node), words),
      ratio(column(stats.proseWords, node), words),
      log(ratio(words, column(stats.units, node))),
    );
  }
  const bigAt = chain.findIndex((node) => column(stats.words, node) >= page.words * BIG_SHARE);
  const big = chain[bigAt] ?? (chain.at(-1) as ElementNode);
  const bigWords = column(stats.words, big);
  row.add(
    ratio(bigWords, page.words),
    ratio(column(stats.linkWords, big), bigWords),
    ratio(column(stats.proseWords, big), bigWords),
    Math.min(bigAt < 0 ? FAR : bigAt, FAR),
  );
  const recordAt = chain.findIndex((node) => column(stats.alike, node) >= RECORDS_MIN);
  const record = chain[recordAt];
  if (record?.parent) {
    const words = column(stats.words, record.parent);
    const count = column(stats.alike, record);
    row.add(
      log(count),
      log(ratio(words, count)),
      ratio(column(stats.linkWords, record.parent), words),
      ratio(column(stats.proseWords, record.parent), words),
      Math.min(recordAt, FAR),
      ratio(words, page.words),
    );
  } else row.add(0, 0, 0, 0, FAR, 0);
  const path = page.paths.get(page.pathOf[unit.index] ?? "");
  if (!path) {
    row.add(0, 0, 0, 0, 0);
    return;
  }
  row.add(
    log(path.count),
    log(ratio(path.words, path.count)),
    ratio(path.linkWords, path.words),
    ratio(path.words, page.words),
    ratio(path.proseWords, path.words),
  );
}

function writePlace(row: RowWriter, unit: TextUnit, units: readonly TextUnit[], page: PageFacts): void {
  const i = unit.index;
  const signedLog = (value: number): number => Math.sign(value) * log(Math.abs(value));
  const from = (at: number): number =>
    at < 0 ? 0 : signedLog((page.before[i] ?? 0) - (page.before[at] ?? 0));
  row.add(
    ratio(i, units.length),
    ratio(page.before[i] ?? 0, page.words),
    from(page.firstHeading),
    page.firstHeading < 0 ? 0 : i >= page.firstHeading ? 1 : -1,
    page.bestTitle < 0 ? 0 : signedLog(i - page.bestTitle),
    page.firstProse < 0 ? 0 : signedLog(i - page.firstProse),
    page.lastProse < 0 ? 0 : signedLog(i - page.lastProse),
  );
}

function writeNeighbours(row: RowWriter, unit: TextUnit, units: readonly TextUnit[], page: PageFacts): void {
  const i = unit.index;
  for (const offset of [-2, -1, 1, 2]) {
    const near = units[i + offset];
    if (near) {
      const same = near.block.parent === unit.block.parent ? 1 : 0;
      row.add(log(near.words), ratio(near.linkWords, near.words), same);
    } else row.add(-1, 0, 0);
  }
  for (const reach of [3, 8]) {
    let words = 0;
    let linkWords = 0;
    let prose = 0;
    const low = Math.max(0, i - reach);
    const high = Math.min(units.length - 1, i + reach);
    for (let at = low; at <= high; at++) {
      const near = units[at] as TextUnit;
      words += near.words;
      linkWords += near.linkWords;
      if (page.prose[at]) prose += near.words;
    }
    row.add(log(ratio(words, high - low + 1)), ratio(linkWords, words));
    if (reach === 8) row.add(ratio(prose, words));
  }
}

function writeHeading(row: RowWriter, unit: TextUnit, units: readonly TextUnit[], page: PageFacts): void {
  const i = unit.index;
  const at = page.headingOf[i] ?? -1;
  const heading = units[at];
  const mask = page.announced[at] ?? 0;
  ANNOUNCES.forEach((_, bit) => {
    row.add(mask & (1 << bit) ? 1 : 0);
  });
  const tag = heading?.block.tag ?? "";
  row.add(
    /^h[1-6]$/.test(tag) ? Number(tag[1]) : heading ? 7 : 0,
    heading ? log(i - at) : -1,
    heading ? log((page.before[i] ?? 0) - (page.before[at] ?? 0)) : -1,
    heading && heading.block.parent === unit.block.parent ? 1 : 0,
    page.sinceRelated[i] ?? 0,
    page.sinceComments[i] ?? 0,
  );
}

/** Where the unit stands towards the places where running text gathers. */
function writeProse(row: RowWriter, unit: TextUnit, stats: ElementStats, page: PageFacts): void {
  const { core } = page;
  const coreUp = core ? levelsUpTo(unit.block, core) : FAR;
  const side = !core || coreUp === 0 ? 0 : unit.block.order < core.order ? -1 : 1;
  row.add(
    core && isWithin(unit.block, core) ? 1 : 0,
    coreUp,
    core && isWithin(unit.block, core) ? 0 : side,
    core ? ratio(stats.words[core.order] ?? 0, page.words) : 0,
    core ? ratio(stats.proseWords[core.order] ?? 0, page.proseWords) : 0,
  );
  for (const home of page.homes) {
    row.add(
      isWithin(unit.block, home) ? 1 : 0,
      ratio(stats.words[home.order] ?? 0, page.words),
      levelsUpTo(unit.block, home),
    );
  }
}

function isWithin(node: ElementNode, ancestor: ElementNode): boolean {
  for (let at: ElementNode | null = node; at; at = at.parent) if (at === ancestor) return true;
  return false;
}

/** Levels from `node` up to the first ancestor that also holds `other`. */
function levelsUpTo(node: ElementNode, other: ElementNode): number {
  const chain = new Set<ElementNode>();
  for (let at: ElementNode | null = other; at; at = at.parent) chain.add(at);
  let levels = 0;
  for (let at: ElementNode | null = node; at && levels < FAR; at = at.parent, levels++)
    if (chain.has(at)) return levels;
  return FAR;
}

function writePage(row: RowWriter, page: PageFacts): void {
  row.add(
    log(page.words),
    ratio(page.linkWords, page.words),
    ratio(page.proseWords, page.words),
    log(page.units),
    log(page.articles),
    ratio(page.mainWords, page.words),
  );
}
