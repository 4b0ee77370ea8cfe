/**
 * Trains the reader's two models on half of `corpora/pages` and writes them to
 * `lib/node/reader/html/generated/`. Run: `node scripts/reader-model/train.ts`.
 * The other half is never seen: `tests/bench/extraction.bench.ts` reports it apart.
 */
import { writeFileSync } from "node:fs";
import { PAGE_FEATURE_NAMES } from "#lib/node/reader/html/page-features.ts";
import { type PageStudy, studyPage, studyUnits } from "#lib/node/reader/html/study-page.ts";
import { likelihood, type TreeModel } from "#lib/node/reader/html/tree-model.ts";
import { FEATURE_NAMES, KINDS } from "#lib/node/reader/html/unit-features.ts";
import { type GrowOptions, growTrees } from "./grow-trees.ts";
import { labelUnits } from "./label-units.ts";
import { type CorpusPage, inTrainingHalf, readCorpus, readCorpusHtml } from "./read-corpus.ts";

const KIND_OPTIONS: GrowOptions = {
  trees: 60,
  depth: 3,
  rate: 0.1,
  damping: 2,
  leafMin: 2,
  columnShare: 0.3,
  rowShare: 0.7,
  seed: 1,
};
const CONTENT_OPTIONS: GrowOptions = {
  trees: 200,
  depth: 3,
  rate: 0.08,
  damping: 5,
  leafMin: 30,
  columnShare: 0.3,
  rowShare: 0.7,
  seed: 7,
};
/** Kinds a page was not trained on are what its units are trained with, as a reader will meet them. */
const FOLDS = 5;

interface Example {
  page: CorpusPage;
  study: PageStudy;
  fold: number;
}

const examples = readCorpus()
  .filter((page) => inTrainingHalf(page.id))
  .map(
    (page, i): Example => ({ page, study: studyPage(readCorpusHtml(page.id), page.url), fold: i % FOLDS }),
  );

const kindModels = trainKinds(examples);
const guesses = crossGuessKinds();
const contentModel = trainContent();
writeModel("kind-models", "KIND_MODELS", "Readonly<Record<string, TreeModel>>", kindModels);
writeModel("content-model", "CONTENT_MODEL", "TreeModel", contentModel);
console.log(`${examples.length} pages, ${contentModel.feature.length} nodes for content`);

function trainKinds(on: readonly Example[]): Record<string, TreeModel> {
  const width = PAGE_FEATURE_NAMES.length;
  const rows = new Float32Array(on.length * width);
  on.forEach(({ study }, i) => {
    rows.set(study.pageRow, i * width);
  });
  const weights = new Float32Array(on.length).fill(1);
  const models = KINDS.map((kind) => {
    const labels = Float32Array.from(on, ({ page }) => (page.type === kind ? 1 : 0));
    return [kind, growTrees({ names: PAGE_FEATURE_NAMES, rows, labels, weights }, KIND_OPTIONS)] as const;
  });
  return Object.fromEntries(models);
}

function crossGuessKinds(): Map<string, number[]> {
  const guesses = new Map<string, number[]>();
  for (let fold = 0; fold < FOLDS; fold++) {
    const models = trainKinds(examples.filter((example) => example.fold !== fold));
    for (const { page, study } of examples.filter((example) => example.fold === fold)) {
      const raw = KINDS.map((kind) => likelihood(models[kind] as TreeModel, study.pageRow, 0));
      const total = raw.reduce((sum, p) => sum + p, 0);
      guesses.set(
        page.id,
        raw.map((p) => p / total),
      );
    }
  }
  return guesses;
}

function trainContent(): TreeModel {
  const width = FEATURE_NAMES.length;
  const count = examples.reduce((sum, { study }) => sum + study.units.length, 0);
  const rows = new Float32Array(count * width);
  const labels = new Float32Array(count);
  const weights = new Float32Array(count);
  let at = 0;
  for (const { page, study } of examples) {
    rows.set(studyUnits(study, guesses.get(page.id) ?? []), at * width);
    const marks = labelUnits(
      study.units.map((unit) => unit.text),
      page.content,
    );
    // Every page counts alike, as it does in a mean over pages, and within it every word.
    const wanted = page.content.split(/\s+/).length;
    const words = study.units.reduce((sum, unit) => sum + unit.words, 0);
    const scale = Math.max(wanted, words * 0.3, 50);
    study.units.forEach((unit, i) => {
      labels[at + i] = marks[i] ?? 0;
      weights[at + i] = (unit.words + 1.5) / scale;
    });
    at += study.units.length;
  }
  return growTrees({ names: FEATURE_NAMES, rows, labels, weights }, CONTENT_OPTIONS);
}

function writeModel(file: string, name: string, type: string, model: unknown): void {
  const path = new URL(`../../lib/node/reader/html/generated/${file}.ts`, import.meta.url);
  const head = `// Written by scripts/reader-model/train.ts from corpora/pages (WCXB 1.0, CC-BY-4.0, Murrough Foley). Not edited by hand.\n`;
  const types = `import type { TreeModel } from "#lib/node/reader/html/tree-model.ts";\n\n`;
  writeFileSync(path, `${head}${types}export const ${name}: ${type} = ${JSON.stringify(model)};\n`);
}
