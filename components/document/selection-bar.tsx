"use client";

import { Copy, type LucideIcon, Pin, Quote, ScanSearch, Search } from "lucide-react";
import { type RefObject, useEffect, useState } from "react";
import { runCommand } from "#lib/client/commands/registry.ts";

/** A selection made by keys or fingers changes step by step: wait until it rests. */
const REST_MS = 350;

interface Place {
  /** Relative to the page's panel. */
  x: number;
  y: number;
  side: "above" | "below";
}

const ACTIONS: readonly { id: string; label: string; icon: LucideIcon }[] = [
  { id: "selection.copy", label: "Copy", icon: Copy },
  { id: "selection.copyWithSource", label: "Copy with source", icon: Quote },
  { id: "note.pin", label: "Pin", icon: Pin },
  { id: "selection.search", label: "Search", icon: Search },
  { id: "selection.find", label: "Find on page", icon: ScanSearch },
];

/** A small bar beside selected text. All it does is in the context menu too. */
export function SelectionBar({
  content,
  panelId,
}: {
  content: RefObject<HTMLElement | null>;
  panelId: string;
}) {
  const [place, setPlace] = useState<Place | null>(null);

  useEffect(() => {
    const abort = new AbortController();
    const options = { signal: abort.signal, passive: true };
    let timer = 0;
    let isPressed = false;
    const update = (): void => setPlace(content.current && !isPressed ? readPlace(content.current) : null);
    const later = (): void => {
      clearTimeout(timer);
      timer = window.setTimeout(update, REST_MS);
    };
    document.addEventListener(
      "selectionchange",
      () => {
        setPlace(null);
        later();
      },
      options,
    );
    document.addEventListener("pointerdown", () => (isPressed = true), options);
    document.addEventListener(
      "pointerup",
      () => {
        isPressed = false;
        later();
      },
      options,
    );
    document.addEventListener("scroll", () => setPlace(null), { ...options, capture: true });
    document.addEventListener("keydown", (event) => event.key === "Escape" && setPlace(null), options);
    update();
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [content]);

  if (!place) return null;
  return (
    <div
      className="qui-selection-bar"
      role="toolbar"
      aria-label="Selected text"
      data-side={place.side}
      style={{ insetInlineStart: 0, insetBlockStart: 0, translate: `${place.x}px ${place.y}px` }}
      // Pressing a button must not clear the selection it is about.
      onMouseDown={(event) => event.preventDefault()}
    >
      {ACTIONS.map(({ id, label, icon: Icon }) => (
        <button
          key={id}
          type="button"
          onClick={() => {
            runCommand(id, { panelId });
            setPlace(null);
          }}
        >
          <Icon aria-hidden="true" size={16} />
          <span>{label}</span>
        </button>
      ))}
    </div>
  );
}

/** Touch puts its own handles and menu above the text, so the bar goes below it there. */
function readPlace(content: HTMLElement): Place | null {
  const selection = window.getSelection();
  if (!selection || selection.isCollapsed || selection.toString().trim().length < 2) return null;
  const range = selection.getRangeAt(0);
  if (!content.contains(range.commonAncestorContainer)) return null;
  const panel = content.closest(".qui-page")?.getBoundingClientRect();
  const rect = range.getBoundingClientRect();
  if (!panel || rect.bottom < panel.top || rect.top > panel.bottom) return null;
  const isTouch = matchMedia("(pointer: coarse)").matches;
  const hasRoomAbove = rect.top - panel.top > 56;
  const side = hasRoomAbove && !isTouch ? "above" : "below";
  const middle = Math.min(panel.width - 8, Math.max(8, rect.left + rect.width / 2 - panel.left));
  const y =
    side === "above" ? rect.top - panel.top - 8 : Math.min(rect.bottom - panel.top + 12, panel.height - 56);
  return { x: middle, y, side };
}
