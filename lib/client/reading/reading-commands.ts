import { openPage } from "#lib/client/commands/open-page.ts";
import { commands } from "#lib/client/commands/registry.ts";
import { targetPage } from "#lib/client/commands/target.ts";
import { getViewHandle } from "#lib/client/pages/view-handles.ts";
import { copyText } from "#lib/client/reading/clipboard.ts";
import { getCurrentFind, openFind } from "#lib/client/reading/find-session.ts";
import type { PageViewHandle } from "#lib/client/reading/page-view-handle.ts";
import { saveFile } from "#lib/client/reading/save-file.ts";
import { browserStore } from "#lib/client/store/browser-store.ts";
import { showToast } from "#lib/client/store/ui-store.ts";
import type { Command, CommandArgs } from "#lib/core/commands/registry.ts";
import { searchUrl } from "#lib/core/omnibox/describe-address.ts";
import { indexDocument } from "#lib/core/reading/block-index.ts";
import { formatQuoteWithSource } from "#lib/core/reading/quote-source.ts";
import type { Page, PageMedia } from "#lib/protocol/pages.ts";

const PANEL = {
  name: "panelId",
  description: "The tab meant; the active one when absent",
  required: false,
} as const;
const PICTURE = { name: "text", description: "The id of the picture's block", required: true } as const;
const TEXT = {
  name: "text",
  description: "The words meant; the selected ones when absent",
  required: false,
} as const;

interface OpenPageView {
  handle: PageViewHandle;
  page: Page;
}

function viewOf(args: CommandArgs): OpenPageView | undefined {
  const id = targetPage(args)?.id ?? "";
  const handle = getViewHandle(id);
  const view = browserStore.getState().views[id]?.view;
  return handle && view?.status === "ready" ? { handle, page: view.page } : undefined;
}

const isOpen = (args: CommandArgs): boolean => viewOf(args) !== undefined;
const hasWords = (args: CommandArgs): boolean => wordsOf(args) !== "";

/** The words a command about a selection means, on one line. */
function wordsOf(args: CommandArgs): string {
  return (args.text ?? selectedText(args)).replace(/\s+/g, " ").trim();
}

/** What is selected in the document, or, where a page is drawn without one, in the panel meant. */
function selectedText(args: CommandArgs): string {
  const inDocument = window.getSelection()?.toString() ?? "";
  if (inDocument) return inDocument;
  const citations = getViewHandle(targetPage(args)?.id ?? "")?.getSelection() ?? [];
  return citations.map(({ quote }) => quote).join("\n\n");
}

function pictureOf(args: CommandArgs): PageMedia | undefined {
  const page = viewOf(args)?.page;
  const block = page && indexDocument(page.document).byId.get(args.text ?? "")?.block;
  return block?.type === "image" ? page?.media.find(({ id }) => id === block.media) : undefined;
}

/** Wanted rarely, so loaded when it is; without a connection that can fail. */
function withExports(args: CommandArgs, run: (page: Page, exports: Exports) => void): void {
  const page = viewOf(args)?.page;
  if (!page) return;
  Promise.all([
    import("#lib/core/reading/export-markdown.ts"),
    import("#lib/core/reading/export-text.ts"),
  ]).then(
    ([markdown, text]) => run(page, { ...markdown, ...text }),
    () => showToast("Saving could not be prepared. Try again when you are connected."),
  );
}

type Exports = typeof import("#lib/core/reading/export-markdown.ts") &
  typeof import("#lib/core/reading/export-text.ts");

async function copy(text: string, said: string): Promise<void> {
  showToast((await copyText(text)) ? said : "The browser did not allow copying");
}

