import { type ElementStats, PLACES } from "#lib/node/reader/html/element-stats.ts";
import { NAME_GROUPS } from "#lib/node/reader/html/name-groups.ts";
import type { ElementNode } from "#lib/node/reader/html/node.ts";
import { describePage, type PageFacts, titleOverlap } from "#lib/node/reader/html/page-facts.ts";
import { ANNOUNCES, PHRASES } from "#lib/node/reader/html/phrases.ts";
import { countUnitWords, type TextUnit } from "#lib/node/reader/html/text-units.ts";

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
