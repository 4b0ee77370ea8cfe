import { type DBSchema, type IDBPDatabase, openDB } from "idb";

interface SessionRecord {
  id: string;
  /** Grows with each write. */
  version: number;
  /** Epoch milliseconds. */
  savedAt: number;
  session: unknown;
}

export interface SpaceSummary {
  id: string;
  savedAt: number;
  session: unknown;
}

interface SessionDb extends DBSchema {
  spaces: { key: string; value: SessionRecord; indexes: { savedAt: number } };
}

let opened: Promise<IDBPDatabase<SessionDb>> | undefined;

function open(): Promise<IDBPDatabase<SessionDb>> {
  opened ??= openDB<SessionDb>("qui-session", 1, {
    upgrade(db) {
      db.createObjectStore("spaces", { keyPath: "id" }).createIndex("savedAt", "savedAt");
    },
    // A newer version of Qui in another window needs the old connection gone.
    blocking() {
      void opened?.then((db) => db.close());
      opened = undefined;
    },
    terminated() {
      opened = undefined;
    },
  });
  opened.catch(() => {
    opened = undefined;
  });
  return opened;
}

/** Every space on this device, the one saved last first. */
export async function listSpaces(): Promise<SpaceSummary[]> {
  const db = await open();
  return (await db.getAllFromIndex("spaces", "savedAt")).reverse();
}

export async function getSpace(id: string): Promise<{ session: unknown; version: number } | null> {
  const db = await open();
  return (await db.get("spaces", id)) ?? null;
}

/**
 * Writes a space if nobody else has since `version` was read (0: never written).
 * Returns the new version, or null when another window was faster and nothing
 * was written.
 */
export async function putSpace(id: string, session: unknown, version: number): Promise<number | null> {
  const db = await open();
  const transaction = db.transaction("spaces", "readwrite", { durability: "relaxed" });
  const existing = await transaction.store.get(id);
  if (existing && existing.version !== version) {
    await transaction.done;
    return null;
  }
  const next = version + 1;
  await transaction.store.put({ id, version: next, savedAt: Date.now(), session });
  await transaction.done;
  return next;
}

export async function deleteSpace(id: string): Promise<void> {
  const db = await open();
  await db.delete("spaces", id);
}
