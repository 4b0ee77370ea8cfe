import type { TreeModel } from "#lib/node/reader/html/tree-model.ts";

export interface TrainingSet {
  names: readonly string[];
  /** Row-major, `names.length` wide. */
  rows: Float32Array;
  /** 0..1; a share is as good as a yes or no. */
  labels: Float32Array;
  weights: Float32Array;
}

export interface GrowOptions {
  trees: number;
  depth: number;
  rate: number;
  /** Added to the sum of second derivatives of a leaf (XGBoost's lambda). */
  damping: number;
  /** Least sum of second derivatives in a leaf. */
  leafMin: number;
  columnShare: number;
  rowShare: number;
  seed: number;
}

const BINS = 64;

interface Binned {
  bins: Uint8Array[];
  edges: Float32Array[];
}

interface GrowingTree {
  feature: number[];
  value: number[];
  right: number[];
  bin: number[];
}

/** Grows boosted trees on logistic loss with Newton steps over histograms (as XGBoost does, Chen & Guestrin 2016). */
export function growTrees(set: TrainingSet, options: GrowOptions): TreeModel {
  const count = set.labels.length;
  const { bins, edges } = binColumns(set);
  const random = createRandom(options.seed);
  const total = sum(set.weights);
  const positive = set.labels.reduce((all, label, i) => all + label * (set.weights[i] ?? 0), 0);
  const base = Math.log(positive / (total - positive));
  const scores = new Float32Array(count).fill(base);
  const gradient = new Float32Array(count);
  const curvature = new Float32Array(count);
  const model = {
    base: round(base),
    roots: [] as number[],
    feature: [] as number[],
    value: [] as number[],
    right: [] as number[],
  };
  for (let t = 0; t < options.trees; t++) {
    for (let i = 0; i < count; i++) {
      const p = 1 / (1 + Math.exp(-(scores[i] as number)));
      const weight = ((set.weights[i] as number) * count) / total;
      gradient[i] = (p - (set.labels[i] as number)) * weight;
      curvature[i] = Math.max(p * (1 - p), 1e-4) * weight;
    }
    const columns = bins
      .map((_, f) => f)
      .filter((f) => (edges[f]?.length ?? 0) > 0 && random() < options.columnShare);
    const rows = Int32Array.from({ length: count }, (_, i) => i).filter(() => random() < options.rowShare);
    const tree: GrowingTree = { feature: [], value: [], right: [], bin: [] };
    growNode({ tree, rows, depth: 0, columns, bins, edges, gradient, curvature, options });
    for (let i = 0; i < count; i++) scores[i] = (scores[i] as number) + leafOf(tree, bins, i);
    const root = model.feature.length;
    model.roots.push(root);
    model.feature.push(...tree.feature);
    model.value.push(...tree.value.map(round));
    model.right.push(...tree.right.map((at) => (at < 0 ? -1 : at + root)));
  }
  return { features: set.names, ...model };
}

interface Growth {
  tree: GrowingTree;
  rows: Int32Array;
  depth: number;
  columns: readonly number[];
  bins: readonly Uint8Array[];
  edges: readonly Float32Array[];
  gradient: Float32Array;
  curvature: Float32Array;
  options: GrowOptions;
}

function growNode(growth: Growth): number {
  const { tree, rows, depth, gradient, curvature, options } = growth;
  const id = tree.feature.length;
  tree.feature.push(-1);
  tree.value.push(0);
  tree.right.push(-1);
  tree.bin.push(0);
  let slope = 0;
  let curve = 0;
  for (const i of rows) {
    slope += gradient[i] as number;
    curve += curvature[i] as number;
  }
  const split =
    depth < options.depth && curve >= 2 * options.leafMin ? bestSplit(growth, slope, curve) : null;
  if (!split) {
    tree.value[id] = (-slope / (curve + options.damping)) * options.rate;
    return id;
  }
  const column = growth.bins[split.feature] as Uint8Array;
  tree.feature[id] = split.feature;
  tree.bin[id] = split.bin;
  tree.value[id] = growth.edges[split.feature]?.[split.bin] as number;
  growNode({ ...growth, rows: rows.filter((i) => (column[i] as number) <= split.bin), depth: depth + 1 });
  tree.right[id] = growNode({
    ...growth,
    rows: rows.filter((i) => (column[i] as number) > split.bin),
    depth: depth + 1,
  });
  return id;
}

