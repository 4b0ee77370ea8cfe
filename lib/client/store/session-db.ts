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
  version: number;
  savedAt: number;
  session: unknown;
}

interface SessionDb extends DBSchema {
  spaces: { key: string; value: SessionRecord; indexes: { savedAt: number } };
}

/** At hand once opened: a page that is going away has no time to wait for a promise. */
let openNow: IDBPDatabase<SessionDb> | undefined;
let opened: Promise<IDBPDatabase<SessionDb>> | undefined;

function open(): Promise<IDBPDatabase<SessionDb>> {
  opened ??= openDB<SessionDb>("qui-session", 1, {
    upgrade(db) {
      db.createObjectStore("spaces", { keyPath: "id" }).createIndex("savedAt", "savedAt");
    },
    // A newer version of Qui in another window needs the old connection gone.
    blocking() {
      openNow?.close();
      openNow = undefined;
      opened = undefined;
    },
    terminated() {
      openNow = undefined;
      opened = undefined;
    },
  });
  opened.then(
    (db) => {
      openNow = db;
    },
    () => {
      opened = undefined;
    },
  );
  return opened;
}

/** Makes sure that `putOwnSpace` can write at once, also after the browser has ended the connection. */
export async function prepareStorage(): Promise<void> {
  await open();
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

/**
 * Writes a space in one step, begun before this returns: the browser finishes such a
 * write even when the page is gone. Only for the window that holds the space; nobody
 * looks who wrote last.
 */
export function putOwnSpace(id: string, session: unknown, version: number): Promise<void> {
  if (!openNow) return Promise.reject(new Error("There is no storage."));
  const transaction = openNow.transaction("spaces", "readwrite", { durability: "strict" });
  // What goes wrong is told by the transaction as a whole.
  transaction.store.put({ id, version, savedAt: Date.now(), session }).catch(() => undefined);
  const { done } = transaction;
  // Without it, the browser takes back what was not finished when the page went.
  transaction.commit();
  return done;
}

export async function deleteSpace(id: string): Promise<void> {
  const db = await open();
  await db.delete("spaces", id);
}
