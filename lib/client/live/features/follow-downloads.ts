import { createStore } from "zustand/vanilla";
import { noteDownload } from "#lib/client/library/note-download.ts";
import type { LiveTab } from "#lib/client/live/live-tab.ts";
import { showToast } from "#lib/client/store/ui-store.ts";
import type { LiveServerMessage } from "#lib/protocol/live-server-message.ts";

type DownloadMessage = Omit<Extract<LiveServerMessage, { type: "download" }>, "tab" | "type">;

export interface LiveDownload extends DownloadMessage {
  panelId: string;
  /** The person had just pressed something: it is saved as soon as it is ready. */
  wanted: boolean;
}

/** What pages are sending or have sent, and nobody has taken yet; newest last. */
export const liveDownloadStore = createStore<{ downloads: readonly LiveDownload[] }>(() => ({
  downloads: [],
}));

const KEPT_MAX = 8;

/** Keeps the list for one tab. Returns how to stop; what is ready stays on it. */
export function followDownloads(tab: LiveTab): () => void {
  return tab.onMessage((message) => {
    if (message.type !== "download") return;
    const { type: _, ...download } = message;
    const known = liveDownloadStore.getState().downloads.find(({ id }) => id === download.id);
    const wanted = known?.wanted ?? navigator.userActivation?.isActive ?? false;
    if (download.state === "failed" || download.state === "refused") {
      drop(download.id);
      showToast(whyNot(download));
      return;
    }
    const next: LiveDownload = { ...download, panelId: tab.panelId, wanted };
    put(next);
    if (download.state === "ready" && wanted) saveDownload(tab, next);
  });
}

/** Hands the file over to the browser, which asks the node for it once. */
export function saveDownload(tab: LiveTab, { id, name, path, receivedBytes }: LiveDownload): void {
  drop(id);
  void noteDownload({ name, mimeType: "application/octet-stream" }, async () => {
    const link = document.createElement("a");
    link.href = tab.fileUrl(path);
    link.download = name;
    link.rel = "noopener noreferrer";
    link.click();
    return receivedBytes;
  });
  showToast(`${name} is saved to your downloads`);
}

export function dropDownload(id: string): void {
  drop(id);
}

function put(download: LiveDownload): void {
  liveDownloadStore.setState(({ downloads }) => ({
    downloads: [...downloads.filter(({ id }) => id !== download.id), download].slice(-KEPT_MAX),
  }));
}

function drop(id: string): void {
  liveDownloadStore.setState(({ downloads }) => ({ downloads: downloads.filter((each) => each.id !== id) }));
}

function whyNot({ name, state, detail }: DownloadMessage): string {
  if (detail === "too-large") return `${name} is larger than a page may send here`;
  if (detail === "no-room") return `${name} did not arrive: the server has no room left for it just now`;
  if (detail === "too-many") return `${name} was refused: the page sends too many files at once`;
  return state === "failed" ? `${name} did not arrive` : `${name} was refused`;
}
