import { join } from "node:path";
import type { Browser, CDPSession } from "playwright-core";

const FOLDER = join(import.meta.dirname, "extensions");

/** Each id follows from the key in the extension's manifest, whose private half nobody has. */
const WATCHER_ID = "afnicdieohheofledgeaoemlnhkhbbpf";
const CAPTURER_ID = "gilplcchhehgkfcafggljhimeagejlfd";

export const WATCHER_URL = `chrome-extension://${WATCHER_ID}/page.html`;
export const CAPTURE_URL = `chrome-extension://${CAPTURER_ID}/page.html`;

/** What of Playwright's own switches is in the way: no tab would sound, and nothing could be captured. */
export const CAPTURE_HINDRANCES = ["--mute-audio", "--disable-extensions"];

/** Sound is made, as on a machine without a sound card: it is heard by clients alone, and no card of the node shows. */
export const CAPTURE_SWITCHES = [
  "--disable-audio-output",
  "--enable-unsafe-extension-debugging",
  `--allowlisted-extension-id=${CAPTURER_ID}`,
];

const loaded = new WeakMap<Browser, Promise<CDPSession>>();

/**
 * Puts the two extensions into a browser, once. Neither has a script in any page, nor anything that
 * a page can load, name or message. Resolves with a session of the browser's own.
 */
export function loadCaptureExtensions(browser: Browser): Promise<CDPSession> {
  let loading = loaded.get(browser);
  if (!loading) {
    loading = load(browser);
    loading.catch(() => loaded.delete(browser));
    loaded.set(browser, loading);
  }
  return loading;
}

async function load(browser: Browser): Promise<CDPSession> {
  const session = await browser.newBrowserCDPSession();
  const send = session.send as (method: string, params: object) => Promise<unknown>;
  for (const name of ["watcher", "capturer"])
    await send.call(session, "Extensions.loadUnpacked", {
      path: join(FOLDER, name),
      enableInIncognito: true,
    });
  return session;
}
