import type { Browser } from "playwright-core";
import { z } from "zod";
import { getLog } from "#lib/node/log/log.ts";

/** What most desktop machines have, and a node seldom. */
export const HARDWARE_CONCURRENCY = 8;

type Send = (sessionId: string, method: string, params?: object) => number;

/** What is used of Playwright's own side of a browser's connection, which it shows nobody. */
const insideSchema = z.looseObject({
  _connection: z.looseObject({
    _rawSend: z.custom<Send>((value) => typeof value === "function"),
    _sessions: z.instanceof(Map),
  }),
});

/**
 * The same number of cores in every worker. Nothing but a message to the worker itself
 * sets it, and a worker runs as soon as any of its sessions lets it: so the message goes
 * out just before Playwright's own leave to run, on the same session, which keeps order.
 * Without these insides, as another version may be, workers see the node's own number.
 */
export function uniformCores(browser: Browser): void {
  const { _connection: outside } = browser as unknown as {
    _connection?: { toImpl?(browser: Browser): unknown };
  };
  const inside = outside?.toImpl?.(browser);
  if (!isInside(inside)) {
    getLog().warn("this version of Playwright hides its sessions: workers see how many cores the node has");
    return;
  }
  const connection = inside._connection;
  const send = connection._rawSend.bind(connection);
  connection._rawSend = (sessionId, method, params) => {
    if (method === "Runtime.runIfWaitingForDebugger") {
      const session = connection._sessions.get(sessionId) as
        | { send(method: string, params: object): Promise<unknown> }
        | undefined;
      session
        ?.send("Emulation.setHardwareConcurrencyOverride", { hardwareConcurrency: HARDWARE_CONCURRENCY })
        .catch(() => {
          // A target without cores, or one that is gone.
        });
    }
    return send(sessionId, method, params);
  };
}

function isInside(value: unknown): value is z.infer<typeof insideSchema> {
  return insideSchema.safeParse(value).success;
}
