import "server-only";
import type { FilterList } from "#lib/server/db/generated/client.ts";

/** A list without its text. */
export type FilterListHead = Omit<FilterList, "id" | "body">;

export interface StoredFilterList extends FilterListHead {
  text: string;
}

export const FILTER_LIST_HEAD = {
  name: true,
  url: true,
  etag: true,
  lastModified: true,
  fetchedAt: true,
  sha256: true,
} as const;
