import { openFromOutside } from "#lib/client/commands/open-page.ts";
import { runCommand } from "#lib/client/commands/registry.ts";
import { startInstall } from "#lib/client/pwa/install.ts";
import { registerWorker } from "#lib/client/pwa/register-worker.ts";
import { startUpdates } from "#lib/client/pwa/start-updates.ts";
import { requestOmnibox } from "#lib/client/store/ui-store.ts";
import { readLaunch } from "#lib/core/pwa/launch.ts";

interface LaunchQueue {
  setConsumer(consume: (launch: { targetURL?: string }) => void): void;
}

/** Brings what makes Qui an app to life in the frame. Returns how to stop. */
export async function startPwa(): Promise<() => void> {
  listenLaunches();
  const stopInstall = startInstall();
  const registration = await registerWorker();
  const stopUpdates = registration ? startUpdates(registration) : undefined;
  return () => {
    stopInstall();
    stopUpdates?.();
  };
}

let listening = false;

/** Later launches come to the window that is open already, by the manifest's `launch_handler`. */
function listenLaunches(): void {
  const { launchQueue } = window as { launchQueue?: LaunchQueue };
  if (listening || !launchQueue) return;
  listening = true;
  // The launch that opened this window is in its address, which was read when it started.
  const own = performance.getEntriesByType("navigation")[0]?.name;
  let isFirst = true;
  launchQueue.setConsumer(({ targetURL }) => {
    const isOwn = isFirst && targetURL === own;
    isFirst = false;
    if (isOwn || !targetURL || !URL.canParse(targetURL)) return;
    const { address, refused, command } = readLaunch(new URL(targetURL));
    if (address) openFromOutside(address);
    if (refused) requestOmnibox(refused);
    if (command) runCommand(command);
  });
}
