import type { PageViewState } from "#lib/core/reading/page-view-state.ts";
import { documentForState } from "#lib/core/reading/state-document.ts";
import type { Document } from "#lib/protocol/document.ts";
import type { Page } from "#lib/protocol/pages.ts";
import type { Panel } from "#lib/protocol/space.ts";

export type PanelContent = { page: Page } | { document: Document };

/** What is known of a panel's page: as in the store of panels, without what only a DOM view needs. */
export interface PanelContentState {
  view: PageViewState | null;
  stopped: boolean;
}

/** What a panel shows, in whatever state it is: always a document, so that it can always be read. */
export function panelContent(panel: Panel, { view, stopped }: PanelContentState): PanelContent {
  if (panel.kind !== "page") return { document: kindDocument(panel) };
  if (panel.state.index < 0)
    return { document: documentForState({ status: "blank", isPrivate: panel.private }) };
  if (stopped) return { document: documentForState({ status: "stopped", url: panel.state.url }) };
  if (view?.status === "ready") return { page: view.page };
  return {
    document: documentForState(view ?? { status: "loading", url: panel.state.url, startedAt: 0 }),
  };
}

const KINDS = {
  chat: ["Chat", "A conversation with a model."],
  dashboard: ["Dashboard", "Widgets that show live data."],
  quiz: ["Quiz", "Questions about what was read."],
} as const;

/** Panels that hold no page say what they are; the flat view opens them. */
function kindDocument({ id, kind, title }: Exclude<Panel, { kind: "page" }>): Document {
  const [name, words] = KINDS[kind];
  return {
    ...documentForState({ status: "blank", isPrivate: false }),
    id: `${kind}-${id}`,
    title: title || name,
    blocks: [
      {
        id: `${kind}-${id}-words`,
        type: "paragraph",
        runs: [{ text: `${words} It cannot be shown in the room yet: open it in the flat view.` }],
      },
    ],
  };
}
