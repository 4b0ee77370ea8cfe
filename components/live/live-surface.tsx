import { type RefObject, useEffect, useRef, useState } from "react";
import { useStore } from "zustand";
import { bindLiveInput } from "#lib/client/live/input/bind-live-input.ts";
import type { LiveTab } from "#lib/client/live/live-tab.ts";

interface LiveSurfaceProps {
  tab: LiveTab;
  /** Brings the keys to the page. */
  focusRef: RefObject<(() => void) | null>;
}

/**
 * The picture of a live page, and the hidden fields through which keys reach it. All
 * that moves goes past React: the canvas is the tab's own, and input is bound to the
 * elements themselves.
 */
export function LiveSurface({ tab, focusRef }: LiveSurfaceProps) {
  const root = useRef<HTMLDivElement>(null);
  const surface = useRef<HTMLDivElement>(null);
  const area = useRef<HTMLTextAreaElement>(null);
  const line = useRef<HTMLInputElement>(null);
  const [ring, setRing] = useState(false);
  const title = useStore(tab.store, ({ page }) => page.title || page.url);
  const cursor = useStore(tab.store, (state) => state.cursor);
  const field = useStore(tab.store, (state) => state.field);
  const zoom = useStore(tab.store, (state) => state.zoom);
  const isDimmed = useStore(
    tab.store,
    ({ status }) => status.kind === "lost" || status.kind === "connecting",
  );

  useEffect(() => {
    const parent = surface.current;
    if (!parent) return;
    tab.canvas.setAttribute("aria-hidden", "true");
    parent.append(tab.canvas);
    return () => {
      // The room may have taken it meanwhile.
      if (tab.canvas.parentElement === parent) tab.canvas.remove();
    };
  }, [tab]);

  useEffect(() => {
    if (!root.current || !surface.current || !area.current || !line.current) return;
    const input = bindLiveInput({
      tab,
      root: root.current,
      surface: surface.current,
      area: area.current,
      line: line.current,
      onRing: setRing,
    });
    focusRef.current = input.focus;
    return () => {
      focusRef.current = null;
      input.dispose();
    };
  }, [tab, focusRef]);

  const place = field
    ? {
        left: field.rect.x * zoom,
        top: field.rect.y * zoom,
        width: Math.max(1, field.rect.width * zoom),
        height: Math.max(1, field.rect.height * zoom),
      }
    : { left: 0, top: 0, width: 1, height: 1 };
  return (
    <div
      ref={root}
      className="qui-live"
      role="application"
      aria-label={`${title || "Live page"}, live`}
      aria-roledescription="live page"
      data-ring={ring || undefined}
      data-dimmed={isDimmed || undefined}
    >
      <div ref={surface} className="qui-live-surface" style={{ cursor }} data-cursor={cursor} />
      <textarea ref={area} className="qui-live-keys" aria-label="Keys for the page" style={place} />
      <input
        ref={line}
        tabIndex={-1}
        className="qui-live-keys"
        aria-label="Text for the page"
        style={place}
      />
    </div>
  );
}
