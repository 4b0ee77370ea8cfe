import "server-only";
import { isListDue } from "#lib/core/trackers/is-list-due.ts";
import { getLog } from "#lib/node/log/log.ts";
import { type CompiledLists, NO_LISTS } from "#lib/node/trackers/compiled-list.ts";
import { configuredLists } from "#lib/server/trackers/configured-lists.ts";
import { type LoadedList, loadFilterLists } from "#lib/server/trackers/load-filter-lists.ts";
import { refreshFilterLists } from "#lib/server/trackers/refresh-filter-lists.ts";

/** How often a process looks whether a list has changed or become due. */
const CHECK_EVERY_MS = 30 * 60_000;
/** After a check that failed, as when the database is still starting. */
const RETRY_AFTER_MS = 60_000;

interface State {
  lists: LoadedList[];
  compiled: CompiledLists;
  nextCheckAt: number;
  work: Promise<void> | null;
}

const SLOT = Symbol.for("qui.filter-lists");
const holder = globalThis as typeof globalThis & { [SLOT]?: State };

/**
 * The filter lists as they are in this process now, at once: none until they are
 * loaded. Asking is also what keeps them fresh: now and then it starts loading or
 * fetching in the background, and hands that work to `defer` on platforms that
 * freeze a process between requests. Call it at the start to have lists soon.
 */
export function getFilterLists(defer?: (work: Promise<void>) => void): CompiledLists {
  const state = getState();
  if (state.work === null && Date.now() >= state.nextCheckAt) {
    const work = bringUpToDate();
    defer?.(work);
  }
  return state.compiled;
}

/** Loads what is stored, fetches what is due, loads again. One run at a time; never rejects. */
export function bringUpToDate(): Promise<void> {
  const state = getState();
  state.work ??= run(state).finally(() => {
    state.work = null;
  });
  return state.work;
}

async function run(state: State): Promise<void> {
  state.nextCheckAt = Date.now() + CHECK_EVERY_MS;
  try {
    await load(state);
    if (!isAnyDue(state.lists)) return;
    const report = await refreshFilterLists();
    if (report.status === "done" && report.lists.some(({ outcome }) => outcome === "updated"))
      await load(state);
  } catch (error) {
    state.nextCheckAt = Date.now() + RETRY_AFTER_MS;
    getLog().warn({ err: error, module: "trackers" }, "filter lists could not be brought up to date");
  }
}

async function load(state: State): Promise<void> {
  state.lists = await loadFilterLists(state.lists);
  const version = state.lists.map(({ sha256 }) => sha256).join(" ") || NO_LISTS.version;
  if (version === state.compiled.version) return;
  const lists = state.lists.map(({ url, category, engine }) => ({ url, category, engine }));
  state.compiled = { version, lists };
}

function isAnyDue(lists: readonly LoadedList[]): boolean {
  const now = new Date();
  return configuredLists().some((url) => {
    const list = lists.find((candidate) => candidate.url === url);
    return isListDue(list?.fetchedAt ?? null, list?.expiresMs ?? null, now);
  });
}

function getState(): State {
  holder[SLOT] ??= { lists: [], compiled: NO_LISTS, nextCheckAt: 0, work: null };
  return holder[SLOT];
}

/** For tests: as if the process had just started. */
export function forgetFilterLists(): void {
  delete holder[SLOT];
}
