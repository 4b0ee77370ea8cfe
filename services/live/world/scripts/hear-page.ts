import type { WorldScope } from "#services/live/world/world-scope.ts";

/**
 * Hears what the script in the page's own world was asked for. A page may write to and read
 * from the clipboard within a press or key only, and offer to notify; whether it is within one,
 * Chromium says here, where no page can change the answer.
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
      const { id, kind } = request;
      const isPressed = navigator.userActivation.isActive;
      if (kind === "write") {
        const [text, html] = [String(request.text).slice(0, MAX), String(request.html).slice(0, MAX)];
        if (isPressed) qui.report({ kind: "copied", text, html });
        answer(id, { ok: isPressed });
      } else if (kind === "permission") {
        const { permission } = request;
        if (isPressed || permission === "geolocation") qui.report({ kind: "asks", id, permission });
        else answer(id, { ok: false });
      } else if (kind === "notify") {
        const [title, body] = [String(request.title).slice(0, 200), String(request.body).slice(0, 500)];
        qui.report({ kind: "notifies", title, body });
      } else if (kind === "refused") qui.report({ kind: "refused", device: request.device });
    },
    { capture: true },
  );
  qui.offer("answerPage", answer);
  window.dispatchEvent(new Event(`${qui.channel}-ready`));
}
