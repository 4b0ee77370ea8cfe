import { type ReactNode, useLayoutEffect, useRef } from "react";
import { useStore } from "zustand";
import type { LiveTab } from "#lib/client/live/live-tab.ts";

interface AnchoredProps {
  tab: LiveTab;
  /** In the page's CSS pixels. */
  rect: { x: number; y: number; width: number; height: number };
  onDismiss: () => void;
  children: ReactNode;
}

const GAP_PX = 2;

/** Hangs something under a field of the page, or over it where there is more room; a sheet on phones. */
export function Anchored({ tab, rect, onDismiss, children }: AnchoredProps) {
  const box = useRef<HTMLDivElement>(null);
  const zoom = useStore(tab.store, (state) => state.zoom);

  useLayoutEffect(() => {
    const element = box.current;
    const around = element?.parentElement;
    if (!element || !around || window.innerWidth < 640) return;
    const [left, top] = [rect.x * zoom, rect.y * zoom];
    const bottom = top + rect.height * zoom;
    const below = around.clientHeight - bottom - 8;
    const isBelow = below >= Math.min(element.scrollHeight, 240) || below >= top;
    element.style.minWidth = `${Math.min(rect.width * zoom, around.clientWidth - 16)}px`;
    element.style.maxHeight = `${Math.max(120, (isBelow ? below : top - 8) - GAP_PX)}px`;
    element.style.left = `${Math.max(8, Math.min(left, around.clientWidth - element.offsetWidth - 8))}px`;
    if (isBelow) element.style.top = `${bottom + GAP_PX}px`;
    else element.style.bottom = `${around.clientHeight - top + GAP_PX}px`;
  }, [rect, zoom]);

  return (
    <div data-page-waits className="pointer-events-auto absolute inset-0">
      <div
        aria-hidden
        className="absolute inset-0 max-sm:bg-[oklch(0.1_0.02_250/35%)]"
        onPointerDown={onDismiss}
      />
      <div
        ref={box}
        className="absolute flex max-h-[60%] animate-fade flex-col overflow-hidden rounded-control bg-raised text-ink shadow-float max-sm:inset-x-0 max-sm:bottom-0 max-sm:animate-sheet max-sm:rounded-t-[20px] max-sm:rounded-b-none max-sm:pb-[env(safe-area-inset-bottom)] sm:max-w-96"
      >
        {children}
      </div>
    </div>
  );
}
