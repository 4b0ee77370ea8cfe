import { X } from "lucide-react";
import * as RadixDialog from "radix-ui/dialog";
import { type ReactNode, useState } from "react";
import { cx } from "#components/ui/class-names.ts";
import { IconButton } from "#components/ui/icon-button.tsx";

interface DialogProps {
  title: string;
  /** Said after the title to those who cannot see what follows. */
  description?: string;
  onClose: () => void;
  size?: "small" | "medium" | "large";
  children: ReactNode;
}

const WIDTHS = { small: "sm:max-w-sm", medium: "sm:max-w-xl", large: "sm:max-w-3xl" };
const OVERLAY = "fixed inset-0 z-40 animate-fade bg-[oklch(0.1_0.02_250/35%)]";

/** Brings the focus back to where it was before the dialog; a command run from it may have moved it on purpose. */
function useReturnFocus(): (event: Event) => void {
  const [opener] = useState(() => (typeof document === "undefined" ? null : document.activeElement));
  return (event) => {
    event.preventDefault();
    if (document.activeElement === document.body && opener instanceof HTMLElement) opener.focus();
  };
}

/** A dialog in the middle of the window; on a phone it takes the whole screen. */
export function Dialog({ title, description, onClose, size = "medium", children }: DialogProps) {
  const returnFocus = useReturnFocus();
  return (
    <RadixDialog.Root open onOpenChange={(open) => !open && onClose()}>
      <RadixDialog.Portal>
        <RadixDialog.Overlay className={OVERLAY} />
        <RadixDialog.Content
          {...(description ? {} : { "aria-describedby": undefined })}
          onOpenAutoFocus={focusQuietly}
          onCloseAutoFocus={returnFocus}
          className={cx(
            "fixed z-40 flex flex-col bg-paper text-ink shadow-float outline-none max-sm:inset-0 max-sm:animate-sheet",
            "sm:inset-x-4 sm:top-[8vh] sm:mx-auto sm:max-h-[84vh] sm:animate-rise sm:rounded-panel",
            WIDTHS[size],
          )}
        >
          <header className="flex shrink-0 items-center gap-3 py-3 ps-5 pe-3 max-sm:pt-[max(12px,env(safe-area-inset-top))]">
            <RadixDialog.Title className="flex-1 text-lg font-semibold">{title}</RadixDialog.Title>
            <RadixDialog.Close asChild>
              <IconButton label="Close" className="max-sm:size-11">
                <X aria-hidden className="size-4.5" />
              </IconButton>
            </RadixDialog.Close>
          </header>
          {description && (
            <RadixDialog.Description className="px-5 pb-2 text-sm text-muted">
              {description}
            </RadixDialog.Description>
          )}
          <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-5 pb-[max(20px,env(safe-area-inset-bottom))]">
            {children}
          </div>
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
}

/** A sheet from the bottom edge, for what hangs from the toolbar elsewhere. */
export function Sheet({ title, onClose, children }: Pick<DialogProps, "title" | "onClose" | "children">) {
  const returnFocus = useReturnFocus();
  return (
    <RadixDialog.Root open onOpenChange={(open) => !open && onClose()}>
      <RadixDialog.Portal>
        <RadixDialog.Overlay className={OVERLAY} />
        <RadixDialog.Content
          aria-describedby={undefined}
          onOpenAutoFocus={focusQuietly}
          onCloseAutoFocus={returnFocus}
          className="fixed inset-x-0 bottom-0 z-40 flex max-h-[85dvh] animate-sheet flex-col rounded-t-[20px] bg-raised text-ink shadow-float outline-none"
        >
          <header className="flex items-center gap-3 py-2 ps-5 pe-2">
            <RadixDialog.Title className="flex-1 font-semibold">{title}</RadixDialog.Title>
            <RadixDialog.Close asChild>
              <IconButton label="Close" size="touch">
                <X aria-hidden className="size-4.5" />
              </IconButton>
            </RadixDialog.Close>
          </header>
          <div className="min-h-0 overflow-y-auto overscroll-contain px-5 pb-[max(20px,env(safe-area-inset-bottom))]">
            {children}
          </div>
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
}

/** The dialog itself takes the focus, or what it marks: its first button is rarely what one came for. */
function focusQuietly(event: Event): void {
  const content = event.currentTarget instanceof HTMLElement ? event.currentTarget : null;
  if (!content) return;
  event.preventDefault();
  (content.querySelector<HTMLElement>("[data-autofocus]") ?? content).focus();
}
