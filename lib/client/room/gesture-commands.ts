import { roomSettingsStore, updateRoomSettings } from "#lib/client/room/room-settings.ts";
import { announce } from "#lib/client/store/ui-store.ts";
import type { Command } from "#lib/core/commands/registry.ts";
import { adjustGestures, GESTURE_ADJUSTMENTS } from "#lib/core/gestures/adjust.ts";
import { stepDwellMs } from "#lib/core/room-ui/room-settings.ts";

function dwellCommand(id: string, title: string, step: 1 | -1): Command {
  const next = () => stepDwellMs(roomSettingsStore.getState().dwellMs, step);
  return {
    id,
    group: "Room",
    title,
    aliases: ["dwell", "gaze"],
    enabled: () => roomSettingsStore.getState().dwell && next() !== roomSettingsStore.getState().dwellMs,
    run: () => {
      updateRoomSettings({ dwellMs: next() });
      announce(`A look of ${roomSettingsStore.getState().dwellMs / 1000} seconds presses`);
    },
  };
}

/** How soon gestures and looks act: everyone's hands are different. */
export const gestureCommands: readonly Command[] = [
  dwellCommand("room.dwellLonger", "Look longer to press", 1),
  dwellCommand("room.dwellShorter", "Look shorter to press", -1),
  ...GESTURE_ADJUSTMENTS.flatMap((adjustment) =>
    (["easier", "harder"] as const).map((step): Command => {
      const next = () => adjustGestures(roomSettingsStore.getState().gestures, adjustment, step);
      return {
        id: `gesture.${adjustment.id}.${step}`,
        group: "Room",
        title: adjustment[step],
        aliases: ["gesture", "hands", "sensitivity"],
        enabled: () => next() !== roomSettingsStore.getState().gestures,
        run: () => {
          updateRoomSettings({ gestures: next() });
          announce(adjustment[step]);
        },
      };
    }),
  ),
];
