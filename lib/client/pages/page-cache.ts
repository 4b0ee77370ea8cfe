import type { Page } from "#lib/protocol/pages.ts";

const ENTRIES_MAX = 32;

/**
 * Pages seen in this window, so that Back and Forward show them at once, as they
 * were. Least recently used goes first. A private panel's pages are kept under its
 * own id and dropped with it. Lives in memory only.
 */
const pages = new Map<string, Page>();

function keyOf(url: string, privateId: string | null): string {
  return `${privateId ?? ""}\n${url}`;
}

export function getCachedPage(url: string, privateId: string | null): Page | undefined {
  const key = keyOf(url, privateId);
  const page = pages.get(key);
  if (page) {
    pages.delete(key);
    pages.set(key, page);
  }
  return page;
}

export function cachePage(url: string, privateId: string | null, page: Page): void {
  const key = keyOf(url, privateId);
  pages.delete(key);
  pages.set(key, page);
  const oldest = pages.size > ENTRIES_MAX ? pages.keys().next().value : undefined;
  if (oldest !== undefined) pages.delete(oldest);
}

export function dropPrivatePages(privateId: string): void {
  for (const key of pages.keys()) if (key.startsWith(`${privateId}\n`)) pages.delete(key);
}
