import { originLabel } from "#lib/core/live/origin-label.ts";
import { getQuestions } from "#services/live/features/questions.ts";
import type { TabHost, TabPart } from "#services/live/tab/tab-host.ts";

const MESSAGE_MAX = 5_000;
/** In a row and without anything else between them: after that a page's dialogs answer themselves for a while. */
const IN_A_ROW_MAX = 8;
const ROW_MS = 10_000;

/**
 * alert, confirm, prompt and the word before leaving. The page stands still until
 * one is answered, as it does in any browser.
 */
export function showDialogs(host: TabHost): TabPart {
  const { cdp, page } = host;
  const questions = getQuestions(host);
  let row = { since: 0, count: 0 };
  let withdrawal = new AbortController();

  // Without a listener the library would dismiss every dialog by itself.
  page.on("dialog", () => {});

  cdp.on("Page.javascriptDialogOpening", ({ url, message, type, defaultPrompt }) => {
    if (Date.now() - row.since > ROW_MS) row = { since: Date.now(), count: 0 };
    row.count += 1;
    const close = (accept: boolean, promptText?: string) =>
      void cdp
        .send("Page.handleJavaScriptDialog", { accept, ...(promptText === undefined ? {} : { promptText }) })
        .catch(() => {
          // It is closed already, by the page's end or by another road.
        });
    if (row.count > IN_A_ROW_MAX) {
      close(type === "beforeunload");
      return;
    }
    withdrawal = new AbortController();
    const { signal } = withdrawal;
    void questions
      .ask(
        {
          kind: "dialog",
          dialog: type,
          origin: originLabel(url),
          message: message.slice(0, MESSAGE_MAX),
          value: (defaultPrompt ?? "").slice(0, MESSAGE_MAX),
        },
        { signal },
      )
      .then((answer) => {
        if (signal.aborted) return;
        close(
          answer?.kind === "accept",
          answer?.kind === "accept" && type === "prompt" ? (answer.text ?? "") : undefined,
        );
      });
  });
  cdp.on("Page.javascriptDialogClosed", () => withdrawal.abort());
  return {};
}
