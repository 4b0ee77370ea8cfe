import { pageKey } from "#lib/core/trail/followed-link.ts";
import type { TrailEnd, TrailLink } from "#lib/protocol/space.ts";

/** A page somebody came through. */
export interface TrailPage {
  /** The address without the place within the page. */
  key: string;
  url: string;
  title: string;
  /** The panel it was last seen in; that panel may be gone, or show something else by now. */
  panelId: string;
  /** ISO 8601: when somebody first came here, or left from here for the first time. */
  at: string;
  /** The page whose link led here first; null where a thread begins. */
  parent: string | null;
  /** How many links away from the beginning of its thread: time goes from left to right. */
  column: number;
  /** From the top; a page stands in the middle of what it led to, so rows may be halves. */
  row: number;
}

export interface TrailMap {
  /** In the order of a walk through it: each page before what it led to, threads by their beginning. */
  pages: readonly TrailPage[];
  /** Pairs of keys; each once, the way it was followed first. */
  links: readonly { from: string; to: string }[];
  columns: number;
  rows: number;
}

/**
 * The history of a session as a map: pages are nodes, each once, and every page but the
 * first of a thread hangs from the page whose link led to it first. Threads stand below
 * each other by time, branches spread up and down (a tidy tree of unit rows, as in
 * Wetherell and Shannon 1979). Private links are left out.
 */
export function layOutTrail(trail: readonly TrailLink[]): TrailMap {
  const pages = new Map<string, TrailPage>();
  const children = new Map<string, string[]>();
  const links = new Map<string, { from: string; to: string }>();
  const beginnings: string[] = [];
  for (const link of trail) {
    if (link.private) continue;
    const from = pageKey(link.from.url);
    const to = pageKey(link.to.url);
    const source = pages.get(from) ?? addPage(pages, link.from, link.at, null);
    if (source.parent === null && !beginnings.includes(from)) beginnings.push(from);
    source.panelId = link.from.panelId;
    source.title ||= link.from.title;
    if (from === to) continue;
    const known = pages.get(to);
    if (known) Object.assign(known, { panelId: link.to.panelId, title: link.to.title || known.title });
    else {
      addPage(pages, link.to, link.at, source);
      children.set(from, [...(children.get(from) ?? []), to]);
    }
    const pair = [from, to].sort().join("\n");
    if (!links.has(pair)) links.set(pair, { from, to });
  }
  const ordered: TrailPage[] = [];
  let nextRow = 0;
  for (const key of beginnings) nextRow = placeThread(key, { pages, children, ordered, nextRow });
  return {
    pages: ordered,
    links: [...links.values()],
    columns: ordered.reduce((most, page) => Math.max(most, page.column + 1), 0),
    rows: nextRow,
  };
}

function addPage(
  pages: Map<string, TrailPage>,
  end: TrailEnd,
  at: string,
  parent: TrailPage | null,
): TrailPage {
  const key = pageKey(end.url);
  const page: TrailPage = {
    key,
    url: end.url,
    title: end.title,
    panelId: end.panelId,
    at,
    parent: parent?.key ?? null,
    column: parent ? parent.column + 1 : 0,
    row: 0,
  };
  pages.set(key, page);
  return page;
}

interface Placing {
  pages: ReadonlyMap<string, TrailPage>;
  children: ReadonlyMap<string, readonly string[]>;
  ordered: TrailPage[];
  nextRow: number;
}

/** Gives each last page of a thread a row of its own and the others the middle of theirs. Without recursion: a thread may be a thousand links long. */
function placeThread(start: string, { pages, children, ordered, nextRow }: Placing): number {
  const first = ordered.length;
  const stack = [start];
  for (let key = stack.pop(); key !== undefined; key = stack.pop()) {
    const page = pages.get(key);
    if (page) ordered.push(page);
    stack.push(...(children.get(key) ?? []).toReversed());
  }
  let row = nextRow;
  for (const page of ordered.slice(first)) {
    if (!children.has(page.key)) page.row = row++;
  }
  for (const page of ordered.slice(first).reverse()) {
    const led = (children.get(page.key) ?? []).flatMap((key) => pages.get(key)?.row ?? []);
    const [top, bottom] = [led[0], led.at(-1)];
    if (top !== undefined && bottom !== undefined) page.row = (top + bottom) / 2;
  }
  return row;
}
