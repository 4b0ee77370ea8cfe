import type { Browser, CDPSession } from "playwright-core";
import { getLog } from "#lib/node/log/log.ts";
import { within } from "#services/live/browser/within.ts";

const ASK_MS = 10_000;
const CLOSE_MS = 5_000;

/** One Chromium process tree. */
export interface BrowserGeneration {
  readonly browser: Browser;
  readonly version: string;
  /** Of the browser process; its children are its own. */
  readonly pid: number;
  readonly startedAtMs: number;
  /** Resolves when the process is gone, for whatever reason. */
  readonly gone: Promise<void>;
  /** Asks the process itself: a page's end may be told before its browser's. */
  isAlive(): Promise<boolean>;
  /** Ends it within a bound, by force when it does not listen. Never rejects. */
  close(): Promise<void>;
}

/** @throws when Chromium does not start. */
export async function startGeneration(launch: () => Promise<Browser>): Promise<BrowserGeneration> {
  const browser = await launch();
  const gone = new Promise<void>((resolve) => browser.once("disconnected", () => resolve()));
  let session: CDPSession;
  let pid: number;
  try {
    session = await within(browser.newBrowserCDPSession(), ASK_MS, "a browser's session");
    const { processInfo } = await within(
      session.send("SystemInfo.getProcessInfo"),
      ASK_MS,
      "a browser's process",
    );
    pid = processInfo.find(({ type }) => type === "browser")?.id ?? 0;
  } catch (error) {
    await within(browser.close(), CLOSE_MS, "closing a browser").catch(() => {
      // It is the first failure that tells what is wrong.
    });
    throw error;
  }
  return {
    browser,
    version: browser.version(),
    pid,
    startedAtMs: Date.now(),
    gone,
    isAlive: () =>
      within(session.send("Browser.getVersion"), ASK_MS, "a browser's answer").then(
        () => true,
        () => false,
      ),
    async close() {
      try {
        await within(browser.close(), CLOSE_MS, "closing a browser");
      } catch (error) {
        getLog().warn({ err: error }, "a browser did not close and is killed");
        if (pid > 0 && browser.isConnected()) kill(pid);
      }
    },
  };
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It ended between the two lines.
  }
}
