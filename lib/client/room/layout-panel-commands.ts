import { targetPanel } from "#lib/client/commands/target.ts";
import { gaze } from "#lib/client/room/layout-gaze.ts";
import {
  adjustPanel,
  isCovered,
  movePanelTo,
  toFront,
  toggleHeadLock,
} from "#lib/client/room/layout-panels.ts";
import { getSession } from "#lib/client/store/browser-store.ts";
import { viewStore } from "#lib/client/store/view-store.ts";
import type { Command, CommandArgs } from "#lib/core/commands/registry.ts";
import type { Shortcut } from "#lib/core/commands/shortcut.ts";
import {
  centrePose,
  stepCurvature,
  stepDistance,
  stepPlace,
  stepSize,
} from "#lib/core/layout/adjust-pose.ts";
import type { Panel, Pose } from "#lib/protocol/space.ts";

const PANEL = {
  name: "panelId",
  description: "The panel meant; the active one when absent",
  required: false,
} as const;
/** In the flat view nobody sees what these would change. */
export const inRoom = () => viewStore.getState().view !== "flat";

interface PanelCommand {
  id: string;
  title: Command["title"];
  aliases?: string[];
  shortcuts?: Shortcut[];
  run: (panel: Panel) => void;
}

function panelCommand({ id, run, ...rest }: PanelCommand): Command {
  return {
    id,
    group: "Room",
    arguments: [PANEL],
    enabled: (args) => inRoom() && targetPanel(args) !== undefined,
    run: (args) => {
      const panel = targetPanel(args);
      if (panel) run(panel);
    },
    ...rest,
  };
}

function moveCommand(name: string, step: { right?: number; up?: number }): Command {
  return panelCommand({
    id: `panel.move${name}`,
    title: `Move panel ${name.toLowerCase()}`,
    shortcuts: [{ keys: `Alt+Shift+Arrow${name}` }],
    run: (panel) => movePanelTo(panel, (pose) => stepPlace(pose, step)),
  });
}

const sizeSaid = ({ widthM }: Pose) => `${widthM.toFixed(2)} metres wide`;
const distanceSaid = ({ distanceM }: Pose) => `${distanceM.toFixed(2)} metres away`;
const curvatureSaid = ({ curvature }: Pose) =>
  curvature === 0 ? "Flat" : `Curved, ${Math.round(curvature * 100)} percent`;

const isLocked = (args: CommandArgs) => getSession().space.layout.headLockedId === targetPanel(args)?.id;

/** Placing one panel, step by step: what hands do by dragging, keys and voice do by these. */
export const panelCommands: readonly Command[] = [
  panelCommand({
    id: "panel.bigger",
    title: "Make panel larger",
    shortcuts: [{ keys: "Alt++" }, { keys: "Alt+=" }],
    run: (panel) => adjustPanel(panel, (pose) => stepSize(pose, 1), sizeSaid),
  }),
  panelCommand({
    id: "panel.smaller",
    title: "Make panel smaller",
    shortcuts: [{ keys: "Alt+-" }],
    run: (panel) => adjustPanel(panel, (pose) => stepSize(pose, -1), sizeSaid),
  }),
  panelCommand({
    id: "panel.nearer",
    title: "Bring panel nearer",
    aliases: ["closer"],
    shortcuts: [{ keys: "Alt+Shift+PageDown" }],
    run: (panel) => adjustPanel(panel, (pose) => stepDistance(pose, -1), distanceSaid),
  }),
  panelCommand({
    id: "panel.farther",
    title: "Push panel farther away",
    shortcuts: [{ keys: "Alt+Shift+PageUp" }],
    run: (panel) => adjustPanel(panel, (pose) => stepDistance(pose, 1), distanceSaid),
  }),
  panelCommand({
    id: "panel.curveMore",
    title: "Curve panel more",
    aliases: ["bend"],
    run: (panel) => adjustPanel(panel, (pose) => stepCurvature(pose, 1), curvatureSaid),
  }),
  panelCommand({
    id: "panel.curveLess",
    title: "Curve panel less",
    aliases: ["bend"],
    run: (panel) => adjustPanel(panel, (pose) => stepCurvature(pose, -1), curvatureSaid),
  }),
  panelCommand({
    id: "panel.flat",
    title: "Make panel flat",
    aliases: ["straighten"],
    run: (panel) => adjustPanel(panel, (pose) => ({ ...pose, curvature: 0 }), curvatureSaid),
  }),
  moveCommand("Left", { right: -1 }),
  moveCommand("Right", { right: 1 }),
  moveCommand("Up", { up: 1 }),
  moveCommand("Down", { up: -1 }),
  {
    ...panelCommand({
      id: "panel.headLock",
      title: "Keep panel in view",
      aliases: ["head lock", "pin to view", "follow my head"],
      run: toggleHeadLock,
    }),
    checked: isLocked,
  },
  {
    ...panelCommand({
      id: "layout.centre",
      title: "Bring panel in front of me",
      aliases: ["center"],
      run: (panel) => movePanelTo(panel, (pose) => centrePose(pose, ahead(panel))),
    }),
  },
  {
    ...panelCommand({ id: "layout.front", title: "Bring panel to the front", run: toFront }),
    enabled: (args) => {
      const panel = targetPanel(args);
      return inRoom() && panel !== undefined && isCovered(getSession(), panel);
    },
  },
];

/** A panel locked to the head has its own straight ahead. */
function ahead(panel: Panel): Pick<Pose, "azimuthDeg" | "elevationDeg"> {
  return getSession().space.layout.headLockedId === panel.id ? { azimuthDeg: 0, elevationDeg: 0 } : gaze;
}
