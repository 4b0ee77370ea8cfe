import type { CDPSession } from "playwright-core";

interface PointerStep {
  kind: "move" | "down" | "up";
  x: number;
  y: number;
  modifiers: number;
}

export interface Drags {
  /** True when something is being dragged and the step moved it instead of the mouse. */
  takes(step: PointerStep): boolean;
  dispose(): void;
}

/**
 * Dragging within the page. Chromium would hand it to the operating system, which a
 * headless one has not: what is dragged is caught and carried by hand.
 */
export async function createDrags(cdp: CDPSession): Promise<Drags> {
  type DragData = Parameters<typeof sendDrag>[1]["data"];
  let dragged: DragData | null = null;
  let hasEntered = false;

  const ignore = (sent: Promise<unknown>) =>
    void sent.catch(() => {
      // The page is gone; its own event ends the tab.
    });

  cdp.on("Input.dragIntercepted", ({ data }) => {
    dragged = data;
    hasEntered = false;
  });
  await cdp.send("Input.setInterceptDrags", { enabled: true });

  return {
    takes({ kind, x, y, modifiers }) {
      if (!dragged) return false;
      const at = { x, y, data: dragged, modifiers };
      if (!hasEntered) ignore(sendDrag(cdp, { type: "dragEnter", ...at }));
      hasEntered = true;
      if (kind === "move") ignore(sendDrag(cdp, { type: "dragOver", ...at }));
      else if (kind === "up") {
        dragged = null;
        ignore(sendDrag(cdp, { type: "dragOver", ...at }));
        ignore(sendDrag(cdp, { type: "drop", ...at }));
        // Chromium still holds the button down, and lets `dragend` follow its release.
        return false;
      }
      return true;
    },
    dispose() {
      dragged = null;
    },
  };
}

type DragEvent = Parameters<CDPSession["send"]>[1] & {
  type: "dragEnter" | "dragOver" | "drop" | "dragCancel";
  x: number;
  y: number;
  modifiers: number;
  data: {
    items: { mimeType: string; data: string; title?: string; baseURL?: string }[];
    files?: string[];
    dragOperationsMask: number;
  };
};

function sendDrag(cdp: CDPSession, event: DragEvent): Promise<unknown> {
  return cdp.send("Input.dispatchDragEvent", event);
}
