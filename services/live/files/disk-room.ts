import { statfs } from "node:fs/promises";
import { getEnv } from "#lib/node/env.ts";

/**
 * Bytes that visitors' files may still take on a folder's disk. What the node leaves free is for Chromium itself,
 * whose pages fail in odd ways on a disk that is full.
 */
export async function diskRoom(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return Math.max(0, bavail * bsize - getEnv().QUI_LIVE_DISK_FREE_MB * 1024 * 1024);
}

/** Whether writing failed for want of room: of the disk's, or of what its owner may use of it. */
export function isDiskFull(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === "ENOSPC" || code === "EDQUOT";
}
