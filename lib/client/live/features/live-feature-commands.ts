import { commands } from "#lib/client/commands/registry.ts";
import { targetShown } from "#lib/client/commands/target.ts";
import { liveFeatureStore } from "#lib/client/live/features/live-feature-store.ts";
import { copyFromPage, copyOffered, hasOffered } from "#lib/client/live/input/clipboard.ts";
import { getLiveTab, type LiveTab } from "#lib/client/live/live-tab.ts";
import { makeOfPage } from "#lib/client/live/make-pdf.ts";
import { showToast } from "#lib/client/store/ui-store.ts";
import type { Command, CommandArgs } from "#lib/core/commands/registry.ts";

const PANEL = {
  name: "panelId",
  description: "The live tab meant; the active one when absent",
  required: false,
} as const;
const PLACE = {
  name: "text",
  description: "The place on the page, `x y` in CSS pixels",
  required: true,
} as const;

const liveTab = (args: CommandArgs) => getLiveTab(targetShown(args)?.id ?? "");
const isOpen = (args: CommandArgs) => liveTab(args)?.store.getState().status.kind === "open";

function command(
  fields: Pick<Command, "id" | "title"> & Partial<Command>,
  run: (tab: LiveTab, args: CommandArgs) => unknown,
): Command {
  return {
    group: "Page",
    arguments: [PANEL],
    enabled: isOpen,
    ...fields,
    run(args) {
      const tab = liveTab(args);
      if (tab) void run(tab, args);
    },
  };
}

const liveFeatureCommands: readonly Command[] = [
  command({ id: "live.copy", title: "Copy" }, (tab) => copyFromPage(tab, false)),
  command({ id: "live.cut", title: "Cut" }, (tab) => copyFromPage(tab, true)),
  command({ id: "live.paste", title: "Paste" }, pasteIntoPage),
  command(
    {
      id: "live.takeCopy",
      title: "Copy what the page offers",
      enabled: (args) => {
        const tab = liveTab(args);
        return tab !== undefined && hasOffered(tab);
      },
    },
    copyOffered,
  ),
  command({ id: "live.savePicture", title: "Save picture", arguments: [PANEL, PLACE] }, savePicture),
  command({ id: "live.viewSource", title: "View page source", aliases: ["html"] }, viewSource),
  command({ id: "live.security", title: "Connection and certificate", aliases: ["tls", "https"] }, (tab) =>
    liveFeatureStore.setState({ securityPanelId: tab.panelId }),
  ),
  command(
    {
      id: "live.exitFullscreen",
      title: "Leave full screen",
      enabled: (args) => liveTab(args)?.store.getState().page.fullscreen === true,
    },
    (tab) => tab.send({ type: "exit-fullscreen" }),
  ),
];

let isRegistered = false;

/** Idempotent: they stay for the life of the window. */
export function registerLiveFeatureCommands(): void {
  if (isRegistered) return;
  isRegistered = true;
  commands.register(liveFeatureCommands);
}

async function pasteIntoPage(tab: LiveTab): Promise<void> {
  try {
    const text = await navigator.clipboard.readText();
    tab.send({ type: "paste", text: text.slice(0, 500_000), html: "" });
  } catch {
    // The browser or the person said no; the keys work without asking.
    showToast("The browser did not allow reading the clipboard. Try the keys instead.");
  }
}

async function savePicture(tab: LiveTab, { text = "" }: CommandArgs): Promise<void> {
  const [x = Number.NaN, y = Number.NaN] = text.split(" ").map(Number);
  const made = Number.isFinite(x + y) ? await makeOfPage(tab, "picture", { x, y }) : null;
  if (made?.kind !== "file") {
    showToast("The picture could not be saved");
    return;
  }
  const link = document.createElement("a");
  link.href = tab.fileUrl(made.path);
  link.download = made.name;
  link.rel = "noopener noreferrer";
  link.click();
}

async function viewSource(tab: LiveTab): Promise<void> {
  const made = await makeOfPage(tab, "source");
  if (made?.kind === "text") liveFeatureStore.setState({ source: { panelId: tab.panelId, text: made.text } });
  else showToast("The source could not be read");
}
