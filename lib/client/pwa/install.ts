import { commands, isInstalled } from "#lib/client/commands/registry.ts";
import { libraryStore } from "#lib/client/library/library-store.ts";
import { installStore } from "#lib/client/pwa/install-prompt.ts";
import { openDialog, showToast } from "#lib/client/store/ui-store.ts";
import { isInstallMoment } from "#lib/core/pwa/install-moment.ts";

const OFFERED_KEY = "qui-install-offered";
/** Long enough after what the person was just told. */
const NOTICE_DELAY_MS = 8000;

/** How Qui can be installed here: by the browser's own window, by hand on iOS, or not at all. */
export function installWay(): "prompt" | "ios" | "installed" | "none" {
  const { offer, installed } = installStore.getState();
  if (installed || isInstalled() || isIosApp()) return "installed";
  if (offer) return "prompt";
  return isIos() ? "ios" : "none";
}

export async function install(): Promise<void> {
  const { offer } = installStore.getState();
  if (!offer) return openDialog("install");
  const { outcome } = await offer.prompt();
  // An offer can be used once; the browser makes another when it sees fit.
  installStore.setState({ offer: null, installed: outcome === "accepted" });
}

/** Keeps the command in step with what the browser offers, and mentions it once at a good moment. Returns how to stop. */
export function startInstall(): () => void {
  let takeBack: (() => void) | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const update = () => {
    const way = installWay();
    const wanted = way === "prompt" || way === "ios";
    if (wanted && !takeBack) {
      takeBack = commands.register([
        {
          id: "app.install",
          group: "Qui",
          title: "Install Qui…",
          aliases: ["app", "home screen", "add to desktop"],
          run: () => void install(),
        },
      ]);
    } else if (!wanted) {
      takeBack?.();
      takeBack = undefined;
    }
    if (timer === undefined && isInstallMoment(signs(wanted), Date.now())) {
      timer = setTimeout(mention, NOTICE_DELAY_MS);
    }
  };
  const stops = [installStore.subscribe(update), libraryStore.subscribe(update)];
  update();
  return () => {
    clearTimeout(timer);
    takeBack?.();
    for (const stop of stops) stop();
  };
}

function signs(installable: boolean) {
  const { addresses, savedPages } = libraryStore.getState();
  const offeredAt = Number(read()) || null;
  return { installable, pagesRead: addresses.length, savedPages: savedPages.length, offeredAt };
}

function mention(): void {
  if (!commands.get("app.install")) return;
  try {
    localStorage.setItem(OFFERED_KEY, String(Date.now()));
  } catch {
    return; // It could not be remembered, so it would be said again and again.
  }
  showToast("Qui can have a window of its own and open without a connection.", {
    label: "Install",
    command: "app.install",
  });
}

function read(): string | null {
  try {
    return localStorage.getItem(OFFERED_KEY);
  } catch {
    return String(Date.now()); // Storage is switched off: say nothing.
  }
}

function isIosApp(): boolean {
  return "standalone" in navigator && navigator.standalone === true;
}

/** iPads call themselves Macs; only their fingers give them away. */
function isIos(): boolean {
  return (
    /iPhone|iPad|iPod/.test(navigator.userAgent) ||
    (/Mac/.test(navigator.platform) && navigator.maxTouchPoints > 1)
  );
}
