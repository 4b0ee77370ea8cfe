import { openDialog } from "#lib/client/store/ui-store.ts";
import type { Command } from "#lib/core/commands/registry.ts";

/** Commands about the device, for every view: they need nothing of the room. */
export const xrCommands: readonly Command[] = [
  {
    id: "view.device",
    group: "Space",
    title: "What this device can do…",
    aliases: ["vr support", "headset", "webxr", "passthrough", "features"],
    run: () => openDialog("device"),
  },
];
