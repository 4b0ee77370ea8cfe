import type { FileChooser } from "playwright-core";
import { getQuestions } from "#services/live/features/questions.ts";
import { getContextFiles } from "#services/live/files/context-files.ts";
import type { TabHost, TabPart } from "#services/live/tab/tab-host.ts";

const CHOOSER_MS = 5_000;

/** The page wants files: the person is asked, uploads them, and the page gets them by their names. */
export function chooseFiles(host: TabHost): TabPart {
  const { page, ticket, context } = host;
  const questions = getQuestions(host);
  const files = getContextFiles(context);
  let withdrawal = new AbortController();

  async function choose(chooser: FileChooser): Promise<void> {
    // One at a time, as in any browser.
    withdrawal.abort();
    withdrawal = new AbortController();
    const { signal } = withdrawal;
    const accept = (await chooser.element().getAttribute("accept")) ?? "";
    const answer = await questions.ask(
      {
        kind: "files",
        multiple: chooser.isMultiple(),
        accept: accept.slice(0, 2000),
        bytesMax: ticket.rights.uploadBytesMax,
      },
      { signal },
    );
    if (answer?.kind !== "files") return;
    const paths = files.pathsOf(answer.uploads);
    const chosen = chooser.isMultiple() ? paths : paths.slice(0, 1);
    if (chosen.length > 0) await chooser.setFiles(chosen, { timeout: CHOOSER_MS });
  }

  page.on("filechooser", (chooser) => {
    choose(chooser).catch(() => {
      // The field went away before the files came.
    });
  });
  page.on("framenavigated", (frame) => frame === page.mainFrame() && withdrawal.abort());
  return {};
}
