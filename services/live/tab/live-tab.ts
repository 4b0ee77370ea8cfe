import type { BrowserContext, Page } from "playwright-core";
import { getLog } from "#lib/node/log/log.ts";
import type { LiveTabMessage } from "#lib/protocol/live-client-message.ts";
import type { LiveEnd } from "#lib/protocol/live-server-message.ts";
import type { LiveTicket } from "#lib/protocol/live-session.ts";
import { within } from "#services/live/browser/within.ts";
import { explainFailure } from "#services/live/privacy/explain-failure.ts";
import { boundCdp } from "#services/live/tab/bound-cdp.ts";
import { fitViewport } from "#services/live/tab/fit-viewport.ts";
import { getLayoutTurns } from "#services/live/tab/layout-turns.ts";
import { createPageRest } from "#services/live/tab/rest-page.ts";
import type { FormMemory, LiveView, TabHost, TabPart } from "#services/live/tab/tab-host.ts";
import type { TabLink } from "#services/live/tab/tab-link.ts";
import { TAB_PARTS } from "#services/live/tab/tab-parts.ts";
import { visitFirst } from "#services/live/tab/visit-first.ts";
import { type IdleTimes, watchIdleness } from "#services/live/tab/watch-idleness.ts";

const OPEN_MS = 20_000;
const CLOSE_MS = 5_000;

export interface OpenTabOptions {
  context: BrowserContext;
  ticket: LiveTicket;
  link: TabLink;
  codecs: Set<string>;
  idle: IdleTimes;
  /** A window that a page opened, to be shown as it is. */
  page?: Page | undefined;
  /** Where the page had been read to, when it is opened again after a loss. */
  scroll?: { x: number; y: number } | undefined;
  form?: FormMemory;
  isBrowserAlive(): Promise<boolean>;
  /** Everything stands; called before the first address is gone to. */
  onOpen(): void;
  /** Called once, however the tab ends; `gone` resolves when its page is closed. */
  onEnd(why: LiveEnd, gone: Promise<void>): void;
}

export interface LiveTab {
  /** Since when nobody can see or hear it, by `performance.now`; null while somebody can. */
  readonly unseenSinceMs: number | null;
  handle(message: LiveTabMessage): void;
  /** Nobody sees it for now: it rests as a hidden one. */
  rest(): void;
  /** Shown again, to a client that has no picture yet. */
  wake(): void;
  /** Ends it; only the first call counts. */
  close(why: LiveEnd): void;
}

/**
 * Opens a page in Chromium, puts its parts around it, and goes to the ticket's address.
 * @throws when the page crashes or does not answer before that; nothing of it is left then.
 */
