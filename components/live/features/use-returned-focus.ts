import { type RefObject, useEffect, useRef } from "react";
import { getViewHandle } from "#lib/client/pages/view-handles.ts";

/**
 * Gives the focus back when a question of a page is gone: to what had it within the panel, else to the page.
 * Whoever went elsewhere meanwhile stays there. `take` takes it at the beginning.
 */
export function useReturnedFocus(root: RefObject<HTMLElement | null>, take?: () => void): void {
  const taken = useRef(take);
  useEffect(() => {
    const before = document.activeElement;
    const panel = root.current?.closest("[role=tabpanel]");
    taken.current?.();
    return () => {
      if (document.activeElement !== document.body) return;
      if (before instanceof HTMLElement && panel?.contains(before)) before.focus({ preventScroll: true });
      else getViewHandle(panel?.id.replace(/^panel-/, "") ?? "")?.focus();
    };
  }, [root]);
}
