import { commands, getPlatform, isInstalled } from "#lib/client/commands/registry.ts";
import { gestureCommands } from "#lib/client/room/gesture-commands.ts";
import { roomSettingsStore } from "#lib/client/room/room-settings.ts";
import { browserStore, getSession } from "#lib/client/store/browser-store.ts";
import type { Command } from "#lib/core/commands/registry.ts";
import { shortcutLabel } from "#lib/core/commands/shortcut.ts";
import { describePanel } from "#lib/core/room-ui/describe-panel.ts";
import type { RoomIcon, RoomPage, RoomPageName, RoomRow } from "#lib/core/room-ui/room-page.ts";

/** A row for a command; none where the command does not exist in this build of Qui. */
export function commandRow(
  id: string,
  more: Partial<RoomRow> & { args?: Parameters<Command["run"]>[0]; stays?: boolean } = {},
): RoomRow[] {
  const command = commands.get(id);
  if (!command) return [];
  const { args, stays = false, ...row } = more;
  const checked = command.checked?.(args ?? {});
  return [
    {
      id: args ? `${id} ${JSON.stringify(args)}` : id,
      label: commands.title(id, args).replace(/…$/, ""),
      ...(checked === undefined ? {} : { checked }),
      disabled: !commands.isEnabled(id, args),
      action: { type: "command", id, stays, ...(args ? { args } : {}) },
      ...row,
    },
  ];
}

function pageRow(name: RoomPageName, label: string, icon: RoomIcon): RoomRow {
  return { id: `page ${name}`, label, icon, action: { type: "page", name } };
}

export function homePage(): RoomPage {
  return {
    title: "Qui",
    columns: 3,
    rows: [
      ...commandRow("tab.new", { label: "New panel", icon: "add" }),
      { id: "address", label: "Address", icon: "search", action: { type: "command", id: "omnibox.focus" } },
      pageRow("panels", "Panels", "panels"),
      pageRow("layouts", "Layouts", "layout"),
      pageRow("environments", "Environment", "environment"),
      pageRow("spaces", "Spaces", "spaces"),
      pageRow("library", "Library", "library"),
      pageRow("settings", "Settings", "settings"),
      pageRow("commands", "Commands", "menu"),
      pageRow("help", "Help", "help"),
      ...commandRow("tab.reopen", { label: "Reopen", icon: "history" }),
      ...commandRow("view.flat", { label: "Leave", icon: "leave" }),
    ],
  };
}

export function panelsPage(): RoomPage {
  const { session, views } = browserStore.getState();
  return {
    title: "Panels",
    columns: 2,
    note: session.space.panels.length === 0 ? "No panel is open." : "",
    rows: session.space.panels.map((panel) => {
      const { title, detail } = describePanel(panel, views[panel.id]);
      return {
        id: panel.id,
        label: title,
        detail,
        icon: panel.private ? "private" : "page",
        checked: panel.id === session.activeId,
        action: { type: "command", id: "tab.select", args: { panelId: panel.id } },
        side: {
          icon: "close",
          label: `Close ${title}`,
          action: { type: "command", id: "tab.close", args: { panelId: panel.id }, stays: true },
        },
      };
    }),
  };
}

/** Commands whose ids begin alike, as other parts of Qui registered them. */
function family(prefix: string): Command[] {
  return commands.list().filter(({ id }) => id.startsWith(prefix));
}

export function layoutsPage(): RoomPage {
  const { poseLayouts, activeLayoutId } = getSession().space.layout;
  const saved = poseLayouts.flatMap(({ id, name }) =>
    commandRow("layout.apply", {
      args: { layoutId: id },
      label: name,
      icon: "saved",
      checked: id === activeLayoutId,
      stays: true,
      side: {
        icon: "delete",
        label: `Delete ${name}`,
        action: { type: "command", id: "layout.delete", args: { layoutId: id }, stays: true },
      },
    }),
  );
  return {
    title: "Layouts",
    columns: 2,
    rows: [
      ...family("layout.preset.").flatMap(({ id }) => commandRow(id, { icon: "layout", stays: true })),
      ...saved,
      ...commandRow("layout.save", { icon: "add", stays: true }),
      ...commandRow("layout.recentre", { icon: "panels" }),
      ...commandRow("layout.follow", { stays: true }),
    ],
  };
}

