import { uploadFile, whyNotSent } from "#lib/client/live/features/upload-file.ts";
import { pagePoint } from "#lib/client/live/input/page-point.ts";
import { modifiersOf } from "#lib/client/live/input/send-mouse.ts";
import type { LiveTab } from "#lib/client/live/live-tab.ts";
import { showToast } from "#lib/client/store/ui-store.ts";

const FILES_MAX = 32;

/** Files dragged from the visitor's device onto the page are sent to the node, then dropped where they were let go. */
export function sendFileDrops(tab: LiveTab, around: HTMLElement): () => void {
  const abort = new AbortController();
  const { signal } = abort;
  const carriesFiles = ({ dataTransfer }: DragEvent) => dataTransfer?.types.includes("Files") === true;

  around.addEventListener(
    "dragover",
    (event) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      event.stopPropagation();
    },
    { signal, capture: true },
  );
  around.addEventListener(
    "drop",
    (event) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      event.stopPropagation();
      const files = [...(event.dataTransfer?.files ?? [])].slice(0, FILES_MAX);
      const place = { ...pagePoint(tab, tab.canvas, event), modifiers: modifiersOf(event) };
      void drop(files, place);
    },
    { signal, capture: true },
  );

  async function drop(
    files: readonly File[],
    place: { x: number; y: number; modifiers: ReturnType<typeof modifiersOf> },
  ): Promise<void> {
    const uploads: string[] = [];
    for (const file of files) {
      showToast(`Sending ${file.name}…`);
      try {
        uploads.push(await uploadFile(tab, file, { onProgress: () => {}, signal }));
      } catch (error) {
        if (!signal.aborted) showToast(whyNotSent(error, file.name));
        return;
      }
    }
    tab.send({ type: "drop", kind: "drop", ...place, text: "", uploads });
  }
  return () => abort.abort();
}
