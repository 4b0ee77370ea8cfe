import { openPage } from "#lib/client/commands/open-page.ts";
import { isLoading, targetPage, targetRead, targetShown, targetUrl } from "#lib/client/commands/target.ts";
import { cancelPanel, reloadPanel, traversePanel } from "#lib/client/pages/load-panel.ts";
import { showSavedCopy } from "#lib/client/pages/show-page.ts";
import { browserStore, getSession, updateSession } from "#lib/client/store/browser-store.ts";
import { settingsStore } from "#lib/client/store/settings-store.ts";
import { requestOmnibox, showToast, togglePopover, uiStore } from "#lib/client/store/ui-store.ts";
import type { Command, CommandArgs } from "#lib/core/commands/registry.ts";
import { stepZoom } from "#lib/core/reading/appearance.ts";
import { canGo, setZoom } from "#lib/core/space/navigation.ts";

function zoom(args: CommandArgs, next: (zoom: number) => number): void {
  const panel = targetPage(args);
  if (panel) updateSession((session) => setZoom(session, panel.id, next(panel.state.zoom)));
}

/** Address of the page that could not be fetched and is saved on this device, or null. */
function savedCopyUrl(args: CommandArgs): string | null {
  const view = browserStore.getState().views[targetPage(args)?.id ?? ""]?.view;
  return view?.status === "offline" && view.savedCopy ? view.url : null;
}

async function copy(text: string, said: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    showToast(said);
  } catch {
    // Refused by the browser, or plain http, where there is no clipboard.
    showToast("The browser did not allow copying");
  }
}

const PANEL = {
  name: "panelId",
  description: "The tab meant; the active one when absent",
  required: false,
} as const;
const URL_REQUIRED = {
  name: "url",
  description: "An address, or ? and the words of a search",
  required: true,
} as const;

