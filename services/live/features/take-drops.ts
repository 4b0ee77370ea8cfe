import { modifierBits } from "#lib/core/live/modifier-bits.ts";
import { getContextFiles } from "#services/live/files/context-files.ts";
import { viewPoint } from "#services/live/input/view-point.ts";
import type { TabHost, TabPart } from "#services/live/tab/tab-host.ts";

/** Copy, link and move: whatever the page makes of it. */
const ANY_OPERATION = 1 | 2 | 16;

/** Text and files dragged from the visitor's device over the page. */
export function takeDrops({ cdp, context, getView }: TabHost): TabPart {
  const files = getContextFiles(context);
  let isOver = false;

  return {
    handle(message) {
      if (message.type !== "drop") return;
      const { kind, text, uploads, modifiers } = message;
      const at = viewPoint(getView(), message);
      const data = {
        items: text ? [{ mimeType: "text/plain", data: text }] : [],
        files: files.pathsOf(uploads),
        dragOperationsMask: ANY_OPERATION,
      };
      const send = (type: "dragEnter" | "dragOver" | "drop" | "dragCancel") =>
        void cdp
          .send("Input.dispatchDragEvent", { type, ...at, data, modifiers: modifierBits(modifiers) })
          .catch(() => {
            // The page is gone; its own event ends the tab.
          });
      if (kind === "leave") {
        isOver = false;
        send("dragCancel");
        return;
      }
      // What is dropped may differ from what was held over the page: files are known only then.
      if (!isOver || kind === "drop") send("dragEnter");
      send("dragOver");
      isOver = kind === "over";
      if (kind === "drop") send("drop");
    },
  };
}
