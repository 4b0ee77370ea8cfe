import { resetRoomSettings, roomSettingsStore, updateRoomSettings } from "#lib/client/room/room-settings.ts";
import { closeRoomMenu, openRoomPage, roomUiStore } from "#lib/client/room/room-ui-store.ts";
import { announce } from "#lib/client/store/ui-store.ts";
import { viewStore } from "#lib/client/store/view-store.ts";
import type { Command } from "#lib/core/commands/registry.ts";
import type { RoomPageName } from "#lib/core/room-ui/room-page.ts";
import { type RoomSettings, stepTextScale } from "#lib/core/room-ui/room-settings.ts";

const isInRoom = () => viewStore.getState().view !== "flat";

function pageCommand(
  id: string,
  title: string,
  page: RoomPageName,
  aliases: readonly string[] = [],
): Command {
  return { id, group: "Room", title, aliases, enabled: isInRoom, run: () => openRoomPage(page) };
}

type Switch = {
  [Name in keyof RoomSettings]: RoomSettings[Name] extends boolean ? Name : never;
}[keyof RoomSettings];

function switchCommand(name: Switch, title: string, aliases: readonly string[] = []): Command {
  return {
    id: `room.${name}`,
    group: "Room",
    title,
    aliases,
    checked: () => roomSettingsStore.getState()[name],
    run: () => {
      const on = !roomSettingsStore.getState()[name];
      updateRoomSettings({ [name]: on });
      announce(`${title}: ${on ? "on" : "off"}`);
    },
  };
}

function textCommand(id: string, title: string, step: 1 | -1): Command {
  const next = () => stepTextScale(roomSettingsStore.getState().textScale, step);
  return {
    id,
    group: "Room",
    title,
    enabled: () => next() !== roomSettingsStore.getState().textScale,
    run: () => {
      updateRoomSettings({ textScale: next() });
      announce(`Text in the room ${Math.round(roomSettingsStore.getState().textScale * 100)} %`);
    },
  };
}

/** What a person can do with the room's own interface and set for it. */
export const roomMenuCommands: readonly Command[] = [
  {
    id: "room.menu",
    group: "Room",
    title: "Room menu",
    aliases: ["menu", "palm menu"],
    shortcuts: [{ keys: "Alt+M" }],
    enabled: isInRoom,
    run: () => (roomUiStore.getState().menu ? closeRoomMenu() : openRoomPage("home")),
  },
  {
    id: "room.closeMenu",
    group: "Room",
    title: "Close the room menu",
    shortcuts: [{ keys: "Escape" }],
    enabled: () => roomUiStore.getState().menu !== null,
    run: closeRoomMenu,
  },
  pageCommand("room.panels", "Panels in the room", "panels", ["overview"]),
  pageCommand("room.layouts", "Layouts…", "layouts", ["arrange", "presets"]),
  pageCommand("room.environments", "Environments…", "environments", ["background", "surroundings"]),
  pageCommand("room.settings", "Settings of the room…", "settings", ["comfort", "accessibility"]),
  pageCommand("room.downloads", "Downloads in the room", "downloads"),
  pageCommand("room.commands", "All commands…", "commands", ["command list"]),
  {
    id: "room.leftHanded",
    group: "Room",
    title: "Left-handed",
    aliases: ["handedness"],
    checked: () => roomSettingsStore.getState().handedness === "left",
    run: () => {
      const { handedness } = roomSettingsStore.getState();
      updateRoomSettings({ handedness: handedness === "left" ? "right" : "left" });
    },
  },
  switchCommand("oneHanded", "One-handed use"),
  switchCommand("seated", "Seated use", ["lying down"]),
  switchCommand("dwell", "Press by looking", ["dwell", "gaze"]),
  switchCommand("highContrast", "High contrast in the room", ["accessibility"]),
  switchCommand("vignette", "Dark edges while moving", ["comfort", "vignette", "motion sickness"]),
  switchCommand("sound", "Sounds of the room", ["audio cues"]),
  switchCommand("speech", "Say what is pointed at", ["screen reader", "speech", "captions"]),
  textCommand("room.textBigger", "Larger text in the room", 1),
  textCommand("room.textSmaller", "Smaller text in the room", -1),
  {
    id: "room.light",
    group: "Room",
    title: "Light theme in the room",
    checked: () => roomSettingsStore.getState().roomTheme === "light",
    run: () => {
      const { roomTheme } = roomSettingsStore.getState();
      updateRoomSettings({ roomTheme: roomTheme === "light" ? "dark" : "light" });
    },
  },
  {
    id: "room.resetSettings",
    group: "Room",
    title: "Settings of the room as at first",
    aliases: ["reset", "defaults"],
    run: resetRoomSettings,
  },
];
