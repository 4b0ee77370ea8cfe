import { randomBytes } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { BrowserContext, CDPSession, Download } from "playwright-core";
import { safeFileName } from "#lib/core/live/safe-file-name.ts";
import { type ContextFiles, getContextFiles } from "#services/live/files/context-files.ts";
import { diskRoom } from "#services/live/files/disk-room.ts";
import type { TabHost, TabPart } from "#services/live/tab/tab-host.ts";

const RUNNING_MAX = 4;
const TELL_EVERY_MS = 250;
/** Chromium's own files grow while it writes. */
const DISK_SLACK = 8 * 1024 * 1024;
/** Begun by Chromium and claimed by no tab. */
const UNCLAIMED_MAX = 32;

interface Begun {
  guid: string;
  url: string;
  name: string;
}
interface Progress {
  guid: string;
  receivedBytes: number;
  totalBytes: number;
  state: "inProgress" | "completed" | "canceled";
}

interface ContextDownloads {
  /** The Chromium-side download a tab has just heard of. */
  claim(url: string, name: string): Promise<Begun>;
  watch(guid: string, listener: (progress: Progress) => void): () => void;
  cancel(guid: string): void;
  /** Bytes that lie in the folder and count against the context's room. */
  held: { bytes: number };
}

const byContext = new WeakMap<BrowserContext, Promise<ContextDownloads>>();

/** Chromium tells downloads to its browser, by context; which tab caused one, the tab itself knows. */
async function createContextDownloads(
  { context, cdp }: Pick<TabHost, "context" | "cdp">,
  files: ContextFiles,
): Promise<ContextDownloads> {
  const browser = context.browser();
  if (!browser) throw new Error("The context has no browser.");
  const { targetInfo } = await cdp.send("Target.getTargetInfo");
  const browserContextId = targetInfo.browserContextId ?? "";
  const session: CDPSession = await browser.newBrowserCDPSession();
  // It is the browser's, and would stay with it for as long as that runs.
  context.once("close", () => {
    session.detach().catch(() => {
      // The browser is gone, and the session with it.
    });
  });
  const unclaimed: Begun[] = [];
  const claims: { url: string; name: string; take(begun: Begun): void }[] = [];
  const listeners = new Map<string, (progress: Progress) => void>();
  const last = new Map<string, Progress>();

  session.on("Browser.downloadWillBegin", ({ guid, url, suggestedFilename: name }) => {
    const begun = { guid, url, name };
    const index = claims.findIndex((claim) => claim.url === url);
    const [claim] = index < 0 ? [] : claims.splice(index, 1);
    if (claim) claim.take(begun);
    else {
      unclaimed.push(begun);
      if (unclaimed.length > UNCLAIMED_MAX) unclaimed.shift();
    }
  });
  session.on("Browser.downloadProgress", (progress) => {
    last.set(progress.guid, progress);
    if (last.size > 2 * UNCLAIMED_MAX) last.delete([...last.keys()][0] ?? "");
    listeners.get(progress.guid)?.(progress);
  });
  await session.send("Browser.setDownloadBehavior", {
    behavior: "allowAndName",
    browserContextId,
    downloadPath: await files.folder(),
    eventsEnabled: true,
  });

  return {
    held: { bytes: 0 },
    claim(url, name) {
      const index = unclaimed.findIndex((begun) => begun.url === url);
      const [begun] = index < 0 ? [] : unclaimed.splice(index, 1);
      if (begun) return Promise.resolve(begun);
      return new Promise((take) => claims.push({ url, name, take }));
    },
    watch(guid, listener) {
      listeners.set(guid, listener);
      const known = last.get(guid);
      if (known) listener(known);
      return () => {
        listeners.delete(guid);
        last.delete(guid);
      };
    },
    cancel: (guid) =>
      void session.send("Browser.cancelDownload", { guid, browserContextId }).catch(() => {
        // It is over already.
      }),
  };
}

/** Files a page sends: received on the node, bounded, and offered to the visitor once each. */
export async function offerDownloads(host: TabHost): Promise<TabPart> {
  const { context, page, emit, ticket } = host;
  const { downloadBytesMax } = ticket.rights;
  const files = getContextFiles(context);
  let made = byContext.get(context);
  if (!made) {
    made = createContextDownloads(host, files);
    byContext.set(context, made);
    // Another tab may find room for the folder again.
    made.catch(() => byContext.delete(context));
  }
  const downloads = await made;
  const running = new Set<string>();

  async function follow(download: Download): Promise<void> {
    const { guid } = await downloads.claim(download.url(), download.suggestedFilename());
    const id = randomBytes(9).toString("base64url");
    const name = safeFileName(download.suggestedFilename());
    const file = { type: "download", id, name, path: "", detail: "" } as const;
    const allowed = downloadBytesMax - downloads.held.bytes;
    const onDisk = await diskRoom(await files.folder());
    const refuse = (detail: string, totalBytes: number) => {
      downloads.cancel(guid);
      emit({ ...file, state: "refused", receivedBytes: 0, totalBytes, detail });
    };
    if (running.size >= RUNNING_MAX) {
      refuse("too-many", 0);
      return;
    }
    running.add(guid);
    let toldAtMs = 0;
    let over = false;
    const stop = downloads.watch(guid, ({ receivedBytes, totalBytes, state }) => {
      if (over) return;
      const bytes = { receivedBytes, totalBytes: Math.max(totalBytes, receivedBytes) };
      if (bytes.totalBytes > Math.min(allowed, onDisk)) {
        end();
        refuse(bytes.totalBytes > allowed ? "too-large" : "no-room", bytes.totalBytes);
      } else if (state === "completed") {
        end();
        downloads.held.bytes += receivedBytes;
        void files.folder().then((folder) => {
          const path = files.offerDownload({
            path: join(folder, guid),
            name,
            mimeType: "application/octet-stream",
            onGone: () => {
              downloads.held.bytes -= receivedBytes;
            },
          });
          emit({ ...file, ...bytes, state: "ready", path });
        });
      } else if (state === "canceled") {
        end();
        void files.folder().then((folder) => rm(join(folder, guid), { force: true }));
        // Chromium says only that it ended: others may have taken the room there was.
        const detail = receivedBytes + DISK_SLACK > onDisk ? "no-room" : "";
        emit({ ...file, ...bytes, state: "failed", detail });
      } else if (Date.now() - toldAtMs > TELL_EVERY_MS) {
        toldAtMs = Date.now();
        emit({ ...file, ...bytes, state: "running" });
      }
    });
    function end(): void {
      over = true;
      running.delete(guid);
      // Called from within the first look, too, before `stop` is known.
      queueMicrotask(() => stop());
    }
  }

  page.on("download", (download) => {
    follow(download).catch((error: unknown) => host.fail(error));
  });
  return {
    dispose() {
      for (const guid of running) downloads.cancel(guid);
    },
  };
}
