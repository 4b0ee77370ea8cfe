import type { Browser } from "playwright-core";
import { z } from "zod";
import { type AttachedTarget, attachTarget } from "#services/live/browser/attach-target.ts";
import { loadCaptureExtensions, WATCHER_URL } from "#services/live/capture/capture-extensions.ts";
import { installWatch, type WatchReport } from "#services/live/capture/watch-script.ts";

const reportSchema = z.object({ tabId: z.number(), audible: z.boolean() }) satisfies z.ZodType<WatchReport>;
const foundSchema = z.object({ result: z.object({ value: z.number().nullable() }) });
const calledSchema = z.object({ name: z.literal("quiSounds"), payload: z.string() });

export interface TabListener {
  onAudible(audible: boolean): void;
  /** Nothing more is heard of the tab from this watch. */
  onGone(): void;
}

/** Chromium's own word on which tabs sound; a silent tab costs nothing. */
export interface TabWatch {
  /** Chromium's number of a tab; null when there is no such tab. */
  find(targetId: string): Promise<number | null>;
  /** @returns Chromium's number of the tab and how to stop; null when there is no such tab. */
  follow(targetId: string, listener: TabListener): Promise<{ tabId: number; stop(): void } | null>;
}

const watches = new WeakMap<Browser, Promise<TabWatch>>();

/** The one watch of a browser. It asks nothing of the tabs and listens to none of them. */
export function watchTabs(browser: Browser): Promise<TabWatch> {
  let watch = watches.get(browser);
  if (!watch) {
    const forget = () => void watches.delete(browser);
    const opened = openWatch(browser, forget);
    opened.catch(forget);
    watches.set(browser, opened);
    watch = opened;
  }
  return watch;
}

async function openWatch(browser: Browser, forget: () => void): Promise<TabWatch> {
  const session = await loadCaptureExtensions(browser);
  const { targetId } = await session.send("Target.createTarget", { url: "about:blank", background: true });
  const close = () =>
    session.send("Target.closeTarget", { targetId }).catch(() => {
      // Gone with its browser.
    });
  try {
    const target = await attachTarget(session, targetId);
    target.onGone(() => void close());
    return await startWatch(target, forget);
  } catch (error) {
    await close();
    throw error;
  }
}

async function startWatch(target: AttachedTarget, forget: () => void): Promise<TabWatch> {
  const listeners = new Map<number, Set<TabListener>>();

  target.on("Runtime.bindingCalled", (params) => {
    const called = calledSchema.safeParse(params);
    const report = called.success ? reportSchema.safeParse(JSON.parse(called.data.payload)) : null;
    if (!report?.success) return;
    const { tabId, audible } = report.data;
    for (const { onAudible } of listeners.get(tabId) ?? []) onAudible(audible);
  });
  target.onGone(() => {
    forget();
    const told = [...listeners.values()].flatMap((known) => [...known]);
    listeners.clear();
    for (const { onGone } of told) onGone();
  });
  // Answered once the page stands, which a target's creation is not.
  await target.send("Page.navigate", { url: WATCHER_URL });
  await target.send("Inspector.enable");
  await target.send("Runtime.enable");
  await target.send("Runtime.addBinding", { name: "quiSounds" });
  const installed = await target.send("Runtime.evaluate", { expression: `(${installWatch})()` });
  z.object({ exceptionDetails: z.undefined().optional() }).parse(installed);

  async function find(targetId: string): Promise<number | null> {
    const answer = await target.send("Runtime.evaluate", {
      expression: `quiFind(${JSON.stringify(targetId)})`,
      awaitPromise: true,
      returnByValue: true,
    });
    return foundSchema.parse(answer).result.value;
  }

  return {
    find,
    async follow(targetId, listener) {
      const tabId = await find(targetId);
      if (tabId === null) return null;
      const known = listeners.get(tabId) ?? new Set();
      known.add(listener);
      listeners.set(tabId, known);
      const stop = () => {
        known.delete(listener);
        if (known.size === 0) listeners.delete(tabId);
      };
      try {
        await target.send("Runtime.evaluate", { expression: `quiTell(${tabId})` });
      } catch (error) {
        stop();
        throw error;
      }
      return { tabId, stop };
    },
  };
}
