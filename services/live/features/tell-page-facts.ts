import type { TabHost, TabPart } from "#services/live/tab/tab-host.ts";
import { getPageWorld } from "#services/live/world/page-world.ts";

/** What only a script beside the page knows: pointer, focused field, scroll place, full screen. */
export async function tellPageFacts(host: TabHost): Promise<TabPart> {
  const { emit } = host;
  const world = await getPageWorld(host);

  world.listen((report, frame) => {
    switch (report.kind) {
      case "cursor":
        emit({ type: "cursor", cursor: report.cursor });
        return;
      case "field": {
        const { field } = report;
        if (!field || frame.isMain) {
          emit({ type: "field", field });
          return;
        }
        world
          .cornerOf(frame)
          .catch(() => ({ x: 0, y: 0 }))
          .then(({ x, y }) =>
            emit({
              type: "field",
              field: { ...field, rect: { ...field.rect, x: field.rect.x + x, y: field.rect.y + y } },
            }),
          );
        return;
      }
      case "scroll":
        if (frame.isMain) emit({ type: "state", state: { scroll: { x: report.x, y: report.y } } });
        return;
      case "fullscreen":
        emit({ type: "state", state: { fullscreen: report.on } });
    }
  });

  host.cdp.on("Page.frameNavigated", ({ frame }) => {
    if (frame.parentId !== undefined) return;
    emit({ type: "field", field: null });
    emit({ type: "state", state: { fullscreen: false, scroll: { x: 0, y: 0 } } });
  });

  return {
    handle(message) {
      if (message.type !== "exit-fullscreen") return;
      for (const frame of world.frames())
        world.call(frame, { name: "leaveFullscreen", args: [] }).catch(() => {
          // Gone, and its full screen with it.
        });
    },
  };
}
