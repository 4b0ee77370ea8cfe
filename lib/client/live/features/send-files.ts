import { uploadFile, whyNotSent } from "#lib/client/live/features/upload-file.ts";
import type { LiveTab } from "#lib/client/live/live-tab.ts";
import { acceptsFile } from "#lib/core/live/accepts-file.ts";

const FILES_MAX = 32;
const MEGABYTE = 1_000_000;

/** What the page takes, as it asked. */
export interface WantedFiles {
  multiple: boolean;
  accept: string;
  bytesMax: number;
}

export interface SendFilesOptions {
  wanted: WantedFiles;
  onProgress(file: { name: string; share: number }): void;
  signal: AbortSignal;
}

/** The names that the node gave the files, or in words why none was sent. */
export type SentFiles = { uploads: string[] } | { problem: string };

/** Sends what was chosen for a page to its node, one file after the other. Nothing reaches the page before all have. */
export async function sendFiles(
  tab: LiveTab,
  files: readonly File[],
  { wanted, onProgress, signal }: SendFilesOptions,
): Promise<SentFiles> {
  const { multiple, accept, bytesMax } = wanted;
  const wrong = files.find((file) => file.size > bytesMax || !acceptsFile(accept, file));
  if (wrong && wrong.size > bytesMax)
    return { problem: `${wrong.name} is larger than ${Math.floor(bytesMax / MEGABYTE)} MB.` };
  if (wrong) return { problem: `The page does not take files like ${wrong.name}.` };
  const uploads: string[] = [];
  for (const file of files.slice(0, multiple ? FILES_MAX : 1)) {
    const tell = (share: number) => onProgress({ name: file.name, share });
    tell(0);
    try {
      uploads.push(await uploadFile(tab, file, { onProgress: tell, signal }));
    } catch (error) {
      return { problem: whyNotSent(error, file.name) };
    }
  }
  return { uploads };
}
