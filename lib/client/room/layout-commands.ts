import {
  apply,
  rearrange,
  remove,
  rename,
  replace,
  save,
  targetLayout,
} from "#lib/client/room/layout-named.ts";
import { inRoom, panelCommands } from "#lib/client/room/layout-panel-commands.ts";
import { canUndo, undoLast } from "#lib/client/room/layout-undo.ts";
import { requestRecentre } from "#lib/client/room/recentre.ts";
import { getSession, updateSession } from "#lib/client/store/browser-store.ts";
import { announce } from "#lib/client/store/ui-store.ts";
import type { Command, CommandArgs } from "#lib/core/commands/registry.ts";
import { PRESETS, type PresetName } from "#lib/core/layout/presets.ts";
import { applyPreset } from "#lib/core/space/pose-layouts.ts";
import { setFollow } from "#lib/core/space/poses.ts";

const LAYOUT = {
  name: "layoutId",
  description: "The saved layout meant; the one in use when absent",
  required: false,
} as const;
const NAME = { name: "text", description: "The layout’s name", required: false } as const;

const PRESET_TITLES: Readonly<Record<PresetName, string>> = {
  single: "Layout: one panel in front",
  trio: "Layout: three side by side",
  theatre: "Layout: theatre",
  desk: "Layout: desk",
  wall: "Layout: wall of eight",
  lyingDown: "Layout: lying down",
};

function presetCommand(name: PresetName): Command {
  return {
    id: `layout.preset.${name}`,
    group: "Room",
    title: PRESET_TITLES[name],
    aliases: ["arrange panels", "preset"],
    enabled: () => inRoom() && getSession().space.panels.length > 0,
    run: () =>
      rearrange(PRESET_TITLES[name].replace("Layout: ", "Panels set out: "), (session) =>
        applyPreset(session, name),
      ),
  };
}

/** Arranging panels around oneself, by menu, key, gesture or voice. */
export const layoutCommands: readonly Command[] = [
  ...PRESETS.map(presetCommand),
  {
    id: "layout.save",
    group: "Room",
    title: "Save layout",
    aliases: ["keep arrangement"],
    arguments: [{ ...NAME, description: "Its name; one that is taken is saved over. Absent: a number" }],
    enabled: () => getSession().space.panels.length > 0,
    run: save,
  },
  {
    id: "layout.update",
    group: "Room",
    title: (args) => `Save over layout “${targetLayout(args)?.name ?? ""}”`,
    arguments: [LAYOUT],
    enabled: (args) => targetLayout(args) !== undefined,
    run: (args) => withTarget(args, replace),
  },
  {
    id: "layout.apply",
    group: "Room",
    title: (args) => `Layout “${targetLayout(args)?.name ?? ""}”`,
    aliases: ["switch layout", "restore arrangement"],
    arguments: [LAYOUT, NAME],
    enabled: (args) => targetLayout(args) !== undefined,
    checked: (args) => {
      const layout = targetLayout(args);
      return layout !== undefined && layout.id === getSession().space.layout.activeLayoutId;
    },
    run: (args) => withTarget(args, apply),
  },
  {
    id: "layout.rename",
    group: "Room",
    title: "Rename layout",
    arguments: [LAYOUT, { ...NAME, description: "Its new name", required: true }],
    enabled: ({ layoutId, text = "" }) =>
      text.trim() !== "" && targetLayout(layoutId === undefined ? {} : { layoutId }) !== undefined,
    run: ({ layoutId, text = "" }) =>
      withTarget(layoutId === undefined ? {} : { layoutId }, (layout) => rename(layout, text)),
  },
  {
    id: "layout.delete",
    group: "Room",
    title: (args) => `Delete layout “${targetLayout(args)?.name ?? ""}”`,
    arguments: [LAYOUT, NAME],
    enabled: (args) => targetLayout(args) !== undefined,
    run: (args) => withTarget(args, remove),
  },
  {
    id: "layout.undo",
    group: "Room",
    title: "Undo the last change of the layout",
    enabled: () => canUndo(getSession().space.id),
    run: undoLast,
  },
  {
    id: "layout.recentre",
    group: "Room",
    title: "Bring everything in front of me",
    aliases: ["recenter", "reset view"],
    shortcuts: [{ keys: "Alt+Home" }],
    enabled: inRoom,
    run: requestRecentre,
  },
  {
    id: "layout.follow",
    group: "Room",
    title: "Panels come along with me",
    aliases: ["follow me", "body lock"],
    enabled: inRoom,
    checked: () => getSession().space.layout.follow,
    run: () => {
      updateSession((session) => setFollow(session, !session.space.layout.follow));
      announce(
        getSession().space.layout.follow ? "Panels come along with you" : "Panels stay where they are",
      );
    },
  },
  ...panelCommands,
];

function withTarget(
  args: CommandArgs,
  act: (layout: NonNullable<ReturnType<typeof targetLayout>>) => void,
): void {
  const layout = targetLayout(args);
  if (layout) act(layout);
}
