import type { CDPSession } from "playwright-core";
import { z } from "zod";

/** A worker, or a frame that lives in a process of its own: what a page has beside itself. */
export interface RelatedTarget {
  readonly type: string;
  /** A frame's is its frame id. */
  readonly id: string;
  send(method: string, params?: object): Promise<void>;
  on(event: string, listener: (params: unknown) => void): void;
}

const attachedSchema = z.object({
  sessionId: z.string(),
  waitingForDebugger: z.boolean(),
  targetInfo: z.object({ targetId: z.string(), type: z.string() }),
});
const envelopeSchema = z.object({ sessionId: z.string(), message: z.string() });
const messageSchema = z.object({ method: z.string(), params: z.unknown() });

/**
 * Prepares each worker and foreign frame of a page, those within them too, before
 * its first script runs: Chromium holds it until then. Messages go through the
 * page's own session, since Playwright shows nobody the sessions below it.
 * @param prepare Sends what it needs; order is kept, so nothing has to be awaited.
 */
export async function prepareRelatedTargets(
  cdp: CDPSession,
  prepare: (target: RelatedTarget) => void,
): Promise<void> {
  let id = 0;

  async function follow(parent: Pick<RelatedTarget, "send" | "on">): Promise<void> {
    const children = new Map<string, Map<string, ((params: unknown) => void)[]>>();
    parent.on("Target.attachedToTarget", (params) => {
      const { success, data } = attachedSchema.safeParse(params);
      if (!success) return;
      const { sessionId, targetInfo } = data;
      const listeners = new Map<string, ((params: unknown) => void)[]>();
      children.set(sessionId, listeners);
      const child: RelatedTarget = {
        type: targetInfo.type,
        id: targetInfo.targetId,
        send(method, params = {}) {
          id += 1;
          return parent.send("Target.sendMessageToTarget", {
            sessionId,
            message: JSON.stringify({ id, method, params }),
          });
        },
        on: (event, listener) => void listeners.set(event, [...(listeners.get(event) ?? []), listener]),
      };
      const ignore = () => {
        // It is gone, and nothing of it runs.
      };
      prepare(child);
      follow(child).catch(ignore);
      child.send("Runtime.runIfWaitingForDebugger").catch(ignore);
    });
    parent.on("Target.detachedFromTarget", (params) => {
      const { success, data } = z.object({ sessionId: z.string() }).safeParse(params);
      if (success) children.delete(data.sessionId);
    });
    parent.on("Target.receivedMessageFromTarget", (params) => {
      const { success, data } = envelopeSchema.safeParse(params);
      const listeners = success ? children.get(data.sessionId) : undefined;
      if (!success || !listeners?.size) return;
      const message = messageSchema.safeParse(JSON.parse(data.message));
      if (!message.success) return;
      for (const listener of listeners.get(message.data.method) ?? []) listener(message.data.params);
    });
    await parent.send("Target.setAutoAttach", {
      autoAttach: true,
      waitForDebuggerOnStart: true,
      flatten: false,
    });
  }

  const send = cdp.send as (method: string, params?: object) => Promise<unknown>;
  const on = cdp.on as unknown as (event: string, listener: (params: unknown) => void) => void;
  await follow({
    send: async (method, params) => void (await send.call(cdp, method, params)),
    on: (event, listener) => void on.call(cdp, event, listener),
  });
}
