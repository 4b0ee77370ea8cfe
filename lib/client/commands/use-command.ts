import { useStore } from "zustand";
import { commands, getPlatform, isInstalled, runCommand } from "#lib/client/commands/registry.ts";
import { browserStore } from "#lib/client/store/browser-store.ts";
import type { CommandArgs } from "#lib/core/commands/registry.ts";
import { ariaShortcut, shortcutLabel } from "#lib/core/commands/shortcut.ts";

export interface CommandBinding {
  title: string;
  enabled: boolean;
  /** As the platform writes it, or null. */
  shortcut: string | null;
  ariaShortcut: string | undefined;
  run: () => void;
}

/** A command as a control shows it, kept up to date with the panels. */
export function useCommand(id: string, args?: CommandArgs): CommandBinding {
  const title = useStore(browserStore, () => commands.title(id, args));
  const enabled = useStore(browserStore, () => commands.isEnabled(id, args));
  return { title, enabled, ...shortcutStrings(id), run: () => void runCommand(id, args) };
}

export function shortcutStrings(id: string): { shortcut: string | null; ariaShortcut: string | undefined } {
  const platform = getPlatform();
  const shortcut = commands.shortcutOf(id, { platform, installed: isInstalled() });
  return {
    shortcut: shortcut && shortcutLabel(shortcut, platform),
    ariaShortcut: shortcut ? ariaShortcut(shortcut, platform) : undefined,
  };
}
