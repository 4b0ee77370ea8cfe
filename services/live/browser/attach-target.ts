import type { CDPSession } from "playwright-core";
import { z } from "zod";
import { within } from "#services/live/browser/within.ts";

const ANSWER_MS = 15_000;

const envelopeSchema = z.object({ sessionId: z.string(), message: z.string() });
const messageSchema = z.union([
  z.object({
    id: z.number(),
    result: z.unknown().optional(),
    error: z.object({ message: z.string() }).optional(),
  }),
  z.object({ method: z.string(), params: z.unknown() }),
]);

/** A session with a target that Playwright knows nothing of. */
export interface AttachedTarget {
  /** @throws when the target refuses, is gone, or does not answer in time. */
  send(method: string, params?: object): Promise<unknown>;
  on(event: string, listener: (params: unknown) => void): void;
  /** Called once, when the target is gone, or its process has died and `Inspector` was enabled to tell. */
  onGone(listener: () => void): void;
}

/** Speaks with a target through the browser's own session, since Playwright shows nobody the sessions below it. */
export async function attachTarget(browser: CDPSession, targetId: string): Promise<AttachedTarget> {
  const { sessionId } = await browser.send("Target.attachToTarget", { targetId, flatten: false });
  const answers = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>();
  const listeners = new Map<string, ((params: unknown) => void)[]>();
  const goneListeners: (() => void)[] = [];
  let id = 0;
  let isGone = false;

  browser.on("Target.receivedMessageFromTarget", (params) => {
    const envelope = envelopeSchema.safeParse(params);
    if (!envelope.success || envelope.data.sessionId !== sessionId) return;
    const { success, data } = messageSchema.safeParse(JSON.parse(envelope.data.message));
    if (!success) return;
    if ("method" in data) {
      if (data.method === "Inspector.targetCrashed") end();
      for (const listener of listeners.get(data.method) ?? []) listener(data.params);
      return;
    }
    const answer = answers.get(data.id);
    answers.delete(data.id);
    if (data.error) answer?.reject(new Error(data.error.message));
    else answer?.resolve(data.result);
  });
  browser.on("Target.detachedFromTarget", (detached) => {
    if (detached.sessionId === sessionId) end();
  });

  function end(): void {
    isGone = true;
    for (const { reject } of answers.values()) reject(new Error("The target is gone."));
    answers.clear();
    for (const listener of goneListeners.splice(0)) listener();
  }

  return {
    send(method, params = {}) {
      if (isGone) return Promise.reject(new Error("The target is gone."));
      id += 1;
      const own = id;
      const answer = new Promise<unknown>((resolve, reject) => {
        answers.set(own, { resolve, reject });
        const message = JSON.stringify({ id: own, method, params });
        browser.send("Target.sendMessageToTarget", { sessionId, message }).catch(reject);
      });
      return within(answer, ANSWER_MS, method).finally(() => answers.delete(own));
    },
    on: (event, listener) => void listeners.set(event, [...(listeners.get(event) ?? []), listener]),
    onGone: (listener) => void goneListeners.push(listener),
  };
}
