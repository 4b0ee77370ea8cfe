import type { ReactNode } from "react";
import { IconButton, type IconButtonProps } from "#components/ui/icon-button.tsx";
import { useCommand } from "#lib/client/commands/use-command.ts";
import { useHydrated } from "#lib/client/store/use-hydrated.ts";
import type { CommandArgs } from "#lib/core/commands/registry.ts";

interface CommandButtonProps extends Omit<IconButtonProps, "label" | "shortcut" | "onClick" | "children"> {
  command: string;
  args?: CommandArgs;
  children: ReactNode;
}

/** A command as a button with an icon: its name, keys and state come from the registry. */
export function CommandButton({ command, args, disabled, ...rest }: CommandButtonProps) {
  const binding = useCommand(command, args);
  // Before that, nobody knows which platform's keys to name.
  const hydrated = useHydrated();
  return (
    <IconButton
      label={binding.title.replace(/…$/, "")}
      shortcut={hydrated ? binding.shortcut : null}
      aria-keyshortcuts={hydrated ? binding.ariaShortcut : undefined}
      disabled={disabled ?? !binding.enabled}
      onClick={binding.run}
      {...rest}
    />
  );
}
