import { targetShown } from "#lib/client/commands/target.ts";
import { chooseByHand } from "#lib/client/live/engine-choice.ts";
import { getLiveTab } from "#lib/client/live/live-tab.ts";
import { makePdf } from "#lib/client/live/make-pdf.ts";
import { showLive, showReader } from "#lib/client/pages/load-panel.ts";
import { updateSession } from "#lib/client/store/browser-store.ts";
import type { Command, CommandArgs } from "#lib/core/commands/registry.ts";
import { siteOf } from "#lib/core/library/site-settings.ts";
import { setMode } from "#lib/core/space/navigation.ts";

const PANEL = {
  name: "panelId",
  description: "The tab meant; the active one when absent",
  required: false,
} as const;

const shownBy = (args: CommandArgs) => targetShown(args)?.state.engine;
const liveTab = (args: CommandArgs) => getLiveTab(targetShown(args)?.id ?? "");

export const engineCommands: readonly Command[] = [
  {
    id: "page.engine.live",
    group: "Page",
    title: "Open live",
    aliases: ["live page", "browser tab", "run scripts", "javascript", "sign in"],
    shortcuts: [{ keys: "Alt+L" }],
    arguments: [PANEL],
    enabled: (args) => shownBy(args) === "reader" && siteOf(targetShown(args)?.state.url ?? "") !== null,
    run: (args) => {
      const id = targetShown(args)?.id ?? "";
      chooseByHand(id, "live");
      showLive(id);
    },
  },
  {
    id: "page.engine.reader",
    group: "Page",
    title: "Read this page",
    aliases: ["reader", "read in the reader", "leave live", "as a document"],
    shortcuts: [{ keys: "Alt+L" }],
    arguments: [PANEL],
    enabled: (args) => shownBy(args) === "live",
    run: (args) => {
      const id = targetShown(args)?.id ?? "";
      chooseByHand(id, "reader");
      showReader(id);
    },
  },
  {
    id: "page.deviceMode",
    group: "Page",
    title: (args) =>
      targetShown(args)?.state.mode === "mobile" ? "Show the desktop site" : "Show the mobile site",
    aliases: ["desktop mode", "mobile mode", "request desktop site", "phone"],
    arguments: [PANEL],
    enabled: (args) => shownBy(args) === "live",
    run: (args) => {
      const panel = targetShown(args);
      if (!panel) return;
      const mode = panel.state.mode === "mobile" ? "desktop" : "mobile";
      updateSession((session) => setMode(session, panel.id, mode));
    },
  },
  {
    id: "page.reloadHard",
    group: "Page",
    title: "Reload without the cache",
    aliases: ["hard reload", "force refresh"],
    shortcuts: [{ keys: "Mod+Shift+R" }],
    arguments: [PANEL],
    enabled: (args) => liveTab(args) !== undefined,
    run: (args) => liveTab(args)?.reload(true),
  },
  {
    id: "page.pdf",
    group: "Page",
    title: "Save page as PDF",
    aliases: ["print", "pdf", "save as"],
    shortcuts: [{ keys: "Mod+P" }],
    arguments: [PANEL],
    enabled: (args) => liveTab(args) !== undefined,
    run: (args) => {
      const tab = liveTab(args);
      if (tab) void makePdf(tab);
    },
  },
];
