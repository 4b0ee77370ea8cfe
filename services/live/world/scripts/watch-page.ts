import type { WorldScope } from "#services/live/world/world-scope.ts";

/** Tells of the main document: its title, where it is scrolled to, its icon, and whether something in it fills the screen. */
export function watchPage(qui: WorldScope): void {
  document.addEventListener("fullscreenchange", () =>
    qui.report({ kind: "fullscreen", on: document.fullscreenElement !== null }),
  );
  qui.offer("leaveFullscreen", async () => {
    if (document.fullscreenElement) await document.exitFullscreen();
  });
  if (window.top !== window) return;

  const EVERY_MS = 250;
  let timer: ReturnType<typeof setTimeout> | null = null;
  window.addEventListener(
    "scroll",
    () => {
      if (timer === null)
        timer = setTimeout(() => {
          timer = null;
          qui.report({ kind: "scroll", x: scrollX, y: scrollY });
        }, EVERY_MS);
    },
    { capture: true, passive: true },
  );

  let title = "";
  let titleTimer: ReturnType<typeof setTimeout> | null = null;
  function tellTitle(): void {
    if (titleTimer !== null) return;
    titleTimer = setTimeout(() => {
      titleTimer = null;
      if (document.title === title) return;
      title = document.title;
      qui.report({ kind: "title", title: title.slice(0, 1000) });
    }, 50);
  }
  /** Where the title is looked for: a title in the head is it, so nothing else needs watching. */
  let watched: Node | null = null;
  const titleObserver = new MutationObserver(watchTitle);
  function watchTitle(): void {
    tellTitle();
    const inHead = document.head?.querySelector("title");
    const place = inHead ? document.head : document;
    if (place === watched) return;
    watched = place;
    titleObserver.disconnect();
    titleObserver.observe(place, { subtree: true, childList: true, characterData: true });
    // A head may be taken away, and a document written anew.
    for (const node of inHead ? [document, document.documentElement] : [])
      titleObserver.observe(node, { childList: true });
  }
  watchTitle();

  let icon: string | null = null;
  function tellIcon(): void {
    if (!/^https?:$/.test(location.protocol)) return;
    const links = [...document.querySelectorAll<HTMLLinkElement>("link[rel~='icon' i]")];
    const size = (link: HTMLLinkElement) => Number.parseInt(link.sizes?.value ?? "", 10) || 16;
    // The smallest that is still sharp in a tab of a high-density screen.
    const [best] = links.sort((a, b) => Math.abs(size(a) - 32) - Math.abs(size(b) - 32));
    const href = (best?.href || new URL("/favicon.ico", location.origin).href).slice(0, 8192);
    if (href === icon) return;
    icon = href;
    qui.report({ kind: "icon", href });
  }
  window.addEventListener("DOMContentLoaded", tellIcon);
  window.addEventListener("load", tellIcon);
  if (document.readyState !== "loading") tellIcon();
}