export const pageCommands: readonly Command[] = [
  {
    id: "page.open",
    group: "Page",
    title: "Open address",
    arguments: [URL_REQUIRED, PANEL],
    run: ({ url = "", panelId }) => void openPage(url, { disposition: "current", panelId, typed: true }),
  },
  {
    id: "page.openInNewTab",
    group: "Page",
    title: "Open in new tab",
    arguments: [URL_REQUIRED, PANEL],
    run: ({ url = "", panelId }) => void openPage(url, { disposition: "new-tab", panelId }),
  },
  {
    id: "page.openInBackground",
    group: "Page",
    title: "Open in background tab",
    arguments: [URL_REQUIRED, PANEL],
    run: ({ url = "", panelId }) => void openPage(url, { disposition: "background-tab", panelId }),
  },
  {
    id: "page.openPrivately",
    group: "Page",
    title: "Open in private tab",
    arguments: [URL_REQUIRED, PANEL],
    run: ({ url = "", panelId }) => void openPage(url, { disposition: "new-tab", panelId, private: true }),
  },
  {
    id: "page.back",
    group: "Page",
    title: "Back",
    shortcuts: [
      { keys: "Alt+ArrowLeft", on: "other" },
      { keys: "Mod+[", on: "mac" },
    ],
    arguments: [PANEL],
    enabled: (args) => canGo(getSession(), targetPage(args)?.id ?? null, -1),
    run: (args) => traversePanel(targetPage(args)?.id ?? "", -1),
  },
  {
    id: "page.forward",
    group: "Page",
    title: "Forward",
    shortcuts: [
      { keys: "Alt+ArrowRight", on: "other" },
      { keys: "Mod+]", on: "mac" },
    ],
    arguments: [PANEL],
    enabled: (args) => canGo(getSession(), targetPage(args)?.id ?? null, 1),
    run: (args) => traversePanel(targetPage(args)?.id ?? "", 1),
  },
  {
    id: "page.go",
    group: "Page",
    title: ({ index = 0, ...args }) => {
      const entry = targetPage(args)?.state.entries[index];
      return entry?.title || entry?.url || "Go to page";
    },
    arguments: [{ name: "index", description: "Place in the tab's history, from 0", required: true }, PANEL],
    enabled: ({ index = -1, ...args }) => targetPage(args)?.state.entries[index] !== undefined,
    checked: ({ index, ...args }) => targetPage(args)?.state.index === index,
    run: ({ index = 0, ...args }) => {
      const panel = targetPage(args);
      if (panel) traversePanel(panel.id, index - panel.state.index);
    },
  },
  {
    id: "page.reload",
    group: "Page",
    title: "Reload",
    aliases: ["refresh"],
    shortcuts: [{ keys: "Mod+R" }, { keys: "F5" }],
    arguments: [PANEL],
    enabled: (args) => targetShown(args) !== undefined,
    run: (args) => reloadPanel(targetPage(args)?.id ?? ""),
  },
  {
    id: "page.stop",
    group: "Page",
    title: "Stop loading",
    shortcuts: [{ keys: "Escape" }],
    arguments: [PANEL],
    enabled: isLoading,
    run: (args) => cancelPanel(targetPage(args)?.id ?? ""),
  },
  {
    id: "page.openSaved",
    group: "Page",
    title: "Read the saved copy",
    aliases: ["offline"],
    arguments: [PANEL],
    enabled: (args) => savedCopyUrl(args) !== null,
    run: (args) => void showSavedCopy(targetPage(args)?.id ?? "", savedCopyUrl(args) ?? ""),
  },
  {
    id: "page.find",
    group: "Page",
    title: "Find in page",
    aliases: ["search in page"],
    shortcuts: [{ keys: "Mod+F" }],
    arguments: [PANEL],
    enabled: (args) => targetShown(args) !== undefined,
    run: (args) => uiStore.setState({ findPanelId: targetPage(args)?.id ?? null }),
  },
  {
    id: "page.appearance",
    group: "Page",
    title: "Appearance of text",
    aliases: ["font", "text size", "reader settings", "sepia"],
    shortcuts: [{ keys: "Alt+A" }],
    enabled: (args) => targetRead(args) !== undefined,
    run: () => togglePopover("appearance"),
  },
  {
    id: "page.outline",
    group: "Page",
    title: "Outline",
    aliases: ["contents", "table of contents"],
    shortcuts: [{ keys: "Alt+O" }],
    enabled: (args) => targetRead(args) !== undefined,
    run: () => togglePopover("outline"),
  },
  {
    id: "page.site",
    group: "Page",
    title: "About this page",
    aliases: ["site information", "trackers", "security", "tracker report"],
    shortcuts: [{ keys: "Alt+I" }],
    enabled: (args) => targetShown(args) !== undefined,
    run: () => togglePopover("site"),
  },
  {
    id: "page.zoomIn",
    group: "Page",
    title: "Zoom in",
    shortcuts: [{ keys: "Mod++" }, { keys: "Mod+=" }],
    enabled: (args) => targetPage(args) !== undefined,
    run: (args) => zoom(args, (now) => stepZoom(now, 1)),
  },
  {
    id: "page.zoomOut",
    group: "Page",
    title: "Zoom out",
    shortcuts: [{ keys: "Mod+-" }],
    enabled: (args) => targetPage(args) !== undefined,
    run: (args) => zoom(args, (now) => stepZoom(now, -1)),
  },
  {
    id: "page.zoomReset",
    group: "Page",
    title: "Actual size",
    aliases: ["reset zoom"],
    shortcuts: [{ keys: "Mod+0" }],
    enabled: (args) => targetPage(args) !== undefined,
    run: (args) => zoom(args, () => settingsStore.getState().defaultZoom),
  },
  {
    id: "page.copyAddress",
    group: "Page",
    title: "Copy address",
    aliases: ["copy link"],
    shortcuts: [{ keys: "Mod+Shift+C" }],
    arguments: [{ ...URL_REQUIRED, required: false }, PANEL],
    enabled: (args) => targetUrl(args) !== null,
    run: (args) => void copy(targetUrl(args) ?? "", "Address copied"),
  },
  {
    id: "page.copyQuiLink",
    group: "Page",
    title: "Copy link that opens in Qui",
    arguments: [PANEL],
    enabled: (args) => targetShown(args) !== undefined,
    run: (args) => {
      const url = targetShown(args)?.state.url ?? "";
      void copy(`${window.location.origin}/space?url=${encodeURIComponent(url)}`, "Link copied");
    },
  },
  {
    id: "page.share",
    group: "Page",
    title: "Share…",
    arguments: [PANEL],
    enabled: (args) => targetUrl(args) !== null && typeof navigator.share === "function",
    run: (args) => {
      // Rejects when the person changes their mind, which needs no word.
      navigator
        .share({ url: targetUrl(args) ?? "", title: targetPage(args)?.title ?? "" })
        .catch(() => undefined);
    },
  },
  {
    id: "page.openOutside",
    group: "Page",
    title: "Open outside Qui",
    aliases: ["open original"],
    arguments: [{ ...URL_REQUIRED, required: false }, PANEL],
    enabled: (args) => targetUrl(args) !== null,
    run: (args) => {
      window.open(targetUrl(args) ?? "", "_blank", "noopener,noreferrer");
    },
  },
  {
    id: "omnibox.focus",
    group: "Page",
    title: "Type an address",
    aliases: ["address bar", "search"],
    shortcuts: [{ keys: "Mod+L" }, { keys: "Mod+K" }, { keys: "Alt+D", on: "other" }],
    run: ({ text }) => requestOmnibox(text ?? null),
  },
];
