import "server-only";
import { createHash } from "node:crypto";
import { within } from "#lib/core/async/within.ts";
import { type Cache, createCache } from "#lib/core/cache/cache.ts";
import { retentionMs, variesOn } from "#lib/core/pages/decide-cache-use.ts";
import { getEnv } from "#lib/node/env.ts";
import { getKv } from "#lib/node/kv/get-kv.ts";
import type { Kv } from "#lib/node/kv/kv.ts";
import type { Log } from "#lib/node/log/log.ts";
import { type PageEntry, parsePageEntry, serializePageEntry } from "#lib/server/pages/page-entry.ts";

/** Larger pages stay in the process: shared stores bound the size of a value. */
const SHARED_BYTES_MAX = 900_000;
const ENTRIES_MAX = 5_000;

/** A page whose answer depends on the visitor's language is kept once a language, under a marker that says so. */
type Kept = { kind: "page"; entry: PageEntry } | { kind: "varies"; on: string[] };

const globalStore = globalThis as typeof globalThis & { quiPages?: Cache<Kept> };

function getLocal(): Cache<Kept> {
  globalStore.quiPages ??= createCache<Kept>({
    policy: getEnv().QUI_CACHE_POLICY,
    entriesMax: ENTRIES_MAX,
    bytesMax: getEnv().QUI_CACHE_BYTES_MAX,
    now: Date.now,
  });
  return globalStore.quiPages;
}

/**
 * What is kept for a page, from the process or else from the shared store
 * (cache-aside). A shared store that fails counts as a miss.
 */
export async function findPageEntry(
  key: string,
  headers: Record<string, string>,
  log: Log,
): Promise<PageEntry | null> {
  const kept = await findKept(key, log);
  if (kept?.kind !== "varies") return kept?.entry ?? null;
  const variant = await findKept(variantKey(key, kept.on, headers), log);
  return variant?.kind === "page" ? variant.entry : null;
}

/** In-process only and synchronous: the fast path of a cache hit. */
export function peekPageEntry(key: string, headers: Record<string, string>): PageEntry | null {
  const kept = getLocal().get(key);
  if (kept?.kind !== "varies") return kept?.entry ?? null;
  const variant = getLocal().get(variantKey(key, kept.on, headers));
  return variant?.kind === "page" ? variant.entry : null;
}

/** Keeps a page in the process at once and in the shared store behind (write-behind). Never throws. */
export async function keepPageEntry(
  key: string,
  headers: Record<string, string>,
  entry: PageEntry,
  log: Log,
): Promise<void> {
  const ttlMs = retentionMs(entry.policy);
  const on = variesOn(entry.policy).filter((name) => name in headers);
  if (on.length === 0) return keep(key, { kind: "page", entry }, ttlMs, log);
  await keep(key, { kind: "varies", on }, ttlMs, log);
  await keep(variantKey(key, on, headers), { kind: "page", entry }, ttlMs, log);
}

async function findKept(key: string, log: Log): Promise<Kept | null> {
  const local = getLocal().get(key);
  if (local) return local;
  const text = await askShared((kv) => kv.get(sharedKey(key)), log);
  const kept = text === null ? null : parseKept(text);
  if (kept?.kind === "page") keepLocally(key, kept, retentionMs(kept.entry.policy));
  return kept;
}

async function keep(key: string, kept: Kept, ttlMs: number, log: Log): Promise<void> {
  keepLocally(key, kept, ttlMs);
  if (kept.kind === "page" && kept.entry.body.length > SHARED_BYTES_MAX) return;
  const text = kept.kind === "page" ? serializePageEntry(kept.entry) : `varies ${kept.on.join(",")}`;
  await askShared((kv) => kv.set(sharedKey(key), text, { ttlMs }), log);
}

/** Pages are large, so a store is given longer than limits give it. */
const ANSWER_WITHIN_MS = 1_000;
/** After a failure the shared store is left alone for this long, so that an outage does not slow every page. */
const REST_MS = 5_000;
let restsUntilMs = 0;

/** Null when the shared store is this process's own, resting, or does not answer. Never throws. */
async function askShared<T>(ask: (kv: Kv) => Promise<T>, log: Log): Promise<T | null> {
  const kv = getKv();
  if (kv.driver === "memory" || Date.now() < restsUntilMs) return null;
  try {
    return await within(ask(kv), ANSWER_WITHIN_MS);
  } catch (error) {
    restsUntilMs = Date.now() + REST_MS;
    log.warn({ err: error }, "the shared page cache does not answer");
    return null;
  }
}

function keepLocally(key: string, kept: Kept, ttlMs: number): void {
  const bytes = kept.kind === "page" ? kept.entry.body.length + 1024 : 256;
  getLocal().set(key, kept, { bytes, ttlMs });
}

function parseKept(text: string): Kept | null {
  if (text.startsWith("varies ")) return { kind: "varies", on: text.slice(7).split(",") };
  const entry = parsePageEntry(text);
  return entry && { kind: "page", entry };
}

function variantKey(key: string, on: readonly string[], headers: Record<string, string>): string {
  return `${key}\n${on.map((name) => `${name}=${headers[name] ?? ""}`).join("\n")}`;
}

/** Addresses are private: the shared store sees only their hash. */
function sharedKey(key: string): string {
  return `page:${createHash("sha256").update(key).digest("base64url")}`;
}
