/** How often a window that stays open asks for a new version when it is looked at again. */
const CHECK_EVERY_MS = 3_600_000;

let registering: Promise<ServiceWorkerRegistration | null> | undefined;

/**
 * Registers the service worker once the page is at rest; null where there is none:
 * in development, on plain http, in private windows of some browsers. Idempotent.
 */
export function registerWorker(): Promise<ServiceWorkerRegistration | null> {
  registering ??= register();
  return registering;
}

async function register(): Promise<ServiceWorkerRegistration | null> {
  if (process.env.NODE_ENV !== "production" || !("serviceWorker" in navigator)) return null;
  await atRest();
  try {
    const registration = await navigator.serviceWorker.register("/serwist/sw.js", {
      scope: "/",
      updateViaCache: "none",
    });
    keepLooking(registration);
    return registration;
  } catch {
    // Switched off, or out of space: Qui works with a connection.
    return null;
  }
}

/** Its first work is fetching the whole app: that must not stand in the way of the page. */
async function atRest(): Promise<void> {
  if (document.readyState !== "complete") {
    await new Promise((resolve) => window.addEventListener("load", resolve, { once: true }));
  }
  await new Promise<void>((resolve) => {
    if (typeof requestIdleCallback === "function") requestIdleCallback(() => resolve(), { timeout: 2000 });
    else setTimeout(resolve, 500);
  });
}

function keepLooking(registration: ServiceWorkerRegistration): void {
  let checkedAt = Date.now();
  const check = () => {
    if (document.visibilityState === "hidden" || Date.now() - checkedAt < CHECK_EVERY_MS) return;
    checkedAt = Date.now();
    // Without a connection there is nothing to find; the next look tries again.
    registration.update().catch(() => undefined);
  };
  document.addEventListener("visibilitychange", check);
  window.addEventListener("online", check);
}
