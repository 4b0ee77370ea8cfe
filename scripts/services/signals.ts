export interface StopSignal {
  /** Aborts with the first request to stop. */
  signal: AbortSignal;
  /** Resolves with the first request to stop. */
  requested: Promise<string>;
}

/** A terminal's Ctrl-C reaches npm and us, and npm passes it on: what comes this soon is the same request again. */
const SAME_REQUEST_MS = 1_000;

/**
 * Gathers everything that asks us to stop: Ctrl-C, SIGTERM, a closed terminal, and the end of the process that
 * started us. `onRepeated` runs when someone asks again and means it.
 */
export function listenForStop(onRepeated: () => void): StopSignal {
  const controller = new AbortController();
  const { promise: requested, resolve } = Promise.withResolvers<string>();
  let firstAt: number | undefined;
  const request = (why: string) => {
    if (firstAt === undefined) {
      firstAt = performance.now();
      controller.abort(new Error(`Stopped: ${why}.`));
      resolve(why);
    } else if (performance.now() - firstAt > SAME_REQUEST_MS) {
      onRepeated();
    }
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => request(signal));
  // `start.mjs` on an older Node keeps a channel to us; npm keeps none, but is our parent while it lives.
  process.on("disconnect", () => request("the launcher ended"));
  const parent = process.ppid;
  if (process.env.npm_lifecycle_event) {
    const watch = setInterval(() => {
      if (process.ppid === parent) return;
      clearInterval(watch);
      request("npm ended");
    }, 1_000);
    watch.unref();
  }
  // Output may be a pipe that closes first.
  process.stdout.on("error", () => {});
  process.stderr.on("error", () => {});
  return { signal: controller.signal, requested };
}
