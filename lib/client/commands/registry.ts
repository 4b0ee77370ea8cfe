import { type CommandArgs, createCommandRegistry } from "#lib/core/commands/registry.ts";
import type { Platform } from "#lib/core/commands/shortcut.ts";

/** The one registry. Parts of Qui register their commands when they load. */
export const commands = createCommandRegistry();

export function runCommand(id: string, args?: CommandArgs): boolean {
  return commands.run(id, args);
}

export function getPlatform(): Platform {
  return typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.platform) ? "mac" : "other";
}

/** An installed app's window leaves more keys to us than a tab does. */
export function isInstalled(): boolean {
  if (typeof matchMedia === "undefined") return false;
  return ["standalone", "minimal-ui", "window-controls-overlay", "fullscreen"].some(
    (mode) => matchMedia(`(display-mode: ${mode})`).matches,
  );
}
