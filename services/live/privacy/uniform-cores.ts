import type { BrowserInsides } from "#services/live/privacy/browser-insides.ts";

/** What most desktop machines have, and a node seldom. */
export const HARDWARE_CONCURRENCY = 8;

/**
 * The same number of cores in every worker. Nothing but a message to the worker itself
 * sets it, and a worker runs as soon as any of its sessions lets it: so the message goes
 * out just before Playwright's own leave to run, on the same session, which keeps order.
 * Without these insides, as another version may be, workers see the node's own number.
 */
export function uniformCores(insides: BrowserInsides): void {
  insides.beforeRun((send) =>
    send("Emulation.setHardwareConcurrencyOverride", { hardwareConcurrency: HARDWARE_CONCURRENCY }),
  );
}
