import { type ElementStats, signature } from "#lib/node/reader/html/element-stats.ts";
import type { MediaRegistry } from "#lib/node/reader/html/media-registry.ts";
import { collapse, descendants, type ElementNode, plainText } from "#lib/node/reader/html/node.ts";
import type { PageUrls } from "#lib/node/reader/html/page-url.ts";
import type { TextUnit } from "#lib/node/reader/html/text-units.ts";
import type { CardBlock } from "#lib/protocol/document.ts";

const RECORDS_MIN = 3;
/** A record with more text than this is better read in full. */
const CARD_WORDS_MAX = 120;
const CARD_HEADINGS_MAX = 2;
const LOOKED_AT_MAX = 400;
const TITLE_UNITS_MAX = 300;
const TEXT_UNITS_MAX = 1_200;

interface Record {
  headings: ElementNode[];
  links: ElementNode[];
  image: ElementNode | null;
}

export interface CardSources {
  stats: ElementStats;
  units: readonly TextUnit[];
  kept: readonly boolean[];
  keptUnits: Uint32Array;
  urls: PageUrls;
  media: MediaRegistry;
}

/**
 * The items of a listing or shop: sets of three or more look-alike siblings that
 * each hold a link, a title and little else. Rows of a grid hold several titles,
 * so the search goes on inside of them.
 */
export function findCards(body: ElementNode, sources: CardSources): Map<ElementNode, () => CardBlock | null> {
  const cards = new Map<ElementNode, () => CardBlock | null>();
  const unitsOf = unitsByElement(sources);
  const visit = (node: ElementNode): void => {
    const taken = new Set<ElementNode>();
    for (const set of lookAlikes(node, sources)) {
      const records = set.map((record) => [record, describeRecord(record)] as const);
      const good = records.filter(([at, record]) => isCard(record, unitsOf.get(at) ?? []));
      if (good.length < RECORDS_MIN || good.length < records.length * 0.6) continue;
      for (const [at, record] of good) {
        taken.add(at);
        cards.set(at, () => buildCard(record, unitsOf.get(at) ?? [], sources));
      }
    }
    for (const child of node.children) {
      if (!child.isText && !taken.has(child) && (sources.keptUnits[child.order] ?? 0) >= RECORDS_MIN)
        visit(child);
    }
  };
  visit(body);
  return cards;
}

/** Kept units below each element that has look-alikes. */
function unitsByElement({ units, kept, stats }: CardSources): Map<ElementNode, TextUnit[]> {
  const below = new Map<ElementNode, TextUnit[]>();
  for (const unit of units) {
    if (!kept[unit.index]) continue;
    for (let node: ElementNode | null = unit.block; node; node = node.parent) {
      if ((stats.alike[node.order] ?? 0) < RECORDS_MIN) continue;
      const list = below.get(node);
      if (list) list.push(unit);
      else below.set(node, [unit]);
    }
  }
  return below;
}

function lookAlikes(parent: ElementNode, { stats, keptUnits }: CardSources): ElementNode[][] {
  const sets = new Map<string, ElementNode[]>();
  for (const child of parent.children) {
    if (child.isText || (stats.alike[child.order] ?? 0) < RECORDS_MIN || (keptUnits[child.order] ?? 0) === 0)
      continue;
    if (child.tag === "tr" || child.tag === "td" || child.tag === "p" || /^h[1-6]$/.test(child.tag)) continue;
    const key = signature(child);
    const set = sets.get(key);
    if (set) set.push(child);
    else sets.set(key, [child]);
  }
  return [...sets.values()].filter((set) => set.length >= RECORDS_MIN);
}

function describeRecord(node: ElementNode): Record {
  const record: Record = { headings: [], links: [], image: null };
  let looked = 0;
  const note = (at: ElementNode): void => {
    if (/^h[1-6]$/.test(at.tag)) record.headings.push(at);
    else if (at.tag === "a" && at.has("href")) record.links.push(at);
    else if (at.tag === "img") record.image ??= at;
  };
  note(node);
  for (const at of descendants(node)) {
    if (++looked > LOOKED_AT_MAX) break;
    note(at);
  }
  return record;
}

function isCard(record: Record, units: readonly TextUnit[]): boolean {
  if (record.links.length === 0 || record.headings.length > CARD_HEADINGS_MAX || units.length === 0)
    return false;
  const words = units.reduce((sum, unit) => sum + unit.words, 0);
  const bare = record.headings.length === 0 && record.image === null;
  // A plain list of links stays a list.
  return words <= CARD_WORDS_MAX && !(bare && units.length < 2);
}

function buildCard(
  record: Record,
  units: readonly TextUnit[],
  { urls, media }: CardSources,
): CardBlock | null {
  const heading = units.find((unit) => /^h[1-6]$/.test(unit.block.tag));
  const linked = units.find((unit) => unit.linkWords >= 2 && unit.linkWords >= unit.words * 0.8);
  const titleUnit = heading ?? linked ?? units[0];
  if (!titleUnit) return null;
  const link =
    record.links.find((at) => isWithin(titleUnit.block, at) || isWithin(at, titleUnit.block)) ??
    record.links.find((at) => plainText(at, 200) !== "") ??
    record.links[0];
  const href = link ? urls.href(link.attribute("href")) : null;
  if (!href?.startsWith("http")) return null;
  const text = units
    .filter((unit) => unit !== titleUnit && unit.text !== titleUnit.text)
    .map((unit) => unit.text)
    .join(" · ");
  const picture = record.image ? media.addImage(record.image) : null;
  return {
    id: "",
    type: "card",
    href,
    title: collapse(titleUnit.text).slice(0, TITLE_UNITS_MAX),
    text: text.slice(0, TEXT_UNITS_MAX),
    ...(picture ? { media: picture.id } : {}),
  };
}

function isWithin(node: ElementNode, ancestor: ElementNode): boolean {
  for (let at: ElementNode | null = node; at; at = at.parent) if (at === ancestor) return true;
  return false;
}
