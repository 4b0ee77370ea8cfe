import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { hashText } from "#lib/core/document/identify-blocks.ts";

export interface CorpusPage {
  id: string;
  url: string;
  type: string;
  /** The reviewed main text. */
  content: string;
  /** Snippets that must be in the extraction. */
  with: string[];
  /** Snippets of boilerplate that must not. */
  without: string[];
}

export function corpusFolder(): string {
  const root = process.env.QUI_CORPORA ?? new URL("../../../shared/corpora", import.meta.url).pathname;
  return join(root, "pages");
}

/** @throws Error (ENOENT) where the corpus is absent. */
export function readCorpus(): CorpusPage[] {
  const lines = gunzipSync(readFileSync(join(corpusFolder(), "truth.jsonl.gz")))
    .toString("utf8")
    .trim()
    .split("\n");
  return lines.map((line) => JSON.parse(line) as CorpusPage);
}

export function readCorpusHtml(id: string): string {
  return gunzipSync(readFileSync(join(corpusFolder(), "html", `${id}.html.gz`))).toString("utf8");
}

/** The fixed half the models are trained on; they never see the other. */
export function inTrainingHalf(id: string): boolean {
  return Number.parseInt(hashText(`split${id}`).slice(-4), 36) % 2 === 0;
}
