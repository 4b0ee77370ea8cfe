import { targetShown } from "#lib/client/commands/target.ts";
import { updateSession } from "#lib/client/store/browser-store.ts";
import type { Command, CommandArgs } from "#lib/core/commands/registry.ts";
import { FULL_SOUND, setSound } from "#lib/core/space/navigation.ts";

const PANEL = {
  name: "panelId",
  description: "The live tab meant; the active one when absent",
  required: false,
} as const;
const STEP = 0.1;

const isLive = (args: CommandArgs) => targetShown(args)?.state.engine === "live";
const soundOf = (args: CommandArgs) => targetShown(args)?.state.sound ?? FULL_SOUND;

function change(args: CommandArgs, sound: Partial<typeof FULL_SOUND>): void {
  const id = targetShown(args)?.id;
  if (id) updateSession((session) => setSound(session, id, { ...soundOf(args), ...sound }));
}

/** Louder or softer by a step; to hear it again is what a muted page is made louder for. */
function step(id: string, title: string, by: number, aliases: readonly string[]): Command {
  return {
    id,
    group: "Page",
    title,
    aliases,
    arguments: [PANEL],
    enabled: isLive,
    run: (args) => change(args, { muted: false, volume: Math.max(STEP, soundOf(args).volume + by) }),
  };
}

export const soundCommands: readonly Command[] = [
  {
    id: "page.mute",
    group: "Page",
    title: (args) => (soundOf(args).muted ? "Unmute this page" : "Mute this page"),
    aliases: ["sound", "silence", "quiet", "speaker", "audio"],
    arguments: [PANEL],
    enabled: isLive,
    run: (args) => change(args, { muted: !soundOf(args).muted }),
  },
  step("page.louder", "Make this page louder", STEP, ["volume up", "sound"]),
  step("page.softer", "Make this page softer", -STEP, ["volume down", "sound"]),
  {
    id: "page.volume",
    group: "Page",
    title: "Set the volume of this page",
    aliases: ["sound", "loud"],
    arguments: [PANEL, { name: "text", description: "Per cent, 0 to 100", required: true }],
    enabled: isLive,
    run: (args) => {
      const percent = Number.parseFloat(args.text ?? "");
      if (percent > 0) change(args, { muted: false, volume: percent / 100 });
      else if (percent <= 0) change(args, { muted: true });
    },
  },
];
