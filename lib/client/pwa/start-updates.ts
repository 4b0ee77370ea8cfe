import { keepVisibleScrolls } from "#lib/client/commands/open-page.ts";
import { commands } from "#lib/client/commands/registry.ts";
import { getSession } from "#lib/client/store/browser-store.ts";
import { flushSession } from "#lib/client/store/persist-session.ts";
import { showToast } from "#lib/client/store/ui-store.ts";

const ANSWER_MAX_MS = 3000;
/** A new worker that never takes over must not leave the person waiting. */
const TAKE_OVER_MAX_MS = 5000;

let waiting: ServiceWorker | null = null;
let reloading = false;
let takeBack: (() => void) | undefined;

/**
 * Watches for a new version of Qui. It waits beside the old one until the person
 * asks for it; then the panels are written down, the new worker takes over and this
 * window reloads once. Other windows reload by themselves as soon as nobody looks
 * at them, since the files of their version are gone. Returns how to stop.
 */
export function startUpdates(registration: ServiceWorkerRegistration): () => void {
  let controlled = navigator.serviceWorker.controller !== null;
  const onFound = () => {
    const { installing } = registration;
    installing?.addEventListener("statechange", () => {
      // Without a controller it is the first one, which is no news.
      if (installing.state === "installed" && navigator.serviceWorker.controller) void offer(installing);
    });
  };
  const onTakenOver = () => {
    // The first worker ever taking over this window is no news either.
    const isFirst = !controlled;
    controlled = true;
    if (reloading || isFirst) return;
    waiting = null;
    if (document.visibilityState === "hidden" && !hasPrivate()) void reload();
    else announceUpdate("Qui was updated in another window");
  };
  const onHidden = () => {
    if (document.visibilityState === "hidden" && takeBack && waiting === null && !hasPrivate()) void reload();
  };
  registration.addEventListener("updatefound", onFound);
  navigator.serviceWorker.addEventListener("controllerchange", onTakenOver);
  document.addEventListener("visibilitychange", onHidden);
  if (registration.waiting) void offer(registration.waiting);
  return () => {
    registration.removeEventListener("updatefound", onFound);
    navigator.serviceWorker.removeEventListener("controllerchange", onTakenOver);
    document.removeEventListener("visibilitychange", onHidden);
    takeBack?.();
    takeBack = undefined;
  };
}

async function offer(worker: ServiceWorker): Promise<void> {
  // This window came from the server and may be of the new version already.
  if (await coversThisDocument(worker)) return;
  waiting = worker;
  announceUpdate("A new version of Qui is ready");
}

function announceUpdate(text: string): void {
  takeBack ??= commands.register([
    {
      id: "app.update",
      group: "Qui",
      title: "Update Qui and reload",
      aliases: ["new version", "upgrade"],
      run: () => void applyUpdate(),
    },
  ]);
  const note = hasPrivate() ? " Reloading closes private tabs." : "";
  showToast(`${text}.${note}`, { label: "Reload", command: "app.update" });
}

async function applyUpdate(): Promise<void> {
  if (reloading) return;
  const worker = waiting;
  if (!worker) return reload();
  reloading = true;
  await keepPanels();
  const takenOver = new Promise<void>((resolve) => {
    navigator.serviceWorker.addEventListener("controllerchange", () => resolve(), { once: true });
    setTimeout(resolve, TAKE_OVER_MAX_MS);
  });
  worker.postMessage({ type: "SKIP_WAITING" });
  await takenOver;
  window.location.reload();
}

async function reload(): Promise<void> {
  if (reloading) return;
  reloading = true;
  await keepPanels();
  window.location.reload();
}

async function keepPanels(): Promise<void> {
  keepVisibleScrolls();
  await flushSession();
}

function hasPrivate(): boolean {
  return getSession().space.panels.some((panel) => panel.private);
}

function coversThisDocument(worker: ServiceWorker): Promise<boolean> {
  const scripts = [...document.querySelectorAll<HTMLScriptElement>('script[src*="/_next/static/"]')].map(
    ({ src }) => src,
  );
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => resolve(data === true);
    setTimeout(resolve, ANSWER_MAX_MS, false);
    worker.postMessage({ type: "COVERS", scripts }, [port2]);
  });
}
