import { openLibrary } from "#lib/client/library/library-db.ts";
import { changed, libraryStore } from "#lib/client/library/library-store.ts";
import { createId } from "#lib/client/store/create-id.ts";
import type { Download } from "#lib/core/library/download.ts";

/** The list is a memory aid, not an archive: the files themselves lie where the browser put them. */
const KEPT_MAX = 500;

/** Notes that a file is on its way to the browser's downloads. */
export async function startDownload(
  input: Pick<Download, "name" | "pageUrl" | "mimeType">,
): Promise<Download> {
  const download: Download = { ...input, id: createId(), startedAt: Date.now(), bytes: 0, state: "running" };
  await write(download);
  const old = libraryStore.getState().downloads.slice(KEPT_MAX);
  if (old.length > 0) await deleteDownloads(old.map(({ id }) => id));
  return download;
}

export async function finishDownload(download: Download, bytes: number): Promise<void> {
  await write({ ...download, bytes, state: "done" });
}

export async function failDownload(download: Download): Promise<void> {
  await write({ ...download, state: "failed" });
}

/** Takes entries off the list; the files stay. */
export async function deleteDownloads(ids: readonly string[]): Promise<void> {
  const db = await openLibrary();
  const transaction = db.transaction("downloads", "readwrite");
  for (const id of ids) void transaction.store.delete(id);
  await transaction.done;
  await changed("downloads");
}

export async function restoreDownloads(downloads: readonly Download[]): Promise<void> {
  const db = await openLibrary();
  const transaction = db.transaction("downloads", "readwrite");
  for (const download of downloads) void transaction.store.put(download);
  await transaction.done;
  await changed("downloads");
}

async function write(download: Download): Promise<void> {
  const db = await openLibrary();
  await db.put("downloads", download);
  await changed("downloads");
}
