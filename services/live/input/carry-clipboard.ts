import { z } from "zod";
import type { TabHost, TabPart } from "#services/live/tab/tab-host.ts";
import { getPageWorld } from "#services/live/world/page-world.ts";

const copiedSchema = z.object({ text: z.string().max(500_000), html: z.string().max(500_000) });

/** Copy, cut and paste between the page and the visitor's device, past Chromium's own clipboard. */
export async function carryClipboardOver(host: TabHost): Promise<TabPart> {
  const world = await getPageWorld(host);
  const none = { type: "clipboard", text: "", html: "" } as const;

  world.listen((report) => {
    if (report.kind !== "copied") return;
    host.emit({ type: "clipboard", text: report.text, html: report.html, byPage: true });
  });

  return {
    handle(message) {
      if (message.type === "paste") {
        world.callFocused({ name: "paste", args: [message.text, message.html] }).catch(() => {
          // The page is gone or busy; what was to be pasted is still with the visitor.
        });
      } else if (message.type === "copy") {
        world
          .callFocused({ name: "copy", args: [message.cut] })
          .then((copied) => host.emit({ type: "clipboard", ...copiedSchema.parse(copied) }))
          .catch(() => host.emit(none));
      }
    },
  };
}
