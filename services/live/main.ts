import { tmpdir } from "node:os";
import { setTempFolder } from "#lib/node/env.ts";
import { getLog } from "#lib/node/log/log.ts";
import { ownTempFolder } from "#services/live/process/own-temp-folder.ts";

/** A clean end has so long; after that the process goes, and Chromium with it, since it listens on our pipe. */
const STOP_MS = 8_000;

const folder = ownTempFolder(tmpdir());
setTempFolder(folder.path);
process.on("exit", () => folder.remove());

// A promise nobody waits for concerns one tab at most; anything thrown past everybody may have left the process in
// any state, so it ends, and whoever keeps it starts another.
process.on("unhandledRejection", (error) => getLog().error({ err: error }, "a rejection nobody handled"));
process.on("uncaughtException", (error) => {
  getLog().fatal({ err: error }, "the live node failed");
  void stop(1);
});

// Loaded only now: some of what it stands on looks up the folder for temporary files as it loads.
const starting = import("#services/live/run-node.ts").then(({ runNode }) => runNode());
let stopping = false;

async function stop(code: number): Promise<void> {
  if (stopping) return;
  stopping = true;
  setTimeout(() => process.exit(code || 1), STOP_MS).unref();
  await starting.then((server) => server.close());
  process.exit(code);
}

for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => void stop(0));
// Only a launcher opens a channel: without its launcher, a node would hold its port and its Chromium for nobody.
process.on("disconnect", () => void stop(0));
starting.catch((error: unknown) => {
  getLog().fatal({ err: error }, "the live node cannot start");
  process.exitCode = 1;
  setImmediate(() => process.exit(1));
});
