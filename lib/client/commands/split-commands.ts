import { keepVisibleScrolls, openPage } from "#lib/client/commands/open-page.ts";
import { loadVisible, showPanel } from "#lib/client/commands/tab-commands.ts";
import { targetPanel } from "#lib/client/commands/target.ts";
import { getSession, updateSession } from "#lib/client/store/browser-store.ts";
import { createId } from "#lib/client/store/create-id.ts";
import { requestOmnibox } from "#lib/client/store/ui-store.ts";
import { PHONE_QUERY } from "#lib/client/store/use-media-query.ts";
import type { Command, CommandArgs } from "#lib/core/commands/registry.ts";
import { findPanel, findSplit, visiblePanelIds } from "#lib/core/space/session.ts";
import { canSplit, dissolveSplit, splitWith, swapInSplit, unsplit } from "#lib/core/space/splits.ts";

/** A phone shows one panel at a time. Nobody knows on the server, which draws the frame for wider screens. */
function hasRoom(): boolean {
  return typeof matchMedia === "undefined" || !matchMedia(PHONE_QUERY).matches;
}

function splitOf(args: CommandArgs) {
  return findSplit(getSession(), targetPanel(args)?.id ?? "");
}

function placeIn(args: CommandArgs): number {
  return splitOf(args)?.panels.indexOf(targetPanel(args)?.id ?? "") ?? -1;
}

export const splitCommands: readonly Command[] = [
  {
    id: "split.right",
    group: "Split",
    title: "Split right",
    aliases: ["side by side", "split view", "split"],
    shortcuts: [{ keys: "Mod+\\" }, { keys: "Alt+S" }],
    arguments: [{ name: "url", description: "What to open beside; a new tab when absent", required: false }],
    enabled: (args) => hasRoom() && canSplit(getSession(), targetPanel(args)?.id ?? ""),
    run: ({ url = "", panelId }) => {
      openPage(url, { disposition: "split", panelId });
      if (url === "") requestOmnibox();
    },
  },
  {
    id: "split.with",
    group: "Split",
    title: "Show beside the current tab",
    arguments: [{ name: "panelId", description: "The tab to show beside the active one", required: true }],
    enabled: ({ panelId = "" }) => {
      const session = getSession();
      const other = findPanel(session, panelId);
      const isElsewhere = !visiblePanelIds(session).includes(panelId);
      return hasRoom() && other?.pinned === false && isElsewhere && canSplit(session, session.activeId ?? "");
    },
    run: ({ panelId = "" }) => {
      keepVisibleScrolls();
      const id = getSession().activeId ?? "";
      updateSession((session) =>
        splitWith(session, { id, otherId: panelId, side: "right", splitId: createId() }),
      );
      loadVisible();
    },
  },
  {
    id: "split.leave",
    group: "Split",
    title: "Take out of split",
    enabled: (args) => splitOf(args) !== undefined,
    run: (args) => {
      keepVisibleScrolls();
      updateSession((session) => unsplit(session, targetPanel(args)?.id ?? ""));
    },
  },
  {
    id: "split.dissolve",
    group: "Split",
    title: "End split",
    aliases: ["unsplit"],
    enabled: (args) => splitOf(args) !== undefined,
    run: (args) => {
      keepVisibleScrolls();
      updateSession((session) => dissolveSplit(session, splitOf(args)?.id ?? ""));
    },
  },
  {
    id: "split.swapLeft",
    group: "Split",
    title: "Move left in split",
    enabled: (args) => placeIn(args) > 0,
    run: (args) => updateSession((session) => swapInSplit(session, targetPanel(args)?.id ?? "", -1)),
  },
  {
    id: "split.swapRight",
    group: "Split",
    title: "Move right in split",
    enabled: (args) => placeIn(args) >= 0 && placeIn(args) < (splitOf(args)?.panels.length ?? 0) - 1,
    run: (args) => updateSession((session) => swapInSplit(session, targetPanel(args)?.id ?? "", 1)),
  },
  {
    id: "split.focusNext",
    group: "Split",
    title: "Go to the other side",
    shortcuts: [{ keys: "Alt+X" }],
    enabled: () => visiblePanelIds(getSession()).length > 1,
    run: () => {
      const session = getSession();
      const ids = visiblePanelIds(session);
      showPanel(ids[(ids.indexOf(session.activeId ?? "") + 1) % ids.length] ?? "");
    },
  },
];
