import { createHash } from "node:crypto";
import { mkdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { checkFilterList, countRules } from "#lib/core/trackers/check-filter-list.ts";
import { isListDue } from "#lib/core/trackers/is-list-due.ts";
import { categoryOfList } from "#lib/core/trackers/tracker-category.ts";
import { egressFetch } from "#lib/node/egress/egress-fetch.ts";
import { readBody } from "#lib/node/egress/read-body.ts";
import { getLog } from "#lib/node/log/log.ts";
import { compileInWorker } from "#lib/node/trackers/compile-in-worker.ts";
import type { CompiledList, CompiledLists } from "#lib/node/trackers/compiled-list.ts";

export interface NodeLists {
  network: CompiledLists;
  /** Engines of what is hidden. */
  cosmetic: Uint8Array[];
}

const LIMITS = {
  totalTimeoutMs: 60_000,
  bodyBytesMax: 12 * 1024 * 1024,
  decodedBytesMax: 32 * 1024 * 1024,
};

/**
 * The lists of `urls`, from `folder` or, when they are due, from their sites: a node has
 * no database, so it keeps its own. A list that cannot be had or is none is left out,
 * with the edition before in its place where there is one. Never rejects.
 */
export async function fetchNodeLists(urls: readonly string[], folder: string): Promise<NodeLists> {
  const lists: CompiledList[] = [];
  const cosmetic: Uint8Array[] = [];
  const versions: string[] = [];
  for (const url of urls) {
    try {
      const text = await getList(url, folder);
      const check = text === null ? null : checkFilterList(text, null);
      if (text === null || !check?.ok) continue;
      // One after the other: each takes a thread and its memory.
      const engine = await compileInWorker(text);
      lists.push({ url, category: categoryOfList(check.facts.title), engine });
      cosmetic.push(await compileInWorker(text, "cosmetic"));
      versions.push(sha256(text));
    } catch (error) {
      getLog().warn({ err: error, module: "trackers" }, "a filter list could not be used for live pages");
    }
  }
  return { network: { version: versions.join(" ") || "none", lists }, cosmetic };
}

async function getList(url: string, folder: string): Promise<string | null> {
  const path = join(folder, `${sha256(url)}.txt`);
  const kept = await readFile(path, "utf8").catch(() => null);
  const fetchedAt = kept === null ? null : (await stat(path)).mtime;
  const facts = kept === null ? null : checkFilterList(kept, null);
  if (!isListDue(fetchedAt, facts?.ok ? facts.facts.expiresMs : null, new Date())) return kept;

  const response = await egressFetch({ url, headers: { accept: "text/plain,*/*;q=0.5" }, limits: LIMITS });
  if (!response.ok || response.status !== 200) {
    if (response.ok) await response.body.cancel();
    getLog().warn({ module: "trackers" }, "a filter list could not be fetched for live pages");
    return kept;
  }
  const bytes = await readBody(response, { bytesMax: LIMITS.decodedBytesMax });
  const text = new TextDecoder().decode(bytes);
  if (!checkFilterList(text, kept === null ? null : countRules(kept)).ok) return kept;
  await mkdir(folder, { recursive: true });
  await writeFile(`${path}.new`, text);
  await rename(`${path}.new`, path);
  return text;
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
