"use client";

import { useEffect, useLayoutEffect, useRef, useState } from "react";

const SHOW_DELAY_MS = 500;
/** Going from one control to the next shows the next name at once. */
const WARM_MS = 300;

interface Tip {
  text: string;
  keys: string | null;
  anchor: Element;
}

/**
 * One tooltip for all controls that carry `data-tip`. It repeats their accessible
 * name and adds their keys, so it is hidden from screen readers. Escape, a press or
 * leaving takes it away; the pointer may rest on the control as long as it likes.
 */
export function TooltipLayer() {
  const [tip, setTip] = useState<Tip | null>(null);
  const ref = useRef<HTMLDivElement>(null);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let hiddenAt = 0;
    let anchor: Element | null = null;
    const hide = () => {
      clearTimeout(timer);
      if (anchor) hiddenAt = performance.now();
      anchor = null;
      setTip(null);
    };
    const consider = (target: EventTarget | null, delayed: boolean) => {
      const next = target instanceof Element ? target.closest("[data-tip]") : null;
      if (next === anchor) return;
      hide();
      if (!next) return;
      anchor = next;
      const show = () => {
        if (!next.isConnected || anchor !== next || next.getAttribute("aria-expanded") === "true") return;
        setTip({
          text: next.getAttribute("data-tip") ?? "",
          keys: next.getAttribute("data-tip-keys"),
          anchor: next,
        });
      };
      const warm = performance.now() - hiddenAt < WARM_MS;
      timer = setTimeout(show, delayed && !warm ? SHOW_DELAY_MS : 0);
    };
    const onOver = (event: PointerEvent) => event.pointerType !== "touch" && consider(event.target, true);
    const onFocus = (event: FocusEvent) => {
      const target =
        event.target instanceof Element && event.target.matches(":focus-visible") ? event.target : null;
      consider(target, false);
    };
    const onKey = (event: KeyboardEvent) => event.key === "Escape" && hide();
    document.addEventListener("pointerover", onOver);
    document.addEventListener("focusin", onFocus);
    document.addEventListener("pointerdown", hide);
    document.addEventListener("keydown", onKey);
    document.addEventListener("scroll", hide, true);
    document.documentElement.addEventListener("pointerleave", hide);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("pointerover", onOver);
      document.removeEventListener("focusin", onFocus);
      document.removeEventListener("pointerdown", hide);
      document.removeEventListener("keydown", onKey);
      document.removeEventListener("scroll", hide, true);
      document.documentElement.removeEventListener("pointerleave", hide);
    };
  }, []);

  useLayoutEffect(() => {
    const box = ref.current;
    if (!tip || !box) return;
    const anchor = tip.anchor.getBoundingClientRect();
    const { width, height } = box.getBoundingClientRect();
    const left = Math.max(
      8,
      Math.min(window.innerWidth - width - 8, anchor.left + anchor.width / 2 - width / 2),
    );
    const below = anchor.bottom + 6;
    box.style.left = `${left}px`;
    box.style.top = `${below + height > window.innerHeight - 8 ? anchor.top - height - 6 : below}px`;
  }, [tip]);

  if (!tip) return null;
  return (
    <div
      ref={ref}
      aria-hidden
      data-theme="dark"
      className="pointer-events-none fixed z-50 flex max-w-80 items-center gap-2 rounded-md bg-raised px-2 py-1 text-xs text-ink shadow-float"
    >
      <span className="truncate">{tip.text}</span>
      {tip.keys && <span className="shrink-0 text-muted">{tip.keys}</span>}
    </div>
  );
}