const readingCommands: readonly Command[] = [
  {
    id: "page.print",
    group: "Page",
    title: "Print…",
    shortcuts: [{ keys: "Mod+P" }],
    arguments: [PANEL],
    enabled: isOpen,
    run: (args) => viewOf(args)?.handle.print(),
  },
  {
    id: "page.saveMarkdown",
    group: "Page",
    title: "Save as Markdown",
    aliases: ["export", "download", "save as"],
    arguments: [PANEL],
    enabled: isOpen,
    run: (args) =>
      withExports(args, (page, { exportMarkdown, suggestFileName }) =>
        saveFile(suggestFileName(page.document, "md"), exportMarkdown(page), "text/markdown"),
      ),
  },
  {
    id: "page.saveText",
    group: "Page",
    title: "Save as plain text",
    aliases: ["export", "download", "save as"],
    arguments: [PANEL],
    enabled: isOpen,
    run: (args) =>
      withExports(args, ({ document }, { exportText, suggestFileName }) =>
        saveFile(suggestFileName(document, "txt"), exportText(document), "text/plain"),
      ),
  },
  {
    id: "page.copyMarkdown",
    group: "Page",
    title: "Copy page as Markdown",
    arguments: [PANEL],
    enabled: isOpen,
    run: (args) =>
      withExports(args, (page, { exportMarkdown }) => {
        void copy(exportMarkdown(page), "Page copied as Markdown");
      }),
  },
  {
    id: "find.next",
    group: "Page",
    title: "Find next",
    shortcuts: [{ keys: "Mod+G" }, { keys: "F3" }],
    enabled: () => getCurrentFind() !== null,
    run: () => getCurrentFind()?.step(1),
  },
  {
    id: "find.previous",
    group: "Page",
    title: "Find previous",
    shortcuts: [{ keys: "Mod+Shift+G" }, { keys: "Shift+F3" }],
    enabled: () => getCurrentFind() !== null,
    run: () => getCurrentFind()?.step(-1),
  },
  {
    id: "selection.copy",
    group: "Page",
    title: "Copy",
    arguments: [PANEL],
    enabled: (args) => selectedText(args).trim() !== "",
    run: (args) => void copy(selectedText(args), "Copied"),
  },
  {
    id: "selection.copyWithSource",
    group: "Page",
    title: "Copy quote with source",
    aliases: ["cite", "quote"],
    shortcuts: [{ keys: "Alt+C" }],
    arguments: [PANEL],
    enabled: (args) => isOpen(args) && selectedText(args).trim() !== "",
    run: (args) => {
      const view = viewOf(args);
      const quote = selectedText(args);
      if (view) void copy(formatQuoteWithSource(quote, view.page.document), "Quote copied with its source");
    },
  },
  {
    id: "selection.search",
    group: "Page",
    title: (args) => `Search for “${shorten(wordsOf(args))}”`,
    arguments: [TEXT, PANEL],
    enabled: hasWords,
    run: (args) => void openPage(searchUrl(wordsOf(args)), { disposition: "new-tab", panelId: args.panelId }),
  },
  {
    id: "selection.find",
    group: "Page",
    title: "Find more on this page",
    arguments: [TEXT, PANEL],
    enabled: (args) => isOpen(args) && hasWords(args),
    run: (args) => {
      const panelId = targetPage(args)?.id;
      if (panelId) openFind(panelId, wordsOf(args));
    },
  },
  {
    id: "picture.enlarge",
    group: "Page",
    title: "View picture larger",
    arguments: [PICTURE, PANEL],
    enabled: (args) => pictureOf(args) !== undefined,
    run: (args) => viewOf(args)?.handle.enlarge(args.text ?? ""),
  },
  {
    id: "picture.save",
    group: "Page",
    title: "Save picture",
    arguments: [PICTURE, PANEL],
    enabled: (args) => pictureOf(args) !== undefined,
    run: (args) => {
      const picture = pictureOf(args);
      if (picture) saveFile(fileNameOf(picture.url), picture.src);
    },
  },
];

function shorten(words: string): string {
  return words.length > 30 ? `${words.slice(0, 29).trimEnd()}…` : words;
}

function fileNameOf(url: string): string {
  return decodeURIComponent(URL.parse(url)?.pathname.split("/").at(-1) || "picture");
}

let isRegistered = false;

/** Idempotent; called when the first page is drawn. */
export function registerReadingCommands(): void {
  if (isRegistered) return;
  isRegistered = true;
  commands.register(readingCommands);
}
