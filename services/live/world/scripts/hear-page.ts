import type { WorldScope } from "#services/live/world/world-scope.ts";

/**
 * Hears what the script in the page's own world was asked for. A page may write to the
 * clipboard within a press or key only; whether it is within one, Chromium says here.
 */
export function hearPage(qui: WorldScope): void {
  const MAX = 500_000;

  const answer = (id: number, given: { ok: boolean; text?: string }) =>
    window.dispatchEvent(
      new CustomEvent(`${qui.channel}-answer`, { detail: JSON.stringify({ id, ...given }) }),
    );

  window.addEventListener(
    qui.channel,
    (event) => {
      event.preventDefault();
      event.stopImmediatePropagation();
      const request = JSON.parse(String((event as CustomEvent).detail));
      if (request.kind === "write") {
        const isAllowed = navigator.userActivation.isActive;
        const [text, html] = [String(request.text).slice(0, MAX), String(request.html).slice(0, MAX)];
        if (isAllowed) qui.report({ kind: "copied", text, html });
        answer(request.id, { ok: isAllowed });
      }
    },
    { capture: true },
  );
  window.dispatchEvent(new Event(`${qui.channel}-ready`));
}
