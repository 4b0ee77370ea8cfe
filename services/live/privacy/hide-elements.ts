import type { CDPSession } from "playwright-core";
import { z } from "zod";
import type { TrackerLevel } from "#lib/protocol/pages.ts";
import { HIDE_BINDING, HIDE_SCRIPT, HIDE_WORLD, SEEN_MAX } from "#services/live/privacy/hide-script.ts";
import { hidingStyles } from "#services/live/privacy/node-lists.ts";

/** A page's own session, or that of a frame in another process. */
export interface HidingTarget {
  send(method: string, params?: object): Promise<unknown>;
  on(event: string, listener: (params: unknown) => void): void;
}

export interface Hiding {
  /** Resolves, or not, once the target's next document will be looked at. */
  add(target: HidingTarget): Promise<void>;
  /** The level is another one now. */
  levelChanged(): void;
}

const calledSchema = z.object({
  name: z.literal(HIDE_BINDING),
  payload: z.string().max(2_000_000),
  executionContextId: z.number(),
});
const names = z.array(z.string().max(200)).max(SEEN_MAX);
const seenSchema = z.object({ url: z.string(), isFirst: z.boolean(), classes: names, ids: names });

/** Style sheets of one document, in characters: a page that names everything gets no more. */
const STYLES_MAX = 2_000_000;

/** Hides what the rules name in all documents of a tab, at every level but `off`. */
export function createHiding(getLevel: () => TrackerLevel): Hiding {
  const refresh = new Set<() => void>();

  return {
    async add(target) {
      /** By execution context, one for each document. */
      const styles = new Map<number, string>();
      const apply = (contextId: number) => {
        const css = getLevel() === "off" ? "" : (styles.get(contextId) ?? "");
        const expression = `quiHide(${JSON.stringify(css)})`;
        target.send("Runtime.evaluate", { contextId, expression }).catch(() => {
          // The document is gone.
          styles.delete(contextId);
        });
      };
      target.on("Runtime.bindingCalled", (params) => {
        const called = calledSchema.safeParse(params);
        const seen = called.success ? seenSchema.safeParse(parseJson(called.data.payload)) : null;
        if (!called.success || !seen?.success) return;
        const { executionContextId } = called.data;
        const known = styles.get(executionContextId) ?? "";
        const added = known.length < STYLES_MAX ? hidingStyles(seen.data) : "";
        if (!added) return;
        styles.set(executionContextId, `${known}\n${added}`);
        apply(executionContextId);
      });
      target.on("Runtime.executionContextDestroyed", (params) => {
        const gone = z.object({ executionContextId: z.number() }).safeParse(params);
        if (gone.success) styles.delete(gone.data.executionContextId);
      });
      target.on("Runtime.executionContextsCleared", () => styles.clear());
      refresh.add(() => {
        for (const contextId of styles.keys()) apply(contextId);
      });
      await Promise.all([
        target.send("Page.enable"),
        target.send("Runtime.enable"),
        target.send("Runtime.addBinding", { name: HIDE_BINDING, executionContextName: HIDE_WORLD }),
        target.send("Page.addScriptToEvaluateOnNewDocument", {
          worldName: HIDE_WORLD,
          source: HIDE_SCRIPT,
          runImmediately: true,
        }),
      ]);
    },
    levelChanged() {
      for (const again of refresh) again();
    },
  };
}

/** The page's session as a target like any other. */
export function asTarget(cdp: CDPSession): HidingTarget {
  return {
    send: (method, params) =>
      (cdp.send as (method: string, params?: object) => Promise<unknown>)(method, params),
    on: (event, listener) =>
      void (cdp.on as unknown as (event: string, listener: (params: unknown) => void) => void).call(
        cdp,
        event,
        listener,
      ),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Only a broken world could send this; the schema refuses null.
    return null;
  }
}
