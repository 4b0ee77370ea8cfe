"use client";

import { useEffect, useState } from "react";
import { useStore } from "zustand";
import { AppearancePanel } from "#components/document/appearance-panel.tsx";
import { OutlinePanel } from "#components/document/outline-panel.tsx";
import { getViewHandle } from "#lib/client/pages/view-handles.ts";
import { browserStore } from "#lib/client/store/browser-store.ts";
import { settingsStore, updateSettings } from "#lib/client/store/settings-store.ts";

/** Appearance as the frame's toolbar shows it: one setting for all pages. */
export function AppearancePopover() {
  const appearance = useStore(settingsStore, (settings) => settings.appearance);
  return (
    <AppearancePanel appearance={appearance} onChange={(next) => updateSettings({ appearance: next })} />
  );
}

/** The outline of the page in front, following its reader. */
export function OutlinePopover({ onClose }: { onClose: () => void }) {
  const panelId = useStore(browserStore, ({ session }) => session.activeId ?? "");
  const view = useStore(browserStore, ({ views }) => views[panelId]?.view);
  const [activeBlockId, setActiveBlockId] = useState<string | null>(null);
  useEffect(() => {
    const handle = getViewHandle(panelId);
    if (!handle || view?.status !== "ready") return;
    setActiveBlockId(handle.getPlace().blockId);
    return handle.watchPlace((place) => setActiveBlockId(place.blockId));
  }, [panelId, view]);
  if (view?.status !== "ready") {
    return <p className="text-muted">The outline comes with the page.</p>;
  }
  return (
    <OutlinePanel
      document={view.page.document}
      activeBlockId={activeBlockId}
      onSelect={(blockId) => {
        const handle = getViewHandle(panelId);
        onClose();
        handle?.scrollToBlock(blockId);
        handle?.focus();
      }}
    />
  );
}
