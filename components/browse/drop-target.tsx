import { type DragEvent, type ReactNode, useState } from "react";
import { openPage } from "#lib/client/commands/open-page.ts";
import { addressIn, mayHoldAddress } from "#lib/client/commands/use-link-drop.ts";

interface DropTargetProps {
  panelId: string;
  /** There is room beside it. */
  canSplit: boolean;
  children: ReactNode;
}

type Zone = "here" | "beside";

/** Takes a dropped link: in the middle it opens here, at the right edge beside. What will happen is shown before the drop. */
export function DropTarget({ panelId, canSplit, children }: DropTargetProps) {
  const [zone, setZone] = useState<Zone | null>(null);

  const zoneAt = (event: DragEvent<HTMLElement>): Zone => {
    const box = event.currentTarget.getBoundingClientRect();
    return canSplit && event.clientX > box.left + box.width * 0.75 ? "beside" : "here";
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is one more way; menus and the omnibox do the same
    <div
      className="relative size-full"
      onDragOver={(event) => {
        if (!mayHoldAddress(event)) return;
        event.preventDefault();
        setZone(zoneAt(event));
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setZone(null);
      }}
      onDrop={(event) => {
        event.preventDefault();
        setZone(null);
        const url = addressIn(event);
        if (url !== null)
          openPage(url, { panelId, disposition: zoneAt(event) === "beside" ? "split" : "current" });
      }}
    >
      {children}
      {zone && (
        <div
          aria-hidden
          className="pointer-events-none absolute inset-y-2 end-2 z-30 grid animate-fade place-items-center rounded-control border-2 border-accent bg-selection text-sm font-medium text-ink"
          style={{ width: zone === "beside" ? "calc(25% - 8px)" : "calc(100% - 16px)" }}
        >
          <span className="rounded-full bg-raised px-3 py-1.5 shadow-float">
            {zone === "here" ? "Open here" : "Open beside"}
          </span>
        </div>
      )}
    </div>
  );
}