export async function openLiveTab(options: OpenTabOptions): Promise<LiveTab> {
  const { context, ticket, link, codecs, scroll, onEnd } = options;
  const { megapixelsMax } = ticket.rights;
  const page = options.page ?? (await within(context.newPage(), OPEN_MS, "a new page"));
  const cdp = await within(context.newCDPSession(page), OPEN_MS, "a page's session").then(boundCdp);
  const turns = getLayoutTurns(cdp);
  const parts: TabPart[] = [];
  const { device, level } = ticket;
  const viewport = fitViewport(ticket.viewport, megapixelsMax);
  let view: LiveView = { viewport, device, level, zoom: 1, attention: "focused" };
  /** What to go back to when somebody looks again. */
  let attention = view.attention;
  let unseenSinceMs: number | null = null;
  let isAudible = false;
  /** Its client is away: nobody hears it either. */
  let isLeft = false;
  let ended = false;

  const idleness = watchIdleness(options.idle, {
    ...createPageRest(cdp),
    close: () => end("idle"),
  });

  function end(why: LiveEnd): void {
    if (ended) return;
    ended = true;
    idleness.stop();
    onEnd(why, putAway(why));
  }

  /** Parts put their things away while the page still answers; one that crashed never will. */
  async function putAway(why: LiveEnd): Promise<void> {
    const dispose = () => Promise.allSettled(parts.map(async (part) => part.dispose?.()));
    const answers = why !== "crashed" && why !== "browser-crashed";
    try {
      if (answers) await within(dispose(), CLOSE_MS, "a tab's end");
      else void dispose();
      await within(page.close(), CLOSE_MS, "closing a page");
    } catch (error) {
      // Gone already, or it hangs: then it ends with its context.
      getLog().debug({ err: error }, "a page did not close");
    }
  }

  function show(next: LiveView): void {
    const before = view;
    view = next;
    countIdleness();
    for (const part of parts) guard(() => part.viewChanged?.(view, before));
  }

  /** A page out of sight that is heard, such as one that plays music, is in use. */
  function countIdleness(): void {
    const isUnused = view.attention === "hidden" && (isLeft || !isAudible);
    unseenSinceMs = isUnused ? (unseenSinceMs ?? performance.now()) : null;
    if (isUnused) idleness.hidden();
  }

  function hear(audible: boolean): void {
    isAudible = audible;
    if (audible) idleness.used();
    countIdleness();
  }

  /** A part that fails on one message ends its tab, not the node. */
  function guard(work: () => void): void {
    try {
      work();
    } catch (error) {
      host.fail(error);
    }
  }

  const { promise: stands, resolve: stand } = Promise.withResolvers<void>();
  const host: TabHost = {
    page,
    cdp,
    context,
    ticket,
    codecs,
    form: options.form,
    stands,
    getView: () => view,
    emit(event) {
      if (ended) return;
      if (event.type === "state" && event.state.audible !== undefined) hear(event.state.audible);
      link.emit(explainFailure(context.browser(), event));
    },
    sendFrame: (header, payload) => void (ended || link.sendFrame(header, payload)),
    sendSound: (header, payload) => void (ended || link.sendSound(header, payload)),
    backlogBytes: link.backlogBytes,
    fail(error, why = "crashed") {
      getLog().warn({ err: error }, "a part of a live tab failed");
      end(why);
    },
  };
  let isOpen = false;
  const { promise: crash, reject: crashed } = Promise.withResolvers<never>();
  crash.catch(() => {
    // Waited for while it opens, and by nobody after that.
  });
  page.on("crash", () => {
    if (isOpen) end("crashed");
    else crashed(new Error("The page crashed while it was opened."));
  });
  page.on("close", async () => {
    if (ended) return;
    end((await options.isBrowserAlive()) ? "closed" : "browser-crashed");
  });
  try {
    for (const create of TAB_PARTS) {
      const created = Promise.resolve(create(host));
      parts.push(await within(Promise.race([created, crash]), OPEN_MS, `the part ${create.name}`));
    }
  } catch (error) {
    ended = true;
    idleness.stop();
    await putAway("crashed");
    throw error;
  }
  isOpen = true;
  options.onOpen();
  if (options.page) stand();
  else void visitFirst({ cdp, url: ticket.url, scroll, emit: host.emit, onDocument: stand });

  return {
    get unseenSinceMs() {
      return unseenSinceMs;
    },
    handle(message) {
      if (ended) return;
      if (message.type === "view") {
        const { viewport, device, zoom, level } = message;
        attention = message.attention;
        if (attention !== "hidden") idleness.used();
        show({ viewport: fitViewport(viewport, megapixelsMax), device, zoom, level, attention });
      } else if (message.type !== "drawn") {
        idleness.used();
        countIdleness();
      }
      const handle = () => {
        // It may have waited for the layout, and the tab ended meanwhile.
        if (ended) return;
        for (const part of parts) guard(() => part.handle?.(message));
      };
      if (message.type === "view" || message.type === "drawn") handle();
      else turns.pass(handle);
    },
    rest() {
      isLeft = true;
      show({ ...view, attention: "hidden" });
    },
    wake() {
      isLeft = false;
      if (attention !== "hidden") idleness.used();
      show({ ...view, attention });
      for (const part of parts) guard(() => part.handle?.({ type: "refresh", tab: 0 }));
    },
    close: end,
  };
}
