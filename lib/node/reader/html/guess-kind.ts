import { KIND_MODELS } from "#lib/node/reader/html/generated/kind-models.ts";
import { PAGE_FEATURE_NAMES } from "#lib/node/reader/html/page-features.ts";
import { assertFeatures, likelihood, type TreeModel } from "#lib/node/reader/html/tree-model.ts";
import { KINDS } from "#lib/node/reader/html/unit-features.ts";

export type PageKind = (typeof KINDS)[number];

for (const kind of KINDS) assertFeatures(KIND_MODELS[kind] as TreeModel, PAGE_FEATURE_NAMES);

/** How likely the page is of each of `KINDS`; they sum to 1. */
export function guessKinds(pageRow: Float32Array): number[] {
  const raw = KINDS.map((kind) => likelihood(KIND_MODELS[kind] as TreeModel, pageRow, 0));
  const total = raw.reduce((sum, p) => sum + p, 0);
  return raw.map((p) => p / total);
}

export function likeliestKind(kinds: readonly number[], among: readonly PageKind[] = KINDS): PageKind {
  const likelihoodOf = (kind: PageKind): number => kinds[KINDS.indexOf(kind)] ?? 0;
  return among.reduce((best, kind) => (likelihoodOf(kind) > likelihoodOf(best) ? kind : best));
}
