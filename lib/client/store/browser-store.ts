import { createStore } from "zustand/vanilla";
import { createId } from "#lib/client/store/create-id.ts";
import type { PageViewState } from "#lib/core/reading/page-view-state.ts";
import { createSession, findPagePanel, type Session } from "#lib/core/space/session.ts";
import type { PagePanel } from "#lib/protocol/space.ts";

/** A request on its way. `contacting` until Qui's server answers, `receiving` until the page is complete. */
export interface PanelLoad {
  url: string;
  startedAt: number;
  stage: "contacting" | "receiving";
}

export interface PanelView {
  /** What is drawn; null before the first page, as in a restored panel nobody has looked at yet. */
  view: PageViewState | null;
  load: PanelLoad | null;
  /** The person ended loading before there was anything to show. */
  stopped: boolean;
  /** Grows with every page shown, so that a view knows when to set its scroll anew. */
  shownCount: number;
}

export interface BrowserState {
  /** `starting` until the session is read back from this device. */
  status: "starting" | "ready";
  session: Session;
  views: Readonly<Record<string, PanelView>>;
  /** Panels looked at, newest first: the first few stay drawn, so that coming back to them is instant. */
  recent: readonly string[];
}

/** The one store of panels. Every view of the space reads it; only the functions beside it write it. */
export const browserStore = createStore<BrowserState>(() => ({
  status: "starting",
  session: createSession(createId()),
  views: {},
  recent: [],
}));

export const EMPTY_VIEW: PanelView = { view: null, load: null, stopped: false, shownCount: 0 };

const RECENT_MAX = 12;

export function getSession(): Session {
  return browserStore.getState().session;
}

/** Applies a pure change to the session; views of panels that are gone go with them. */
export function updateSession(change: (session: Session) => Session): void {
  const state = browserStore.getState();
  const session = change(state.session);
  if (session === state.session) return;
  const open = new Set(session.space.panels.map((panel) => panel.id));
  const gone = Object.keys(state.views).some((id) => !open.has(id));
  const views = gone
    ? Object.fromEntries(Object.entries(state.views).filter(([id]) => open.has(id)))
    : state.views;
  browserStore.setState({ session, views, recent: nextRecent(state.recent, session, open) });
}

function nextRecent(
  recent: readonly string[],
  session: Session,
  open: ReadonlySet<string>,
): readonly string[] {
  const { activeId } = session;
  if (recent[0] === activeId && recent.every((id) => open.has(id))) return recent;
  const others = recent.filter((id) => id !== activeId && open.has(id));
  return activeId === null ? others : [activeId, ...others].slice(0, RECENT_MAX);
}

export function updateView(panelId: string, change: (view: PanelView) => PanelView): void {
  const state = browserStore.getState();
  if (!state.session.space.panels.some((panel) => panel.id === panelId)) return;
  const view = change(state.views[panelId] ?? EMPTY_VIEW);
  browserStore.setState({ views: { ...state.views, [panelId]: view } });
}

export function getPagePanel(panelId: string | null): PagePanel | undefined {
  return findPagePanel(getSession(), panelId);
}
