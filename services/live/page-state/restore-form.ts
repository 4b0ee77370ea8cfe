import type { TabHost, TabPart } from "#services/live/tab/tab-host.ts";
import { getPageWorld } from "#services/live/world/page-world.ts";

/**
 * Remembers what was typed into the page as it stands now, and puts what was typed before the tab
 * was lost back into the page where that was, once its document is there.
 */
export async function restoreForm(host: TabHost): Promise<TabPart> {
  const { cdp, form } = host;
  if (!form) return {};
  const world = await getPageWorld(host);
  let wanted = form.state;

  world.listen((report, { isMain }) => {
    if (report.kind !== "form" || !isMain) return;
    const { url, fields } = report;
    form.state = fields.length > 0 ? { url, fields } : null;
  });
  cdp.on("Page.frameNavigated", ({ frame }) => {
    if (frame.parentId === undefined) form.state = wanted;
  });
  cdp.on("Page.domContentEventFired", async () => {
    const main = world.main();
    if (!wanted || !main) return;
    try {
      // Only the page that it was typed into is given it.
      if (await world.call(main, { name: "fillForm", args: [wanted] })) wanted = null;
    } catch {
      // The document went away, or is of a kind that has no world.
    }
  });
  return {};
}
