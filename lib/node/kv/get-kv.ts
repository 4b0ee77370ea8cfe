import type { Kv } from "#lib/node/kv/kv.ts";
import { createMemoryKv } from "#lib/node/kv/memory/memory-kv.ts";

/** Next loads a module once per bundle; the store must be one per process. */
const SLOT = Symbol.for("qui.kv");
const holder = globalThis as typeof globalThis & { [SLOT]?: Kv };

/** The process's store. */
export function getKv(): Kv {
  holder[SLOT] ??= createMemoryKv();
  return holder[SLOT];
}
