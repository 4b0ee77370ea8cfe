"use client";

import "../document/styles/states.css";
import "../document/styles/panels.css";
import "./live.css";
import { type Ref, useEffect, useImperativeHandle, useRef } from "react";
import { useStore } from "zustand";
import { LiveFeatures } from "#components/live/features/live-features.tsx";
import { LiveFindBar } from "#components/live/live-find-bar.tsx";
import { LiveStatus } from "#components/live/live-status.tsx";
import { LiveSurface } from "#components/live/live-surface.tsx";
import { useLiveTab } from "#components/live/use-live-tab.ts";
import type { LiveTab } from "#lib/client/live/live-tab.ts";
import type { PageViewHandle } from "#lib/client/reading/page-view-handle.ts";
import { uiStore } from "#lib/client/store/ui-store.ts";
import { fitViewport } from "#lib/core/live/fit-viewport.ts";
import type { PageAction } from "#lib/core/reading/page-view-state.ts";

export interface LiveViewProps {
  panelId: string;
  /** How closely the panel is looked at. */
  attention: "focused" | "aside" | "hidden";
  onAction: (action: PageAction) => void;
  ref?: Ref<PageViewHandle>;
}

/** A panel whose page runs in Chromium on a server: its picture, and what is to be said about it. */
export function LiveView({ panelId, attention, onAction, ref }: LiveViewProps) {
  const tab = useLiveTab(panelId);
  const root = useRef<HTMLDivElement>(null);
  const focusRef = useRef<(() => void) | null>(null);
  const isFinding = useStore(uiStore, ({ findPanelId }) => findPanelId === panelId);
  useImperativeHandle(ref, () => createHandle(tab, root, focusRef), [tab]);
  useViewer(tab, root, attention);
  return (
    <div
      ref={root}
      className="relative size-full overflow-clip bg-paper [container:page/inline-size]"
      aria-busy={!tab}
    >
      {tab && (
        <>
          <LiveSurface tab={tab} focusRef={focusRef} />
          <LiveFeatures tab={tab} />
          <LiveStatus tab={tab} onAction={onAction} />
          {isFinding && (
            <LiveFindBar
              tab={tab}
              onClose={() => {
                uiStore.setState({ findPanelId: null });
                focusRef.current?.();
              }}
            />
          )}
        </>
      )}
    </div>
  );
}

/** Sizes change many times while an edge is dragged; each costs the page a layout. */
const SETTLE_MS = 120;

/** Tells the tab how large it is seen, how finely, and how closely it is looked at. */
function useViewer(
  tab: LiveTab | undefined,
  root: React.RefObject<HTMLDivElement | null>,
  attention: LiveViewProps["attention"],
): void {
  const attentionRef = useRef(attention);
  attentionRef.current = attention;

  useEffect(() => {
    const element = root.current;
    if (!tab || !element) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const measure = () => {
      const { clientWidth: width, clientHeight: height } = element;
      if (width === 0 || height === 0) return;
      const viewport = fitViewport({ width, height, dpr: window.devicePixelRatio });
      const known = tab.store.getState().viewport;
      const isSame =
        known.width === viewport.width && known.height === viewport.height && known.dpr === viewport.dpr;
      tab.setViewer("flat", { attention: attentionRef.current, viewport: isSame ? known : viewport });
    };
    const settle = () => {
      clearTimeout(timer);
      timer = setTimeout(measure, SETTLE_MS);
    };
    const observer = new ResizeObserver(settle);
    observer.observe(element);
    // A window that moves to a finer screen, or is zoomed.
    window.addEventListener("resize", settle);
    measure();
    return () => {
      clearTimeout(timer);
      observer.disconnect();
      window.removeEventListener("resize", settle);
      tab.setViewer("flat", null);
    };
  }, [tab, root]);

  useEffect(() => {
    if (tab) tab.setViewer("flat", { attention, viewport: tab.store.getState().viewport });
  }, [tab, attention]);
}

/** What moves between pages asks of any view; what only a document has is not done. */
function createHandle(
  tab: LiveTab | undefined,
  root: React.RefObject<HTMLDivElement | null>,
  focusRef: React.RefObject<(() => void) | null>,
): PageViewHandle {
  return {
    scrollToBlock: () => {},
    getScroll: () => ({ blockId: null, offset: 0, y: tab?.store.getState().page.scroll.y ?? 0 }),
    setScroll: () => {},
    focus: () => focusPage(root.current, focusRef.current),
    showMatches: () => {},
    clearMatches: () => {},
    getPlace: () => ({ blockId: null, order: -1, progress: 0, minutesLeft: 0 }),
    watchPlace: () => () => {},
    getSelection: () => [],
    print: () => {},
    enlarge: () => {},
  };
}

/** The page has the keys, unless it waits for an answer: then its question has them. */
function focusPage(root: HTMLElement | null, focusKeys: (() => void) | null): void {
  const question = root?.querySelector("[data-page-waits]");
  if (!question) focusKeys?.();
  else if (!question.contains(document.activeElement))
    question.querySelector<HTMLElement>("[data-autofocus], [role=listbox], [role=dialog]")?.focus();
}