export function environmentsPage(): RoomPage {
  return {
    title: "Environment",
    columns: 2,
    rows: family("environment.").flatMap(({ id }) =>
      commandRow(id, {
        label: sentence(
          commands
            .title(id)
            .replace(/^Environment: /, "")
            .replace(/…$/, ""),
        ),
        icon: "environment",
        stays: true,
      }),
    ),
  };
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function settingsPage(): RoomPage {
  const { textScale } = roomSettingsStore.getState();
  const on = { stays: true };
  return {
    title: "Settings of the room",
    columns: 2,
    note: `Kept on this device. Text ${Math.round(textScale * 100)} %`,
    rows: [
      ...commandRow("room.textSmaller", { ...on, label: "Smaller text", icon: "zoomOut" }),
      ...commandRow("room.textBigger", { ...on, label: "Larger text", icon: "zoomIn" }),
      ...commandRow("room.highContrast", { ...on, label: "High contrast" }),
      ...commandRow("room.light", { ...on, label: "Light theme" }),
      ...commandRow("layout.follow", on),
      ...commandRow("room.leftHanded", on),
      ...commandRow("room.oneHanded", on),
      ...commandRow("room.seated", on),
      ...commandRow("room.dwell", on),
      ...commandRow("room.vignette", on),
      ...commandRow("room.sound", on),
      ...commandRow("room.speech", on),
      ...commandRow("room.dwellShorter", on),
      ...commandRow("room.dwellLonger", on),
      ...gestureCommands.flatMap(({ id }) => (id.startsWith("gesture.") ? commandRow(id, on) : [])),
    ],
  };
}

/** Everything the registry offers and that needs no further words. The search of commands is the omnibox with `>`. */
export function commandsPage(): RoomPage {
  const surroundings = { platform: getPlatform(), installed: isInstalled() };
  const known = commands.list().filter(({ id }) => commands.isEnabled(id) && id !== "room.commands");
  return {
    title: "Commands",
    columns: 2,
    rows: [
      {
        id: "search",
        label: "Search commands",
        icon: "search",
        action: { type: "command", id: "omnibox.commands" },
      },
      ...known.flatMap(({ id, group }) => {
        const shortcut = commands.shortcutOf(id, surroundings);
        const keys = shortcut ? ` · ${shortcutLabel(shortcut, surroundings.platform)}` : "";
        return commandRow(id, { detail: `${group}${keys}` });
      }),
    ],
  };
}

const HELP: readonly (readonly [string, string])[] = [
  ["Point and pinch, or pull the trigger", "Presses what the ray is on"],
  ["Point and push the thumbstick", "Scrolls the page under the ray, no click needed"],
  ["Squeeze a panel, or drag its lower bar", "Moves it; the thumbstick brings it nearer"],
  ["Drag a lower corner", "Makes a panel larger or smaller"],
  ["Turn a palm up, or press A or X", "Opens this menu; B or Y goes back a page"],
  ["Press by looking", "In the settings: looking at a control for a moment presses it"],
];

export function helpPage(): RoomPage {
  return {
    title: "Help",
    note: "Everything here can be done with one hand, a mouse or the keyboard, too.",
    rows: HELP.map(([label, detail]) => ({
      id: label,
      label,
      detail,
      action: { type: "call", run: () => {}, stays: true },
    })),
  };
}

export function elsewherePage(): RoomPage {
  return {
    title: "In the flat view",
    note: "This part of Qui is in the flat view only. It is open there when you leave.",
    rows: commandRow("view.flat", { icon: "flat" }),
  };
}
