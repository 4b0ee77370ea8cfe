import type { Browser } from "playwright-core";
import { z } from "zod";
import { getLog } from "#lib/node/log/log.ts";

type Send = (sessionId: string, method: string, params?: object) => number;

/** What is used of Playwright's own side of a browser's connection, which it shows nobody. */
const insideSchema = z.looseObject({
  _connection: z.looseObject({
    _rawSend: z.custom<Send>((value) => typeof value === "function"),
    _sessions: z.instanceof(Map),
    _transport: z.looseObject({
      onmessage: z.custom<(message: unknown) => void>((value) => typeof value === "function"),
    }),
  }),
});

export interface BrowserInsides {
  /** Called just before a target is let run, with a way to tell it something first; order is kept. */
  beforeRun(tell: (send: (method: string, params: object) => void) => void): void;
  /** Every message of the browser, as it comes and before anybody acts on it. */
  onMessage(listener: (message: unknown) => void): void;
}

/** Null where another version of Playwright hides them. */
export function getBrowserInsides(browser: Browser): BrowserInsides | null {
  const { _connection: outside } = browser as unknown as {
    _connection?: { toImpl?(browser: Browser): unknown };
  };
  const inside = outside?.toImpl?.(browser);
  if (!isInside(inside)) {
    getLog().warn(
      "this version of Playwright hides its sessions: workers see how many cores the node has, and WebSockets are judged by host alone",
    );
    return null;
  }
  const connection = inside._connection;
  return {
    beforeRun(tell) {
      const send = connection._rawSend.bind(connection);
      connection._rawSend = (sessionId, method, params) => {
        const session = connection._sessions.get(sessionId) as
          | { send(method: string, params: object): Promise<unknown> }
          | undefined;
        if (method === "Runtime.runIfWaitingForDebugger" && session) {
          tell((ownMethod, ownParams) => {
            session.send(ownMethod, ownParams).catch(() => {
              // A target that knows no such thing, or one that is gone.
            });
          });
        }
        return send(sessionId, method, params);
      };
    },
    onMessage(listener) {
      const transport = connection._transport;
      const pass = transport.onmessage;
      transport.onmessage = (message) => {
        listener(message);
        pass(message);
      };
    },
  };
}

function isInside(value: unknown): value is z.infer<typeof insideSchema> {
  return insideSchema.safeParse(value).success;
}
