/**
 * Hands the browser a file to save: text made here, or an address on our own
 * origin when no `type` is given.
 */
export function saveFile(name: string, content: string, type?: string): void {
  const url = type ? URL.createObjectURL(new Blob([content], { type: `${type};charset=utf-8` })) : content;
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The download has read the blob by the next task; freeing it at once would cancel it in Safari.
  if (type) setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
