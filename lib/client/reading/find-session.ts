import { createStore, type StoreApi } from "zustand/vanilla";
import type { PageViewHandle } from "#lib/client/reading/page-view-handle.ts";
import { uiStore } from "#lib/client/store/ui-store.ts";
import { type FindOptions, findInDocument, firstMatchFrom, type TextRange } from "#lib/core/reading/find.ts";
import type { Document } from "#lib/protocol/document.ts";

export interface FindState {
  query: string;
  options: FindOptions;
  matches: readonly TextRange[];
  capped: boolean;
  /** Index of the match one stands at; -1 when there is none. */
  active: number;
}

/** A search in one open page, from opening the find bar to closing it. */
export interface FindSession {
  store: StoreApi<FindState>;
  search(query: string, options?: Partial<FindOptions>): void;
  /** To the next match or the one before; wraps round. */
  step(direction: 1 | -1): void;
  /** The place the search leads to, for a citation or the focus. */
  activeMatch(): TextRange | null;
  dispose(): void;
}

let current: FindSession | null = null;
/** What was last looked for, so that the bar opens with it again, in any page. */
let lastQuery = "";
let lastOptions: FindOptions = { caseSensitive: false, wholeWord: false };

export function getCurrentFind(): FindSession | null {
  return current;
}

/** Opens the find bar of a panel, looking for `query` or for what was looked for last. */
export function openFind(panelId: string, query?: string): void {
  if (query !== undefined) lastQuery = query;
  uiStore.setState({ findPanelId: panelId });
  if (query !== undefined) current?.search(query);
}

export function createFindSession(document: Document, view: PageViewHandle): FindSession {
  const store = createStore<FindState>(() => ({
    query: lastQuery,
    options: lastOptions,
    matches: [],
    capped: false,
    active: -1,
  }));
  const show = (): void => {
    const { matches, active } = store.getState();
    view.showMatches(matches, active);
  };
  const session: FindSession = {
    store,
    search: (query, change = {}) => {
      const options = { ...store.getState().options, ...change };
      lastQuery = query;
      lastOptions = options;
      const { matches, capped } = findInDocument(document, query, options);
      // While a word is typed the search stays where it is, or starts where one reads.
      const { matches: old, active: at } = store.getState();
      const active = matches.length === 0 ? -1 : keepPlace(document, matches, old[at], view);
      store.setState({ query, options, matches, capped, active });
      show();
    },
    step: (direction) => {
      const { matches, active } = store.getState();
      if (matches.length === 0) return;
      store.setState({ active: (active + direction + matches.length) % matches.length });
      show();
    },
    activeMatch: () => store.getState().matches[store.getState().active] ?? null,
    dispose: () => {
      view.clearMatches();
      if (current === session) current = null;
    },
  };
  current = session;
  return session;
}

function keepPlace(
  document: Document,
  matches: readonly TextRange[],
  previous: TextRange | undefined,
  view: PageViewHandle,
): number {
  if (previous) {
    const same = matches.findIndex(
      ({ blockId, end }) => blockId === previous.blockId && end > previous.start,
    );
    if (same !== -1) return same;
  }
  return firstMatchFrom(document, matches, view.getPlace().order);
}
