import { z } from "zod";
import type { Tracker } from "#lib/node/trackers/tracker-matcher.ts";
import { type BrowserGuard, getBrowserGuard } from "#services/live/privacy/browser-guard.ts";
import type { GuardedTab } from "#services/live/privacy/guarded-tab.ts";
import { asTarget, createHiding } from "#services/live/privacy/hide-elements.ts";
import { prepareRelatedTargets, type RelatedTarget } from "#services/live/privacy/related-targets.ts";
import { prepareUniformTarget, uniformTab } from "#services/live/privacy/uniform-browser.ts";
import type { TabHost, TabPart } from "#services/live/tab/tab-host.ts";

/** News of trackers is gathered so long: a page asks for dozens at once. */
const TELL_MS = 250;
const ENTITIES_MAX = 200;

const tabs = new WeakMap<TabHost, GuardedTab>();

/** What the guard knows of a tab; there once the tab's first part is prepared. */
export function getGuardedTab(host: TabHost): GuardedTab | undefined {
  return tabs.get(host);
}

/** Puts a tab under its browser's guard and tells the client what was kept from the page. */
export async function guardTab(host: TabHost): Promise<TabPart> {
  const { cdp, context, emit, getView } = host;
  const guard = getBrowserGuard(context.browser());
  const { frameTree } = await cdp.send("Page.getFrameTree");
  const targetId = frameTree.frame.id;

  let counts = new Map<string, { name: string; category: string; count: number }>();
  let stripped = 0;
  /** From the address the tab is on its way to. */
  let strippedNext = 0;
  let timer: NodeJS.Timeout | undefined;
  const tell = () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      const entities = [...counts.values()].sort((a, b) => b.count - a.count);
      const count = entities.reduce((sum, entity) => sum + entity.count, 0);
      emit({ type: "trackers", count, entities, strippedParameters: stripped });
    }, TELL_MS);
  };

  const tab: GuardedTab = {
    pageUrl: "",
    getLevel: () => getView().level,
    onBlocked({ name, category }: Tracker) {
      const known = counts.get(name);
      if (known) known.count += 1;
      else if (counts.size < ENTITIES_MAX) counts.set(name, { name, category, count: 1 });
      tell();
    },
    onStripped(parameters) {
      strippedNext += parameters;
    },
    askCredentials: null,
  };
  tabs.set(host, tab);
  guard.addTab(targetId, tab);

  cdp.on("Page.frameAttached", ({ frameId, parentFrameId }) => guard.addFrame(frameId, parentFrameId));
  cdp.on("Page.frameDetached", ({ frameId, reason }) => reason === "remove" && guard.removeFrame(frameId));
  cdp.on("Page.frameNavigated", ({ frame }) => {
    if (frame.parentId !== undefined) return;
    tab.pageUrl = frame.url;
    // Links lead astray too, not only what the bar asks for.
    const failed = frame.unreachableUrl;
    if (failed) emit({ type: "load-failed", url: failed, error: "net::ERR_FAILED" });
    counts = new Map();
    stripped = strippedNext;
    strippedNext = 0;
    tell();
  });
  await cdp.send("Page.enable");
  await uniformTab(host);
  const hiding = createHiding(() => getView().level);
  await hiding.add(asTarget(cdp));
  await prepareRelatedTargets(cdp, (target) => {
    prepareUniformTarget(target, getView(), context.browser()?.version() ?? "");
    if (target.type !== "iframe") return;
    followFrames(target, guard);
    hiding.add(target).catch(() => {
      // It is gone, and shows nothing.
    });
  });

  return {
    viewChanged({ device, level }, before) {
      if (level !== before.level) hiding.levelChanged();
      if (device.mode === before.device.mode && device.language === before.device.language) return;
      uniformTab(host).catch(() => {
        // The page is gone; its own event ends the tab.
      });
    },
    dispose() {
      clearTimeout(timer);
      guard.removeTab(targetId);
    },
  };
}

/** Frames within a frame of another process, which share that one. */
function followFrames(target: RelatedTarget, guard: BrowserGuard): void {
  target.on("Page.frameAttached", (params) => {
    const attached = z.object({ frameId: z.string(), parentFrameId: z.string() }).safeParse(params);
    if (attached.success) guard.addFrame(attached.data.frameId, attached.data.parentFrameId);
  });
  target.on("Page.frameDetached", (params) => {
    const detached = z.object({ frameId: z.string(), reason: z.string() }).safeParse(params);
    if (detached.success && detached.data.reason === "remove") guard.removeFrame(detached.data.frameId);
  });
  target.send("Page.enable").catch(() => {
    // It is gone, and its frames with it.
  });
}
