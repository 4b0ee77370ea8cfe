import { z } from "zod";
import type { LiveTabMessage } from "#lib/protocol/live-client-message.ts";
import { getContextFiles } from "#services/live/files/context-files.ts";
import { keysArrived } from "#services/live/input/dispatch-keys.ts";
import type { TabHost, TabPart } from "#services/live/tab/tab-host.ts";
import { getPageWorld } from "#services/live/world/page-world.ts";

type PasteMessage = Extract<LiveTabMessage, { type: "paste" }>;

const copiedSchema = z.object({ text: z.string().max(500_000), html: z.string().max(500_000) });

/** Copy, cut and paste between the page and the visitor's device, past Chromium's own clipboard. */
export async function carryClipboardOver(host: TabHost): Promise<TabPart> {
  const world = await getPageWorld(host);
  const files = getContextFiles(host.context);
  const none = { type: "clipboard", text: "", html: "" } as const;

  world.listen((report) => {
    if (report.kind !== "copied") return;
    host.emit({ type: "clipboard", text: report.text, html: report.html, byPage: true });
  });

  /** Chromium itself puts files into a field that stands in no page, and the event of pasting takes them from there. */
  async function paste({ text, html, uploads = [] }: PasteMessage): Promise<void> {
    const frame = world.focusedFrame();
    if (!frame) return;
    const paths = files.pathsOf(uploads);
    if (paths.length > 0) {
      const { contextId } = frame;
      const { result } = await frame.session.send("Runtime.evaluate", {
        expression: 'qui.call("holdFiles", [])',
        contextId,
      });
      const { objectId } = result;
      if (objectId) await frame.session.send("DOM.setFileInputFiles", { files: paths, objectId });
    }
    await world.call(frame, { name: "paste", args: [text, html] });
  }

  return {
    handle(message) {
      if (message.type === "paste") {
        paste(message).catch(() => {
          // The page is gone or busy; what was to be pasted is still with the visitor.
        });
      } else if (message.type === "copy") {
        // What a key just selected is what is copied.
        keysArrived(host)
          .then(() => world.callFocused({ name: "copy", args: [message.cut] }))
          .then((copied) => host.emit({ type: "clipboard", ...copiedSchema.parse(copied) }))
          .catch(() => host.emit(none));
      }
    },
  };
}
