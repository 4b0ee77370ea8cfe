/**
 * Gradient-boosted decision trees (Friedman, 2001) as flat arrays: node `i` asks
 * whether feature `feature[i]` is below `value[i]` and goes to `i + 1` if so, to
 * `right[i]` otherwise; a leaf has feature -1 and adds `value[i]`.
 */
export interface TreeModel {
  /** Names of the features the trees were grown on, in order: a guard against stale weights. */
  features: readonly string[];
  base: number;
  /** Index of each tree's root. */
  roots: readonly number[];
  feature: readonly number[];
  value: readonly number[];
  right: readonly number[];
}

/** Likelihood (0..1) of the row that starts at `offset`. */
export function likelihood(model: TreeModel, rows: Float32Array, offset: number): number {
  const { roots, feature, value, right } = model;
  let sum = model.base;
  for (const root of roots) {
    let at = root;
    for (let asked = feature[at] as number; asked >= 0; asked = feature[at] as number) {
      at = (rows[offset + asked] as number) < (value[at] as number) ? at + 1 : (right[at] as number);
    }
    sum += value[at] as number;
  }
  return 1 / (1 + Math.exp(-sum));
}

/** @throws Error when a model was made for other features than those the code computes now. */
export function assertFeatures(model: TreeModel, names: readonly string[]): void {
  if (model.features.join() !== names.join()) {
    throw new Error(
      "The reader's model is older than its features: run `node scripts/reader-model/train.ts`.",
    );
  }
}
