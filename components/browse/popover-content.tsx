import * as Popover from "radix-ui/popover";
import { type RefObject, Suspense } from "react";
import { POPOVERS } from "#components/browse/popovers.ts";
import { Sheet } from "#components/ui/dialog.tsx";
import { uiStore } from "#lib/client/store/ui-store.ts";
import { PHONE_QUERY, useMediaQuery } from "#lib/client/store/use-media-query.ts";

interface PopoverContentProps {
  name: string;
  anchor: RefObject<HTMLButtonElement | null>;
  align: "start" | "end";
}

/** The panel that hangs from a button; on a phone a sheet from the bottom. */
export default function PopoverContent({ name, anchor, align }: PopoverContentProps) {
  const phone = useMediaQuery(PHONE_QUERY);
  const known = POPOVERS[name];
  const close = () => uiStore.setState((state) => (state.popover === name ? { popover: null } : state));
  const returnFocus = (event: Event) => {
    event.preventDefault();
    if (document.activeElement === document.body) anchor.current?.focus();
  };
  if (!known) return null;
  const { title, Content } = known;
  const content = (
    <Suspense fallback={<div className="h-40" />}>
      <Content onClose={close} />
    </Suspense>
  );
  if (phone) {
    return (
      <Sheet title={title} onClose={close} onCloseAutoFocus={returnFocus}>
        {content}
      </Sheet>
    );
  }
  return (
    <Popover.Root open onOpenChange={(open) => !open && close()}>
      <Popover.Anchor virtualRef={anchor as RefObject<HTMLButtonElement>} />
      <Popover.Portal>
        <Popover.Content
          aria-label={title}
          align={align}
          sideOffset={8}
          collisionPadding={8}
          className="z-40 max-h-(--radix-popover-content-available-height) w-88 animate-fade overflow-y-auto overscroll-contain rounded-panel bg-raised p-4 text-sm text-ink shadow-float outline-none"
          onInteractOutside={(event) => {
            // The button itself closes it; closing here too would open it again.
            if (anchor.current?.contains(event.target as Node)) event.preventDefault();
          }}
          onCloseAutoFocus={returnFocus}
        >
          {content}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
