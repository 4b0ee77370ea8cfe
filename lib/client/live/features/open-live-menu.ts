import { pageMenuEntries } from "#lib/client/commands/page-menu.ts";
import type { PagePoint } from "#lib/client/live/input/page-point.ts";
import type { LiveTab } from "#lib/client/live/live-tab.ts";
import { makeOfPage } from "#lib/client/live/make-pdf.ts";
import { type MenuEntry, type MenuRequest, openMenu } from "#lib/client/store/ui-store.ts";
import { isWebUrl } from "#lib/core/reading/link-target.ts";

/** Longer than this nobody waits for a menu: the page's own is shown without what lies under the pointer. */
const LOOK_MS = 800;

/** The menu for what lies at a place of a live page. A page that opens a menu of its own is left to it. */
export async function openLiveMenu(
  tab: LiveTab,
  { at, point, opener }: { at: MenuRequest["at"]; point: PagePoint; opener: Element | null },
): Promise<void> {
  const { panelId } = tab;
  const made = await Promise.race([
    makeOfPage(tab, "context", point),
    new Promise<null>((resolve) => setTimeout(() => resolve(null), LOOK_MS)),
  ]);
  const found = made?.kind === "context" ? made : null;
  if (found?.taken) return;
  const entry = (id: string, more: { url?: string; text?: string; label?: string } = {}): MenuEntry => {
    const { label, ...args } = more;
    return { type: "command", id, args: { panelId, ...args }, ...(label ? { label } : {}) };
  };
  const groups: MenuEntry[][] = [];
  if (found && isWebUrl(found.linkUrl)) {
    const { linkUrl: url } = found;
    groups.push([
      entry("page.openInNewTab", { url }),
      entry("page.openInBackground", { url }),
      entry("split.right", { url, label: "Open beside this page" }),
      entry("page.copyAddress", { url, label: "Copy link address" }),
    ]);
  }
  if (found?.imageUrl) {
    const address: MenuEntry[] = isWebUrl(found.imageUrl)
      ? [entry("page.copyAddress", { url: found.imageUrl, label: "Copy picture address" })]
      : [];
    groups.push([...address, entry("live.savePicture", { text: `${point.x} ${point.y}` })]);
  }
  if (found?.editable) groups.push([entry("live.cut"), entry("live.copy"), entry("live.paste")]);
  else if (found?.selection) groups.push([entry("live.copy")]);
  if (groups.length === 0) groups.push(pageMenuEntries(panelId));
  // In 3D there is no button over the page.
  if (tab.store.getState().page.fullscreen) groups.unshift([entry("live.exitFullscreen")]);
  groups.push([entry("live.viewSource"), entry("live.security")]);
  const entries = groups.flatMap((group, index): MenuEntry[] =>
    index === 0 ? group : [{ type: "separator" }, ...group],
  );
  openMenu({ label: "Page", entries, at, opener });
}
