import { nameGroups } from "#lib/node/reader/html/name-groups.ts";
import { descendants, type ElementNode } from "#lib/node/reader/html/node.ts";
import type { TextUnit } from "#lib/node/reader/html/text-units.ts";

/** Landmarks and structures an ancestor can be, one bit each. */
export const PLACES = [
  "main",
  "article",
  "section",
  "nav",
  "header",
  "footer",
  "aside",
  "form",
  "list",
  "item",
  "table",
  "definition",
  "figure",
  "quote",
  "details",
  "dialog",
  "button",
  "panel",
  "property",
  "hiddenToOthers",
] as const;
export type Place = (typeof PLACES)[number];

const PLACE_BIT = Object.fromEntries(PLACES.map((place, i) => [place, 1 << i])) as Record<Place, number>;

const TAG_PLACE: ReadonlyMap<string, Place> = new Map<string, Place>([
  ["main", "main"],
  ["article", "article"],
  ["section", "section"],
  ["nav", "nav"],
  ["header", "header"],
  ["footer", "footer"],
  ["aside", "aside"],
  ["form", "form"],
  ["ul", "list"],
  ["ol", "list"],
  ["menu", "list"],
  ["li", "item"],
  ["table", "table"],
  ["dl", "definition"],
  ["figure", "figure"],
  ["blockquote", "quote"],
  ["details", "details"],
  ["dialog", "dialog"],
  ["button", "button"],
]);

const ROLE_PLACE: ReadonlyMap<string, Place> = new Map<string, Place>([
  ["main", "main"],
  ["article", "article"],
  ["navigation", "nav"],
  ["menu", "nav"],
  ["menubar", "nav"],
  ["banner", "header"],
  ["contentinfo", "footer"],
  ["complementary", "aside"],
  ["search", "form"],
  ["dialog", "dialog"],
  ["alertdialog", "dialog"],
  ["button", "button"],
  ["tabpanel", "panel"],
]);

/** schema.org properties whose value is running text of the page. */
const TEXT_PROPERTY =
  /^(articlebody|text|description|reviewbody|recipeinstructions|recipeingredient|acceptedanswer|suggestedanswer|comment|mainentity|commenttext)$/i;

/** What is known of every element below the body, indexed by `ElementNode.order`. */
export interface ElementStats {
  places: Uint32Array;
  groups: Uint32Array;
  depths: Uint16Array;
  units: Uint32Array;
  words: Uint32Array;
  linkWords: Uint32Array;
  /** Words in running text: long units with few links. */
  proseWords: Uint32Array;
  /** How many siblings, itself included, look alike (same tag and class words) and hold text. */
  alike: Uint32Array;
}

/** A unit this long and this free of links is running text. */
export function isProse(unit: TextUnit): boolean {
  return unit.words >= 15 && unit.linkWords < unit.words * 0.35 && /[.!?。！？…:;]/.test(unit.text);
}

export function measureElements(root: ElementNode, count: number, units: readonly TextUnit[]): ElementStats {
  const stats: ElementStats = {
    places: new Uint32Array(count),
    groups: new Uint32Array(count),
    depths: new Uint16Array(count),
    units: new Uint32Array(count),
    words: new Uint32Array(count),
    linkWords: new Uint32Array(count),
    proseWords: new Uint32Array(count),
    alike: new Uint32Array(count),
  };
  for (const unit of units) {
    const at = unit.block.order;
    stats.units[at] = (stats.units[at] ?? 0) + 1;
    stats.words[at] = (stats.words[at] ?? 0) + unit.words;
    stats.linkWords[at] = (stats.linkWords[at] ?? 0) + unit.linkWords;
    if (isProse(unit)) stats.proseWords[at] = (stats.proseWords[at] ?? 0) + unit.words;
  }
  const elements = [root, ...descendants(root)];
  const groupsOf = new Map<string, number>();
  for (const node of elements) {
    const at = node.order;
    stats.places[at] = placesOf(node);
    stats.groups[at] = node.attributes ? cachedGroups(node, groupsOf) : 0;
    stats.depths[at] = node.parent ? (stats.depths[node.parent.order] ?? 0) + 1 : 0;
  }
  // Children stand after their parents, so one pass backwards sums every subtree.
  for (let i = elements.length - 1; i > 0; i--) {
    const node = elements[i] as ElementNode;
    const up = (node.parent as ElementNode).order;
    const at = node.order;
    for (const column of [stats.units, stats.words, stats.linkWords, stats.proseWords]) {
      column[up] = (column[up] ?? 0) + (column[at] ?? 0);
    }
  }
  for (const node of elements) countAlike(node, stats);
  return stats;
}

function placesOf(node: ElementNode): number {
  let bits = 0;
  const place = TAG_PLACE.get(node.tag);
  if (place) bits |= PLACE_BIT[place];
  if (!node.attributes) return bits;
  const role = ROLE_PLACE.get(node.attribute("role").toLowerCase());
  if (role) bits |= PLACE_BIT[role];
  if (TEXT_PROPERTY.test(node.attribute("itemprop"))) bits |= PLACE_BIT.property;
  if (node.attribute("aria-hidden") === "true") bits |= PLACE_BIT.hiddenToOthers;
  return bits;
}

function cachedGroups(node: ElementNode, cache: Map<string, number>): number {
  const names = `${node.attribute("class")} ${node.attribute("id")}`;
  const known = cache.get(names);
  if (known !== undefined) return known;
  const mask = nameGroups(names);
  cache.set(names, mask);
  return mask;
}

/** Tag and class words without digits: what the records of a list have in common. */
export function signature(node: ElementNode): string {
  return `${node.tag}.${node.attribute("class").replace(/[\d_-]+/g, "")}`;
}

function countAlike(parent: ElementNode, stats: ElementStats): void {
  if (parent.children.length < 2) return;
  const counts = new Map<string, number>();
  const members: [ElementNode, string][] = [];
  for (const child of parent.children) {
    if (child.isText || (stats.words[child.order] ?? 0) === 0) continue;
    const key = signature(child);
    counts.set(key, (counts.get(key) ?? 0) + 1);
    members.push([child, key]);
  }
  for (const [child, key] of members) stats.alike[child.order] = counts.get(key) ?? 1;
}
