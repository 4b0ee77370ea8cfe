import { describeAddress, editableAddress, searchUrl } from "#lib/core/omnibox/describe-address.ts";
import { adviseOnFailure, type FailureStep } from "#lib/core/reading/failure-advice.ts";
import { displayUrl, hostOf } from "#lib/core/reading/link-target.ts";
import type { PageViewState } from "#lib/core/reading/page-view-state.ts";
import type { Block, Document } from "#lib/protocol/document.ts";

/** What a panel is in that has no page to show. */
export type PanelState =
  | Exclude<PageViewState, { status: "ready" }>
  | { status: "stopped"; url: string }
  | { status: "blank"; isPrivate: boolean };

const own = new WeakSet<Document>();

/** Whether a document was made here, so that its links may name commands. Copies are not. */
export function isOwnDocument(document: Document): boolean {
  return own.has(document);
}

/**
 * Loading, failed, offline, stopped and new-tab panels as documents, in the words
 * of the flat view, so that whatever draws documents can draw them. What they
 * offer are links of the form `qui:command/<id>?url=…`.
 */
export function documentForState(state: PageViewState | PanelState): Document {
  switch (state.status) {
    case "ready":
      return state.page.document;
    case "blank":
      return blank(state.isPrivate);
    case "stopped":
      return stopped(state.url);
    case "loading":
      return make(`Waiting for ${hostOf(state.url) || "an answer"}`, state.url, [
        actions([["Cancel", "page.stop"]]),
      ]);
    case "failed":
      return failed(state.url, state.error);
    case "offline":
      return offline(state.url, state.savedCopy);
  }
}

type Action = [label: string, commandId: string, args?: Record<string, string>];
type Part = string | { small: string } | { actions: Action[] };

function failed(
  url: string,
  error: { code: Parameters<typeof adviseOnFailure>[0]; message: string; requestId: string },
) {
  const advice = adviseOnFailure(error.code, url);
  const leaves = advice.steps.some(({ does }) => does === "leave");
  return make(advice.title, url, [
    displayUrl(url),
    error.message,
    advice.reassurance ?? "",
    actions(advice.steps.map((step) => actionOf(step, url)).filter((action) => action !== null)),
    leaves ? "Outside Qui the site sees your device and its trackers run." : "",
    error.requestId ? { small: `Request ${error.requestId}` } : "",
  ]);
}

function actionOf(step: FailureStep, url: string): Action | null {
  if (step.does === "retry") return [step.label, "page.reload"];
  if (step.does === "leave") return [step.label, "page.openOutside", { url: step.href }];
  switch (step.action.type) {
    case "edit-address":
      return [step.label, "omnibox.focus", { text: editableAddress(url) }];
    case "search":
      return [step.label, "page.open", { url: searchUrl(step.action.query) }];
    case "open-start-page":
      return [step.label, "page.open", { url: step.action.url }];
    default:
      return null;
  }
}

function offline(url: string, hasSavedCopy: boolean): Document {
  const saved: Action = ["Read the saved copy", "page.openSaved", { url }];
  return make("You are offline", url, [
    displayUrl(url),
    hasSavedCopy
      ? "This page is saved on this device. You can read that copy now."
      : "This page is not saved on this device. It opens as soon as you are connected again; pages you saved still open.",
    actions([...(hasSavedCopy ? [saved] : []), ["Try again", "page.reload"]]),
  ]);
}

function stopped(url: string): Document {
  const what = url ? describeAddress(url).main : "the page";
  return make("Loading was stopped", url, [
    `Nothing of ${what} has been shown.`,
    actions([["Load it again", "page.reload"]]),
  ]);
}

function blank(isPrivate: boolean): Document {
  const start: Action = ["Type an address", "omnibox.focus"];
  if (isPrivate) {
    return make("Private tab", "private", [
      "What you open here is not kept on this device: no history, nothing to reopen, gone when the tab closes. Qui’s server still fetches the pages, and the sites still see that server.",
      actions([start]),
    ]);
  }
  return make("Where to?", "blank", [
    "Type an address, something to search for, or a command.",
    actions([start]),
  ]);
}

function actions(list: Action[]): Part {
  return { actions: list };
}

/** The ids follow from the place, so that the same state is the same document when it is made again. */
function make(title: string, about: string, parts: readonly Part[]): Document {
  const id = `state-${title}-${about}`;
  const blocks = parts.filter(Boolean).map((part, index) => toBlock(part, `${id}-${index}`));
  const document: Document = {
    id,
    kind: "text",
    source: { url: "", finalUrl: "", canonicalUrl: null, fetchedAt: new Date(0).toISOString() },
    title,
    byline: null,
    siteName: null,
    lang: "en",
    dir: "ltr",
    publishedAt: null,
    excerpt: null,
    wordCount: 0,
    blocks,
  };
  own.add(document);
  return document;
}

function toBlock(part: Part, id: string): Block {
  if (typeof part === "string") return { id, type: "paragraph", runs: [{ text: part }] };
  if ("small" in part) return { id, type: "paragraph", runs: [{ text: part.small, marks: ["code"] }] };
  const runs = part.actions.map(([text, command, args]) => {
    const query = args ? `?${new URLSearchParams(args)}` : "";
    return { text, href: `qui:command/${command}${query}` };
  });
  return { id, type: "paragraph", runs };
}
