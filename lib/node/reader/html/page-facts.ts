import { type ElementStats, isProse, PLACES, signature } from "#lib/node/reader/html/element-stats.ts";
import { NAME_GROUPS } from "#lib/node/reader/html/name-groups.ts";
import type { ElementNode } from "#lib/node/reader/html/node.ts";
import { ANNOUNCES } from "#lib/node/reader/html/phrases.ts";
import { findProseCore, findProseHome } from "#lib/node/reader/html/prose-core.ts";
import type { TextUnit } from "#lib/node/reader/html/text-units.ts";

const HEADING_WORDS_MAX = 14;
/** As much of a heading as is asked what it announces. */
const ANNOUNCED_UNITS = 400;
const RELATED_BIT = 1 << ANNOUNCES.findIndex(([name]) => name === "headRelated");
const COMMENTS_BIT = 1 << ANNOUNCES.findIndex(([name]) => name === "headComments");
/** Words of running text after which such a heading ends the page's own text. */
const PROSE_BEFORE_MIN = 100;

/** What units in one place of the page's template have in common. */
export interface PathStats {
  count: number;
  words: number;
  linkWords: number;
  proseWords: number;
}

/** What the units of a page are compared with. */
export interface PageFacts {
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

export function describePage(
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
        if (pattern.test(unit.text.slice(0, ANNOUNCED_UNITS)))
          announced[i] = (announced[i] ?? 0) | (1 << bit);
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

export function titleOverlap(unit: TextUnit, titleWords: ReadonlySet<string>): number {
  if (titleWords.size === 0 || unit.words > 40) return 0;
  const words = unit.text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  let shared = 0;
  for (const word of new Set(words)) if (titleWords.has(word)) shared++;
  return (2 * shared) / (new Set(words).size + titleWords.size);
}
