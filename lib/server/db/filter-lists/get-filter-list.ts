import "server-only";
import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { type Db, getDb } from "#lib/server/db/client.ts";
import { FILTER_LIST_HEAD, type StoredFilterList } from "#lib/server/db/filter-lists/stored-filter-list.ts";

/** Twenty times the largest list in common use. */
const TEXT_BYTES_MAX = 64 * 1024 * 1024;

/** The list that was fetched from `url`; `null` when it never was, or when its text is not what was stored. */
export async function getFilterList(url: string, db: Db = getDb()): Promise<StoredFilterList | null> {
  const found = await db.filterList.findUnique({
    where: { url },
    select: { ...FILTER_LIST_HEAD, body: true },
  });
  if (!found) return null;
  const { body, ...head } = found;
  const text = await promisify(gunzip)(body, { maxOutputLength: TEXT_BYTES_MAX }).catch(() => null);
  if (text === null || createHash("sha256").update(text).digest("hex") !== head.sha256) return null;
  return { ...head, text: text.toString("utf8") };
}