function bestSplit(growth: Growth, slope: number, curve: number): { feature: number; bin: number } | null {
  const { rows, columns, bins, edges, gradient, curvature, options } = growth;
  const { damping, leafMin } = options;
  const parent = (slope * slope) / (curve + damping);
  let best: { feature: number; bin: number } | null = null;
  let bestGain = 1e-3;
  const slopes = new Float64Array(BINS + 1);
  const curves = new Float64Array(BINS + 1);
  for (const feature of columns) {
    const last = edges[feature]?.length ?? 0;
    slopes.fill(0, 0, last + 1);
    curves.fill(0, 0, last + 1);
    const column = bins[feature] as Uint8Array;
    for (const i of rows) {
      const bin = column[i] as number;
      slopes[bin] = (slopes[bin] as number) + (gradient[i] as number);
      curves[bin] = (curves[bin] as number) + (curvature[i] as number);
    }
    let slopeLeft = 0;
    let curveLeft = 0;
    for (let bin = 0; bin < last; bin++) {
      slopeLeft += slopes[bin] as number;
      curveLeft += curves[bin] as number;
      const curveRight = curve - curveLeft;
      if (curveLeft < leafMin) continue;
      if (curveRight < leafMin) break;
      const slopeRight = slope - slopeLeft;
      const gain =
        (slopeLeft * slopeLeft) / (curveLeft + damping) +
        (slopeRight * slopeRight) / (curveRight + damping) -
        parent;
      if (gain > bestGain) {
        bestGain = gain;
        best = { feature, bin };
      }
    }
  }
  return best;
}

function leafOf(tree: GrowingTree, bins: readonly Uint8Array[], row: number): number {
  let at = 0;
  for (let feature = tree.feature[at] as number; feature >= 0; feature = tree.feature[at] as number) {
    at = (bins[feature]?.[row] as number) <= (tree.bin[at] as number) ? at + 1 : (tree.right[at] as number);
  }
  return tree.value[at] as number;
}

/** Cuts each column at its quantiles; a value below edge `b` falls in a bin up to `b`. */
function binColumns({ names, rows }: TrainingSet): Binned {
  const width = names.length;
  const count = rows.length / width;
  const bins: Uint8Array[] = [];
  const edges: Float32Array[] = [];
  for (let f = 0; f < width; f++) {
    const sorted = Float32Array.from({ length: count }, (_, i) => rows[i * width + f] as number).sort();
    const cuts: number[] = [];
    for (let b = 1; b < BINS; b++) {
      const at = Math.floor((b * count) / BINS);
      const cut = round(sorted[at] as number);
      if (cut > (sorted[0] as number) && cut > (cuts.at(-1) ?? Number.NEGATIVE_INFINITY)) cuts.push(cut);
    }
    const column = new Uint8Array(count);
    for (let i = 0; i < count; i++) {
      const value = rows[i * width + f] as number;
      let bin = 0;
      while (bin < cuts.length && value >= (cuts[bin] as number)) bin++;
      column[i] = bin;
    }
    bins.push(column);
    edges.push(Float32Array.from(cuts));
  }
  return { bins, edges };
}

/** Five significant digits: what is written is what is used, while growing too. */
function round(value: number): number {
  return Number(value.toPrecision(5));
}

function sum(values: Float32Array): number {
  return values.reduce((all, value) => all + value, 0);
}

/** mulberry32: the same trees on every machine. */
function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
