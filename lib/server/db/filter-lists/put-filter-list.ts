import "server-only";
import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { type Db, getDb } from "#lib/server/db/client.ts";
import { FILTER_LIST_HEAD, type FilterListHead } from "#lib/server/db/filter-lists/stored-filter-list.ts";

export interface FetchedFilterList {
  name: string;
  url: string;
  etag: string | null;
  lastModified: string | null;
  fetchedAt: Date;
  text: string;
}

/** Keeps a list under its name, in place of the one before. @throws when another name has the same address. */
export async function putFilterList(list: FetchedFilterList, db: Db = getDb()): Promise<FilterListHead> {
  const { name, url, etag, lastModified, fetchedAt, text } = list;
  const bytes = Buffer.from(text, "utf8");
  const kept = {
    url,
    etag,
    lastModified,
    fetchedAt,
    body: new Uint8Array(await promisify(gzip)(bytes)),
    sha256: createHash("sha256").update(bytes).digest("hex"),
  };
  return db.filterList.upsert({
    where: { name },
    create: { name, ...kept },
    update: kept,
    select: FILTER_LIST_HEAD,
  });
}
