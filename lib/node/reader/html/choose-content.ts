import { type ElementStats, PLACES } from "#lib/node/reader/html/element-stats.ts";
import { CONTENT_MODEL } from "#lib/node/reader/html/generated/content-model.ts";
import { guessKinds, likeliestKind, type PageKind } from "#lib/node/reader/html/guess-kind.ts";
import { NAME_GROUPS } from "#lib/node/reader/html/name-groups.ts";
import type { ElementNode, TreeNode } from "#lib/node/reader/html/node.ts";
import { selectUnits } from "#lib/node/reader/html/select-units.ts";
import { type PageStudy, studyUnits } from "#lib/node/reader/html/study-page.ts";
import { temperLikelihoods } from "#lib/node/reader/html/temper-likelihoods.ts";
import { assertFeatures, likelihood } from "#lib/node/reader/html/tree-model.ts";
import { FEATURE_NAMES } from "#lib/node/reader/html/unit-features.ts";

assertFeatures(CONTENT_MODEL, FEATURE_NAMES);

export interface ChosenContent {
  kind: PageKind;
  /** How likely each of `KINDS` is. */
  kinds: readonly number[];
  /** Text nodes and whole elements that are not part of the page's own text. */
  skip: Set<TreeNode>;
  /** How many kept units stand in each element, by its `order`. */
  keptUnits: Uint32Array;
  /** Whether each unit is kept, by its index. */
  kept: readonly boolean[];
}

/** The part of the page worth reading: each unit is judged by the model, then all of them together. */
export function chooseContent(study: PageStudy): ChosenContent {
  const kinds = guessKinds(study.pageRow);
  const kind = likeliestKind(kinds);
  const rows = studyUnits(study, kinds);
  const likelihoods = study.units.map((unit) =>
    likelihood(CONTENT_MODEL, rows, unit.index * FEATURE_NAMES.length),
  );
  temperLikelihoods(study.units, study.stats, kind, likelihoods);
  const kept = selectUnits(study.units, likelihoods);
  const keptUnits = countKept(study, kept);
  return { kind, kinds, kept, keptUnits, skip: skippedNodes(study, kept, keptUnits) };
}

function countKept({ units, stats }: PageStudy, kept: readonly boolean[]): Uint32Array {
  const keptUnits = new Uint32Array(stats.units.length);
  for (const unit of units) {
    if (!kept[unit.index]) continue;
    for (let node: ElementNode | null = unit.block; node; node = node.parent) {
      keptUnits[node.order] = (keptUnits[node.order] ?? 0) + 1;
    }
  }
  return keptUnits;
}

function skippedNodes(
  { page, units, stats }: PageStudy,
  kept: readonly boolean[],
  keptUnits: Uint32Array,
): Set<TreeNode> {
  const skip = new Set<TreeNode>();
  /** Elements inside of units: links and emphasis, the rows of a table. */
  const within = new Set<ElementNode>();
  const judged = new Set<TreeNode>();
  for (const unit of units) {
    for (const text of unit.nodes) {
      judged.add(text);
      for (let node = text.parent; node && node !== unit.block; node = node.parent) within.add(node);
    }
    if (!kept[unit.index]) for (const node of unit.nodes) skip.add(node);
  }
  const visit = (node: ElementNode): void => {
    const beside = keptBeside(node, keptUnits, stats.units);
    node.children.forEach((child, i) => {
      if (child.isText) {
        if (!judged.has(child) && /\S/.test(child.text)) skip.add(child);
        return;
      }
      const texts = stats.units[child.order] ?? 0;
      if (texts > 0) {
        if ((keptUnits[child.order] ?? 0) === 0) skip.add(child);
        else visit(child);
      } else if (!within.has(child) && (beside[i] === 0 || isFurniture(child, stats))) skip.add(child);
    });
  };
  visit(page.body);
  return skip;
}

const FURNITURE_PLACES = maskOf(PLACES, ["nav", "header", "footer", "aside", "dialog"]);
const FURNITURE_NAMES = maskOf(NAME_GROUPS, [
  "nav",
  "header",
  "footer",
  "share",
  "related",
  "promo",
  "overlay",
  "signup",
]);

/** A logo, a banner, a row of share buttons: no text, and no part of it either. */
function isFurniture(node: ElementNode, stats: ElementStats): boolean {
  const places = stats.places[node.order] ?? 0;
  return (places & FURNITURE_PLACES) !== 0 || ((stats.groups[node.order] ?? 0) & FURNITURE_NAMES) !== 0;
}

function maskOf<Name extends string>(names: readonly Name[], some: readonly Name[]): number {
  return some.reduce((mask, name) => mask | (1 << names.indexOf(name)), 0);
}

/**
 * What holds no text (a picture, a player) belongs to the text beside it: 1 for
 * each child whose nearest sibling with text, on either side, is kept at least in
 * part, or whose parent holds no text at all.
 */
function keptBeside(parent: ElementNode, keptUnits: Uint32Array, allUnits: Uint32Array): Uint8Array {
  const { children } = parent;
  const beside = new Uint8Array(children.length);
  if ((allUnits[parent.order] ?? 0) === 0) return beside.fill(1);
  let kept = 0;
  const look = (i: number): void => {
    const child = children[i] as TreeNode;
    if (!child.isText && (allUnits[child.order] ?? 0) > 0) kept = (keptUnits[child.order] ?? 0) > 0 ? 1 : 0;
    else if (kept === 1) beside[i] = 1;
  };
  for (let i = 0; i < children.length; i++) look(i);
  kept = 0;
  for (let i = children.length - 1; i >= 0; i--) look(i);
  return beside;
}
