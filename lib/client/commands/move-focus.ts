import { getViewHandle } from "#lib/client/pages/view-handles.ts";

/**
 * Parts of the window carry this attribute; F6 goes from one to the next, as in the big browsers. A part within
 * another comes after it.
 */
const PART = "[data-focus-part]";

/** Moves the focus to the next part on screen: to what was last in focus there, else to its first control, else to itself. */
export function moveFocus(step: 1 | -1): void {
  const parts = [...document.querySelectorAll<HTMLElement>(PART)].filter(
    (part) => part.offsetParent !== null,
  );
  if (parts.length === 0) return;
  const now = parts.findLastIndex((part) => part.contains(document.activeElement));
  const from = now < 0 && step < 0 ? 0 : now;
  const part = parts[(from + step + parts.length) % parts.length];
  // A page takes the focus as a whole, so that the keys scroll it.
  const view = getViewHandle(part?.id.replace(/^panel-/, "") ?? "");
  if (view) {
    view.focus();
    return;
  }
  const control = part?.querySelector<HTMLElement>(
    '[tabindex="0"], input:not([disabled]), button:not([disabled]):not([tabindex="-1"]), a[href]',
  );
  (part?.hasAttribute("tabindex") ? part : (control ?? part))?.focus();
}
