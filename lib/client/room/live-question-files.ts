import { sendFiles, type WantedFiles } from "#lib/client/live/features/send-files.ts";
import type { LiveTab } from "#lib/client/live/live-tab.ts";

export interface ChosenFiles {
  onNotice(words: string): void;
  onSent(uploads: string[]): void;
  signal: AbortSignal;
}

/**
 * Opens the device's own window for files, for a page that wants some. To be called
 * within a press, and only where a person sees that window: never in a session.
 */
export function chooseFilesFor(
  tab: LiveTab,
  wanted: WantedFiles,
  { onNotice, onSent, signal }: ChosenFiles,
): void {
  const input = document.createElement("input");
  input.type = "file";
  input.multiple = wanted.multiple;
  input.accept = wanted.accept;
  input.addEventListener("change", () => {
    const files = [...(input.files ?? [])];
    if (files.length === 0 || signal.aborted) return;
    void sendFiles(tab, files, {
      wanted,
      onProgress: ({ name, share }) => onNotice(`Sending ${name}, ${Math.round(share * 100)} %`),
      signal,
    }).then((sent) => {
      if (signal.aborted) return;
      if ("uploads" in sent) onSent(sent.uploads);
      else onNotice(sent.problem);
    });
  });
  input.click();
}
