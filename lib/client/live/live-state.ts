import type { LiveTabState } from "#lib/client/live/live-tab.ts";
import type { LivePageState, LiveServerMessage } from "#lib/protocol/live-server-message.ts";
import type { LiveViewport } from "#lib/protocol/live-session.ts";

const NO_PAGE: LivePageState = {
  url: "",
  title: "",
  icon: "",
  loading: true,
  progress: 0,
  canGoBack: false,
  canGoForward: false,
  history: { index: 0, length: 0 },
  scroll: { x: 0, y: 0 },
  fullscreen: false,
  audible: false,
  security: { state: "none", issuer: "", subject: "", validTo: "", protocol: "" },
};

export function createLiveState(viewport: LiveViewport, zoom: number): LiveTabState {
  return {
    status: { kind: "connecting" },
    page: NO_PAGE,
    cursor: "default",
    field: null,
    trackers: null,
    sandboxed: null,
    picture: null,
    viewport,
    zoom,
    loadFailure: null,
    found: null,
    roundTripMs: null,
  };
}

/** What a message changes of what is known about its tab; how the tab stands with its node is decided elsewhere. */
export function applyMessage(state: LiveTabState, message: LiveServerMessage): LiveTabState {
  switch (message.type) {
    case "opened":
      return {
        ...state,
        sandboxed: message.sandboxed,
        // A tab opened anew knows nothing of the one before, and draws its empty page over it first.
        ...(message.resumed
          ? {}
          : { page: NO_PAGE, picture: null, loadFailure: null, field: null, trackers: null, found: null }),
      };
    case "state": {
      const page = { ...state.page, ...(message.state as Partial<LivePageState>) };
      const moved = page.url !== state.page.url;
      // News of a failure may come before that of the address that failed.
      const loadFailure = state.loadFailure?.url === page.url ? state.loadFailure : null;
      return { ...state, page, ...(moved ? { found: null, loadFailure } : {}) };
    }
    case "load-failed": {
      const { url, error } = message;
      return { ...state, loadFailure: { url, error }, page: { ...state.page, loading: false } };
    }
    case "cursor":
      return { ...state, cursor: message.cursor };
    case "field":
      return { ...state, field: message.field };
    case "found":
      return { ...state, found: { count: message.count, active: message.active } };
    case "trackers": {
      const { count, entities, strippedParameters } = message;
      return { ...state, trackers: { count, entities, strippedParameters } };
    }
    default:
      return state;
  }
}

/** Whether there is a page of the web behind the picture, which can be read and saved. */
export function isReadable({ status, page, loadFailure }: LiveTabState): boolean {
  return status.kind === "open" && loadFailure === null && /^https?:/.test(page.url);
}
