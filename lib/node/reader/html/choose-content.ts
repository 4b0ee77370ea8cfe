import { CONTENT_MODEL } from "#lib/node/reader/html/generated/content-model.ts";
import { guessKinds, likeliestKind, type PageKind } from "#lib/node/reader/html/guess-kind.ts";
import type { ElementNode, TreeNode } from "#lib/node/reader/html/node.ts";
import { selectUnits } from "#lib/node/reader/html/select-units.ts";
import { type PageStudy, studyUnits } from "#lib/node/reader/html/study-page.ts";
import { temperLikelihoods } from "#lib/node/reader/html/temper-likelihoods.ts";
import { assertFeatures, likelihood } from "#lib/node/reader/html/tree-model.ts";
import { FEATURE_NAMES } from "#lib/node/reader/html/unit-features.ts";

assertFeatures(CONTENT_MODEL, FEATURE_NAMES);

export interface ChosenContent {
  kind: PageKind;
  /** Text nodes and whole elements that are not part of the page's own text. */
  skip: Set<TreeNode>;
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
  return { kind, skip: skippedNodes(study, kept) };
}

function skippedNodes({ page, units, stats }: PageStudy, kept: readonly boolean[]): Set<TreeNode> {
  const skip = new Set<TreeNode>();
  const keptUnits = new Uint32Array(stats.units.length);
  /** Elements inside of units: links and emphasis, the rows of a table. */
  const within = new Set<ElementNode>();
  for (const unit of units) {
    for (const text of unit.nodes) {
      for (let node = text.parent; node && node !== unit.block; node = node.parent) within.add(node);
    }
    if (kept[unit.index]) {
      for (let node: ElementNode | null = unit.block; node; node = node.parent) {
        keptUnits[node.order] = (keptUnits[node.order] ?? 0) + 1;
      }
    } else for (const node of unit.nodes) skip.add(node);
  }
  const visit = (node: ElementNode): void => {
    const children = node.children;
    children.forEach((child, i) => {
      if (child.isText) return;
      const texts = stats.units[child.order] ?? 0;
      if (texts > 0) {
        if ((keptUnits[child.order] ?? 0) === 0) skip.add(child);
        else visit(child);
      } else if (!within.has(child) && !standsByKept(children, i, keptUnits, stats.units)) skip.add(child);
    });
  };
  visit(page.body);
  return skip;
}

/** What holds no text (a picture, a player) belongs to the text beside it. */
function standsByKept(
  siblings: readonly TreeNode[],
  at: number,
  keptUnits: Uint32Array,
  allUnits: Uint32Array,
): boolean {
  for (const step of [-1, 1]) {
    for (let i = at + step; i >= 0 && i < siblings.length; i += step) {
      const sibling = siblings[i] as TreeNode;
      if (sibling.isText || (allUnits[sibling.order] ?? 0) === 0) continue;
      if ((keptUnits[sibling.order] ?? 0) > 0) return true;
      break;
    }
  }
  const parent = siblings[at]?.parent;
  return parent !== undefined && parent !== null && (allUnits[parent.order] ?? 0) === 0;
}
