import { type DragEvent, type RefObject, useState } from "react";
import { openPage } from "#lib/client/commands/open-page.ts";
import { getSession } from "#lib/client/store/browser-store.ts";
import { droppedAddress } from "#lib/core/omnibox/dropped-address.ts";

/** Whether what is dragged may hold an address; its content is not told before it is dropped. */
export function mayHoldAddress(event: DragEvent): boolean {
  const { types } = event.dataTransfer;
  return types.includes("text/uri-list") || types.includes("text/plain");
}

export function addressIn(event: DragEvent): string | null {
  const { dataTransfer } = event;
  return droppedAddress(
    { uriList: dataTransfer.getData("text/uri-list"), text: dataTransfer.getData("text/plain") },
    window.location.origin,
  );
}

/** Lets links be dropped between tabs, to open there, or on a tab, to open in it. */
export function useLinkDrop(listRef: RefObject<HTMLElement | null>) {
  const [target, setTarget] = useState<{ index: number; panelId: string | null } | null>(null);

  const targetAt = (clientX: number) => {
    const tabs = [...(listRef.current?.querySelectorAll<HTMLElement>("[data-strip-panel]") ?? [])];
    for (const tab of tabs) {
      const box = tab.getBoundingClientRect();
      const id = tab.dataset.stripPanel ?? "";
      const index = getSession().space.panels.findIndex((panel) => panel.id === id);
      if (clientX < box.left + box.width * 0.25) return { index, panelId: null };
      if (clientX < box.right - box.width * 0.25) return { index, panelId: id };
    }
    return { index: getSession().space.panels.length, panelId: null };
  };

  return {
    /** The place a new tab would get, or null. */
    dropIndex: target?.panelId === null ? target.index : null,
    /** The tab that would open it, or null. */
    dropPanelId: target?.panelId ?? null,
    listProps: {
      onDragOver(event: DragEvent<HTMLElement>) {
        if (!mayHoldAddress(event)) return;
        event.preventDefault();
        const next = targetAt(event.clientX);
        setTarget((now) => (now?.index === next.index && now.panelId === next.panelId ? now : next));
      },
      onDragLeave: () => setTarget(null),
      onDrop(event: DragEvent<HTMLElement>) {
        event.preventDefault();
        event.stopPropagation();
        const url = addressIn(event);
        const { index, panelId } = targetAt(event.clientX);
        setTarget(null);
        if (url === null) return;
        if (panelId !== null) openPage(url, { disposition: "current", panelId });
        else openPage(url, { disposition: "new-tab", index, typed: true });
      },
    },
  };
}
