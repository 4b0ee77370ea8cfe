import type { LiveTab } from "#lib/client/live/live-tab.ts";
import { showToast } from "#lib/client/store/ui-store.ts";

const ANSWER_MAX_MS = 4_000;

interface Copied {
  text: string;
  html: string;
}

/**
 * Puts what is selected in the page onto the person's own clipboard. Must be called
 * within a key press or click: browsers let pages write only then. The answer is
 * promised to the clipboard at once and arrives a moment later; its markup follows
 * where the browser still takes it, as only the answer says whether there is any.
 */
export async function copyFromPage(tab: LiveTab, cut: boolean): Promise<void> {
  const answer = new Promise<Copied | null>((resolve) => {
    const timer = setTimeout(() => finish(null), ANSWER_MAX_MS);
    const stop = tab.onMessage(
      (message) => message.type === "clipboard" && !message.byPage && finish(message),
    );
    function finish(value: Copied | null): void {
      clearTimeout(timer);
      stop();
      resolve(value);
    }
  });
  tab.send({ type: "copy", cut });
  const text = answer.then((copied) => copied?.text ?? "");
  try {
    if (canPromise()) {
      const plain = text.then((copied) => {
        // An empty answer must not wipe what was copied before.
        if (copied === "") throw new DOMException("Nothing is selected", "AbortError");
        return new Blob([copied], { type: "text/plain" });
      });
      plain.catch(() => undefined);
      await navigator.clipboard.write([new ClipboardItem({ "text/plain": plain })]);
      const copied = await answer;
      if (copied?.html) await writeRich(copied);
    } else if ((await text) !== "") await navigator.clipboard.writeText(await text);
  } catch {
    // Nothing was selected, or the browser said no; only the second needs a word.
    if ((await text) !== "") showToast("The browser did not allow copying");
  }
}

/** By panel: what a page offered when no press of the person's counted any more. */
const offered = new Map<string, Copied>();

/**
 * What a page's own button or shortcut copied goes onto the person's clipboard while the press on it
 * still counts. A browser that will not have it so late is asked again, by a press on the word about it.
 */
export async function takeCopy({ panelId }: LiveTab, copied: Copied): Promise<void> {
  if (!copied.text && !copied.html) return;
  try {
    if (!navigator.userActivation?.isActive) throw new DOMException("Nobody pressed", "NotAllowedError");
    await writeBoth(copied);
    offered.delete(panelId);
  } catch {
    // Too late for this browser: nothing is written without a press.
    offered.set(panelId, copied);
    showToast("The page offers something to copy", {
      label: "Copy",
      command: "live.takeCopy",
      args: { panelId },
    });
  }
}

export const hasOffered = ({ panelId }: LiveTab) => offered.has(panelId);

/** Copies what the page offered last. Must be called within a key press or click. */
export async function copyOffered({ panelId }: LiveTab): Promise<void> {
  const copied = offered.get(panelId);
  offered.delete(panelId);
  try {
    if (copied) await writeBoth(copied);
  } catch {
    // The browser keeps its clipboard to itself, press or not.
    showToast("The browser did not allow copying");
  }
}

async function writeBoth(copied: Copied): Promise<void> {
  if (copied.text) await navigator.clipboard.writeText(copied.text);
  if (copied.html) await writeRich(copied);
}

/** Where markup is refused the plain text, written before, stays. */
async function writeRich({ text, html }: Copied): Promise<void> {
  if (!canPromise()) return;
  const blob = (type: string, content: string) => new Blob([content], { type });
  const item = { "text/plain": blob("text/plain", text), "text/html": blob("text/html", html) };
  await navigator.clipboard.write([new ClipboardItem(item)]).catch(() => {
    // This browser takes no markup, or the press is too long ago.
  });
}

const canPromise = () => typeof ClipboardItem === "function" && Boolean(navigator.clipboard?.write);
