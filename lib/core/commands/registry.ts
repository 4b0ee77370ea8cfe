import {
  isAvailable,
  type KeyPress,
  type KeySurroundings,
  matchesShortcut,
  type Shortcut,
} from "#lib/core/commands/shortcut.ts";

/** What commands may be told. Each command lists those it understands. */
export interface CommandArgs {
  /** The panel meant; the active one when absent. */
  panelId?: string;
  /** An address, or `?` and the words of a search. */
  url?: string;
  text?: string;
  index?: number;
  groupId?: string;
  spaceId?: string;
  layoutId?: string;
}

export interface ArgumentSpec {
  name: keyof CommandArgs;
  /** For people and for models that choose commands. */
  description: string;
  required: boolean;
}

export const COMMAND_GROUPS = ["Tabs", "Page", "Split", "Library", "Space", "Room", "Qui"] as const;
export type CommandGroup = (typeof COMMAND_GROUPS)[number];

/**
 * One thing a person can do. Menus, shortcuts, the omnibox, gestures and, later,
 * voice and models all run the same commands, so permission and undo come once.
 */
export interface Command {
  id: string;
  group: CommandGroup;
  /** A sentence-case phrase; may depend on the state, as in Pin and Unpin. */
  title: string | ((args: CommandArgs) => string);
  /** Other words people look for it by. */
  aliases?: readonly string[];
  /** The first that is available here is the one shown. */
  shortcuts?: readonly Shortcut[];
  arguments?: readonly ArgumentSpec[];
  /** Absent: always. */
  enabled?: (args: CommandArgs) => boolean;
  /** For a choice that is on or off. */
  checked?: (args: CommandArgs) => boolean;
  run: (args: CommandArgs) => void;
}

export interface CommandRegistry {
  /** Returns how to take them back. A second command of one id is a mistake and throws. */
  register(commands: readonly Command[]): () => void;
  get(id: string): Command | undefined;
  list(): readonly Command[];
  isEnabled(id: string, args?: CommandArgs): boolean;
  title(id: string, args?: CommandArgs): string;
  /** Runs a command if it is enabled and has what it needs; says whether it ran. */
  run(id: string, args?: CommandArgs): boolean;
  /** The enabled command a key press means here, with its arguments. */
  match(press: KeyPress, surroundings: KeySurroundings): { command: Command; args: CommandArgs } | null;
  /** The combination to show for a command here, or null. */
  shortcutOf(id: string, surroundings: Pick<KeySurroundings, "platform" | "installed">): Shortcut | null;
}

export function createCommandRegistry(): CommandRegistry {
  const commands = new Map<string, Command>();

  const isEnabled = (id: string, args: CommandArgs = {}) => {
    const command = commands.get(id);
    return command !== undefined && hasRequired(command, args) && (command.enabled?.(args) ?? true);
  };

  return {
    register(added) {
      for (const command of added) {
        if (commands.has(command.id)) throw new Error(`There are two commands called ${command.id}.`);
        commands.set(command.id, command);
      }
      return () => {
        for (const command of added) commands.delete(command.id);
      };
    },
    get: (id) => commands.get(id),
    list: () => [...commands.values()],
    isEnabled,
    title(id, args = {}) {
      const title = commands.get(id)?.title ?? id;
      return typeof title === "string" ? title : title(args);
    },
    run(id, args = {}) {
      if (!isEnabled(id, args)) return false;
      commands.get(id)?.run(args);
      return true;
    },
    match(press, surroundings) {
      for (const command of commands.values()) {
        for (const shortcut of command.shortcuts ?? []) {
          if (!matchesShortcut(shortcut, press, surroundings)) continue;
          const args = shortcut.args ?? {};
          if (isEnabled(command.id, args)) return { command, args };
        }
      }
      return null;
    },
    shortcutOf(id, surroundings) {
      return commands.get(id)?.shortcuts?.find((shortcut) => isAvailable(shortcut, surroundings)) ?? null;
    },
  };
}

function hasRequired(command: Command, args: CommandArgs): boolean {
  return (command.arguments ?? []).every(({ name, required }) => !required || args[name] !== undefined);
}
