import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

const corpora = process.env.QUI_CORPORA ?? join(import.meta.dirname, "../../../shared/corpora");
export const corporaDir = join(corpora, "pages");

/** The HTML of one page of the corpus. */
export function corpusHtml(id: string): Buffer {
  return gunzipSync(readFileSync(join(corporaDir, "html", `${id}.html.gz`)));
}
