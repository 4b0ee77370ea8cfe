import { showToast } from "#lib/client/store/ui-store.ts";

/**
 * Hands the browser a file to save: text made here, or an address on our own
 * origin when no `type` is given. What comes of it stands in the list of downloads.
 */
export function saveFile(name: string, content: string, type?: string): void {
  void save(name, content, type).catch(() => showToast(`${name} could not be saved. Try again in a moment.`));
}

async function save(name: string, content: string, type: string | undefined): Promise<void> {
  const { noteDownload } = await import("#lib/client/library/note-download.ts");
  const mimeType = type ?? "image/*";
  await noteDownload({ name, mimeType }, async () => {
    const blob = type ? new Blob([content], { type: `${type};charset=utf-8` }) : await fetchFile(content);
    handOver(name, blob);
    return blob.size;
  });
}

async function fetchFile(src: string): Promise<Blob> {
  const response = await fetch(src, { signal: AbortSignal.timeout(60_000) });
  if (!response.ok) throw new Error(`The file answered with status ${response.status}.`);
  return response.blob();
}

function handOver(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The download has read the blob by the next task; freeing it at once would cancel it in Safari.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
