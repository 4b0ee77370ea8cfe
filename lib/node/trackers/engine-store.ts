import { randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  COMPILED_FORMAT,
  isCompiledFilterList,
  shareEngine,
} from "#lib/node/trackers/compile-filter-list.ts";

/**
 * Compiled lists on disk, by the hash of their text, so that a restart need not
 * compile. Only a saving: a folder that cannot be read or written changes nothing
 * but the time a start takes.
 */
export interface EngineStore {
  get(sha256: string): Promise<Uint8Array<SharedArrayBuffer> | null>;
  put(sha256: string, engine: Uint8Array): Promise<void>;
  /** Deletes all but these. */
  keepOnly(sha256s: readonly string[]): Promise<void>;
}

export function createEngineStore(folder: string): EngineStore {
  const pathOf = (sha256: string) => join(folder, nameOf(sha256));
  return {
    async get(sha256) {
      const bytes = await readFile(pathOf(sha256)).catch(() => null);
      if (bytes === null || !isCompiledFilterList(bytes)) return null;
      return shareEngine(bytes);
    },
    async put(sha256, engine) {
      const path = pathOf(sha256);
      const draft = `${path}.${randomUUID()}`;
      try {
        await mkdir(folder, { recursive: true });
        await writeFile(draft, engine);
        await rename(draft, path);
      } catch {
        // A read-only or full disk: the list is compiled again at the next start.
        await rm(draft, { force: true }).catch(() => {});
      }
    },
    async keepOnly(sha256s) {
      const kept = new Set(sha256s.map(nameOf));
      const names = await readdir(folder).catch(() => []);
      const old = names.filter((name) => name.endsWith(".engine") && !kept.has(name));
      await Promise.all(old.map((name) => rm(join(folder, name), { force: true }).catch(() => {})));
    },
  };
}

function nameOf(sha256: string): string {
  return `${sha256}-${COMPILED_FORMAT}.engine`;
}
