import type { StoreApi } from "zustand/vanilla";
import { createFramePainter, type Drawn, type FramePainter } from "#lib/client/live/frames/frame-painter.ts";
import type { LiveTabInput, LiveTabState } from "#lib/client/live/live-tab.ts";

/** What a tab has drawn on its canvas, over all the connections it takes. */
export interface TabPicture {
  /** A connection begins, whose frames know nothing of those before. */
  begin(): void;
  /** Takes a binary message of a frame. */
  push(message: ArrayBuffer): void;
  /** The tab was opened anew: what stands on the canvas is not its page's. */
  forget(): void;
  /** News of the page came. One that looks like the empty one gives no frame of its own. */
  pageChanged(): void;
  /** Hears of each complete frame, once it stands on the canvas. */
  onDrawn(listener: (drawn: Drawn) => void): () => void;
  dispose(): void;
}

const DRAW_MS_MAX = 60_000;

/** Draws onto `canvas`, says so to the node, and enters the size of what is the page's in `store`. */
export function createTabPicture(
  canvas: HTMLCanvasElement,
  store: StoreApi<LiveTabState>,
  send: (message: LiveTabInput) => void,
): TabPicture {
  const listeners = new Set<(drawn: Drawn) => void>();
  let painter: FramePainter | null = null;
  let hasDrawn = false;

  /** What was drawn is the page's. Until its address has answered it is the empty one that the tab began with. */
  function show(): void {
    const { picture, page } = store.getState();
    if (page.url === "" && page.loading) return;
    const { width, height } = canvas;
    if (picture?.width !== width || picture.height !== height) store.setState({ picture: { width, height } });
  }

  return {
    begin() {
      painter?.dispose();
      const drawing = createFramePainter(canvas);
      painter = drawing;
      drawing.onDrawn((drawn) => {
        if (painter !== drawing) return;
        hasDrawn = true;
        show();
        const drawMs = Math.min(DRAW_MS_MAX, Math.max(0, drawn.drawMs));
        send({ type: "drawn", frame: drawn.frame, drawMs });
        for (const listener of listeners) listener(drawn);
      });
      drawing.onLost(() => send({ type: "refresh" }));
    },
    push: (message) => painter?.push(message),
    forget() {
      hasDrawn = false;
    },
    pageChanged() {
      if (hasDrawn && !store.getState().page.loading) show();
    },
    onDrawn(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dispose: () => painter?.dispose(),
  };
}
