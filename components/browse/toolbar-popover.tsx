import { lazy, type ReactNode, Suspense, useRef } from "react";
import { useStore } from "zustand";
import { CommandButton } from "#components/ui/command-button.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { runCommand } from "#lib/client/commands/registry.ts";
import { uiStore } from "#lib/client/store/ui-store.ts";

const PopoverContent = lazy(() => import("#components/browse/popover-content.tsx"));

interface ToolbarPopoverProps {
  name: string;
  command: string;
  /** In place of the command's title. */
  label?: string;
  className?: string;
  align?: "start" | "end";
  children: ReactNode;
}

/** A button of the toolbar with the small panel that hangs from it. What is in the panel loads when it is wanted. */
export function ToolbarPopover({
  name,
  command,
  label,
  className,
  align = "end",
  children,
}: ToolbarPopoverProps) {
  const open = useStore(uiStore, (state) => state.popover === name);
  const ref = useRef<HTMLButtonElement>(null);
  const shared = {
    ref,
    "aria-haspopup": "dialog",
    "aria-expanded": open,
    ...(className ? { className } : {}),
  } as const;
  return (
    <>
      {label ? (
        <IconButton label={label} onClick={() => runCommand(command)} {...shared}>
          {children}
        </IconButton>
      ) : (
        <CommandButton command={command} {...shared}>
          {children}
        </CommandButton>
      )}
      {open && (
        <Suspense>
          <PopoverContent name={name} anchor={ref} align={align} />
        </Suspense>
      )}
    </>
  );
}
