import { X } from "lucide-react";
import * as RadixDialog from "radix-ui/dialog";
import type { ReactNode } from "react";
import { cx } from "#components/ui/class-names.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import { getDialogOpener } from "#lib/client/store/ui-store.ts";

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

/** Brings the focus back to where it was before; a command run meanwhile may have moved it on purpose. */
function returnFocus(event: Event): void {
  event.preventDefault();
  const opener = getDialogOpener();
  if (document.activeElement === document.body && opener instanceof HTMLElement) opener.focus();
}

/** A dialog in the middle of the window; on a phone it takes the whole screen. */
export function Dialog({ title, description, onClose, size = "medium", children }: DialogProps) {
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
          <section
            aria-label={title}
            // biome-ignore lint/a11y/noNoninteractiveTabindex: so that the arrow keys scroll what is longer than the window
            tabIndex={0}
            className="min-h-0 flex-1 overflow-y-auto overscroll-contain rounded-panel px-5 pb-[max(20px,env(safe-area-inset-bottom))] outline-offset-[-4px]"
          >
            {children}
          </section>
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
}

interface SheetProps extends Pick<DialogProps, "title" | "onClose" | "children"> {
  onCloseAutoFocus: (event: Event) => void;
}

/** A sheet from the bottom edge, for what hangs from the toolbar elsewhere. */
export function Sheet({ title, onClose, onCloseAutoFocus, children }: SheetProps) {
  return (
    <RadixDialog.Root open onOpenChange={(open) => !open && onClose()}>
      <RadixDialog.Portal>
        <RadixDialog.Overlay className={OVERLAY} />
        <RadixDialog.Content
          aria-describedby={undefined}
          onOpenAutoFocus={focusQuietly}
          onCloseAutoFocus={onCloseAutoFocus}
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
