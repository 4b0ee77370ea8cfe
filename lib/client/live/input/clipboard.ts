import type { LiveTab } from "#lib/client/live/live-tab.ts";
import { showToast } from "#lib/client/store/ui-store.ts";

const ANSWER_MAX_MS = 4_000;

/**
 * Puts what is selected in the page onto the person's own clipboard. Must be called
 * within a key press or click: browsers let pages write only then. The answer is
 * promised to the clipboard at once and arrives a moment later.
 */
export async function copyFromPage(tab: LiveTab, cut: boolean): Promise<void> {
  const answer = new Promise<{ text: string; html: string } | null>((resolve) => {
    const timer = setTimeout(() => finish(null), ANSWER_MAX_MS);
    const stop = tab.onMessage((message) => message.type === "clipboard" && finish(message));
    function finish(value: { text: string; html: string } | null): void {
      clearTimeout(timer);
      stop();
      resolve(value);
    }
  });
  tab.send({ type: "copy", cut });
  const text = answer.then((copied) => copied?.text ?? "");
  try {
    const isEmpty = text.then((copied) => copied === "");
    if (typeof ClipboardItem === "function" && navigator.clipboard?.write) {
      const plain = text.then((copied) => {
        // An empty answer must not wipe what was copied before.
        if (copied === "") throw new DOMException("Nothing is selected", "AbortError");
        return new Blob([copied], { type: "text/plain" });
      });
      plain.catch(() => undefined);
      await navigator.clipboard.write([new ClipboardItem({ "text/plain": plain })]);
    } else if (!(await isEmpty)) await navigator.clipboard.writeText(await text);
  } catch {
    // Nothing was selected, or the browser said no; only the second needs a word.
    if ((await text) !== "") showToast("The browser did not allow copying");
  }
}
