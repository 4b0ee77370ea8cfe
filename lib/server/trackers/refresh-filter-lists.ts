import "server-only";
import { createHash } from "node:crypto";
import { checkFilterList, countRules } from "#lib/core/trackers/check-filter-list.ts";
import { isListDue } from "#lib/core/trackers/is-list-due.ts";
import { egressFetch } from "#lib/node/egress/egress-fetch.ts";
import { readBody } from "#lib/node/egress/read-body.ts";
import { getKv } from "#lib/node/kv/get-kv.ts";
import { getLog } from "#lib/node/log/log.ts";
import { confirmFilterList } from "#lib/server/db/filter-lists/confirm-filter-list.ts";
import { getFilterList } from "#lib/server/db/filter-lists/get-filter-list.ts";
import { putFilterList } from "#lib/server/db/filter-lists/put-filter-list.ts";
import type { StoredFilterList } from "#lib/server/db/filter-lists/stored-filter-list.ts";
import { configuredLists } from "#lib/server/trackers/configured-lists.ts";

export interface ListRefresh {
  /** The list's title, or the host it comes from. */
  name: string;
  /** `current`: not due yet. `failed`: the edition before stays in use. */
  outcome: "updated" | "unchanged" | "current" | "failed";
  rules: number | null;
}

export type RefreshReport = { status: "done"; lists: ListRefresh[] } | { status: "busy" };

const LOCK_MS = 180_000;
const FETCH_LIMITS = {
  totalTimeoutMs: 60_000,
  bodyBytesMax: 12 * 1024 * 1024,
  decodedBytesMax: 32 * 1024 * 1024,
};

/**
 * Fetches the configured lists that are due (all of them with `force`), one
 * process at a time (`busy` when another is at it), conditionally, and replaces a
 * stored list only by one that passes `checkFilterList`. Never leaves a list
 * worse than it was.
 */
export async function refreshFilterLists({ force = false, now = new Date() } = {}): Promise<RefreshReport> {
  const urls = configuredLists();
  if (urls.length === 0) return { status: "done", lists: [] };
  const lock = await getKv().acquireLock("filter-lists", { ttlMs: LOCK_MS });
  if (!lock) return { status: "busy" };
  try {
    const lists: ListRefresh[] = [];
    for (const url of urls) {
      lists.push(await refreshList(url, { force, now }));
      await lock.extend(LOCK_MS);
    }
    return { status: "done", lists };
  } finally {
    await lock.release();
  }
}

async function refreshList(url: string, { force, now }: { force: boolean; now: Date }): Promise<ListRefresh> {
  const kept = await getFilterList(url);
  const facts = kept && checkFilterList(kept.text, null);
  const name = (facts?.ok && facts.facts.title) || hostOf(url);
  const rules = kept ? countRules(kept.text) : null;
  const expiresMs = facts?.ok ? facts.facts.expiresMs : null;
  if (!force && !isListDue(kept?.fetchedAt ?? null, expiresMs, now))
    return { name, outcome: "current", rules };

  const fetched = await fetchList(url, kept);
  if (fetched === "unchanged") {
    await confirmFilterList(url, now);
    return { name, outcome: "unchanged", rules };
  }
  const check =
    "failure" in fetched
      ? { ok: false as const, reason: fetched.failure }
      : checkFilterList(fetched.text, rules);
  if (!check.ok || "failure" in fetched) {
    const reason = check.ok ? "" : check.reason;
    getLog().warn({ module: "trackers", list: name, reason }, "a filter list was not replaced");
    return { name, outcome: "failed", rules };
  }
  await putFilterList({ ...fetched, name: keyOf(url), url, fetchedAt: now });
  return { name: check.facts.title || name, outcome: "updated", rules: check.facts.rules };
}

type Fetched = { text: string; etag: string | null; lastModified: string | null };

async function fetchList(
  url: string,
  kept: StoredFilterList | null,
): Promise<Fetched | "unchanged" | { failure: string }> {
  const headers: Record<string, string> = { accept: "text/plain,*/*;q=0.5" };
  if (kept?.etag) headers["if-none-match"] = kept.etag;
  if (kept?.lastModified) headers["if-modified-since"] = kept.lastModified;
  const response = await egressFetch({ url, headers, limits: FETCH_LIMITS });
  if (!response.ok) return { failure: response.code };
  if (response.status === 304 && kept) {
    await response.body.cancel();
    return "unchanged";
  }
  if (response.status !== 200) {
    await response.body.cancel();
    return { failure: `status ${response.status}` };
  }
  try {
    const bytes = await readBody(response, { bytesMax: FETCH_LIMITS.decodedBytesMax });
    const text = new TextDecoder("utf-8").decode(bytes);
    if (kept && kept.text === text) return "unchanged";
    return {
      text,
      etag: validator(response.headers.etag, 500),
      lastModified: validator(response.headers["last-modified"], 100),
    };
  } catch (error) {
    return { failure: error instanceof Error ? error.message : "the body could not be read" };
  }
}

/** A validator that does not fit its column is done without. */
function validator(value: string | undefined, unitsMax: number): string | null {
  return value !== undefined && value.length <= unitsMax ? value : null;
}

/** A list is stored under its address, which is what tells two lists of one title apart. */
function keyOf(url: string): string {
  return url.length <= 200 ? url : createHash("sha256").update(url).digest("hex");
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname : "unknown";
}
