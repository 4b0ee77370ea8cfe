import type { Browser, BrowserContext } from "playwright-core";
import { getLog } from "#lib/node/log/log.ts";
import type { LiveTicket } from "#lib/protocol/live-session.ts";
import { keepContext, makeContext, wipeContext } from "#services/live/browser/account-context.ts";
import { type BrowserGeneration, startGeneration } from "#services/live/browser/browser-generation.ts";
import { decideRecycle, type RecycleLimits } from "#services/live/browser/decide-recycle.ts";
import { liveCrashes } from "#services/live/node/live-metrics.ts";

/** Waits between starts that fail, in turn; the last one for ever after. */
const RETRY_MS = [500, 1_000, 2_000, 5_000, 15_000, 30_000];
/** One that ran this long did not fail to start. */
const STEADY_MS = 60_000;
const CHECK_MS = 60_000;

export interface ContextLease {
  context: BrowserContext;
  /** Whether the browser still runs; asks it. */
  isBrowserAlive(): Promise<boolean>;
  /** The tab is gone; with its last tab a context ends and is wiped. Resolves once it is. */
  release(): Promise<void>;
}

export interface PoolStatus {
  browsers: number;
  contexts: number;
  /** Of the newest browser; empty while there is none. */
  version: string;
  /** Why the last start failed; null when it did not. */
  launchFailure: string | null;
  /** Browser processes, newest first. */
  pids: number[];
}

export interface BrowserPool {
  /** Starts a browser ahead of its first use. */
  warm(): void;
  /**
   * The context of the ticket's account and context name, made when there is none.
   * @throws when Chromium does not start or answer.
   */
  lease(ticket: LiveTicket): Promise<ContextLease>;
  status(): PoolStatus;
  close(): Promise<void>;
}

export interface BrowserPoolOptions {
  launch: () => Promise<Browser>;
  recycle?: Partial<RecycleLimits>;
}

interface Held {
  key: string;
  context: Promise<BrowserContext>;
  generation: Generation;
  tabs: number;
}

interface Generation {
  started: Promise<BrowserGeneration>;
  running: BrowserGeneration | null;
  held: Set<Held>;
  contextsMade: number;
  retired: boolean;
}

const RECYCLE: RecycleLimits = { contextsMax: 200, minutesMax: 12 * 60 };

/**
 * A warm Chromium and a context for each account that has tabs open. A browser that is old or has made many
 * contexts takes no new ones; it ends with its last, so nobody is cut off.
 */
export function createBrowserPool({ launch, recycle }: BrowserPoolOptions): BrowserPool {
  const limits = { ...RECYCLE, ...recycle };
  const generations = new Set<Generation>();
  const contexts = new Map<string, Held>();
  /** Contexts on their way out: what they keep must be kept before the next of that name begins. */
  const leaving = new Map<string, Promise<void>>();
  let current: Generation | null = null;
  let failures = 0;
  let launchFailure: string | null = null;
  let retry: NodeJS.Timeout | undefined;
  let closed = false;

  function start(): Generation {
    clearTimeout(retry);
    const generation: Generation = {
      started: startGeneration(launch),
      running: null,
      held: new Set(),
      contextsMade: 0,
      retired: false,
    };
    generations.add(generation);
    generation.started.then(
      (running) => {
        generation.running = running;
        launchFailure = null;
        getLog().info({ chromium: running.version }, "a browser is ready for live pages");
        void running.gone.then(() => lose(generation));
        if (closed) void running.close();
      },
      (error: unknown) => {
        launchFailure = error instanceof Error ? error.message.slice(0, 300) : "unknown";
        getLog().error({ err: error }, "Chromium does not start");
        lose(generation);
      },
    );
    return generation;
  }

  /** The process is gone: by itself, since `retire` forgets a generation before it closes it. */
  function lose(generation: Generation): void {
    if (!generations.delete(generation) || closed) return;
    if (generation.running) {
      liveCrashes.inc({ what: "browser" });
      getLog().error({ contexts: generation.held.size }, "a browser ended unexpectedly");
    }
    for (const held of generation.held) if (contexts.get(held.key) === held) contexts.delete(held.key);
    if (current !== generation) return;
    current = null;
    if (generation.running && Date.now() - generation.running.startedAtMs > STEADY_MS) failures = 0;
    const waitMs = RETRY_MS[Math.min(failures, RETRY_MS.length - 1)] ?? 0;
    failures += 1;
    clearTimeout(retry);
    retry = setTimeout(warm, waitMs);
    retry.unref();
  }

  function warm(): void {
    if (!closed) current ??= start();
  }

  function getGeneration(): Generation {
    if (closed) throw new Error("The browser pool is closed.");
    if (current?.running && decideRecycle(current.running, current.contextsMade, limits, Date.now())) {
      current.retired = true;
      void endIfUnused(current);
      current = null;
    }
    current ??= start();
    return current;
  }

  async function endIfUnused(generation: Generation): Promise<void> {
    if (!generation.retired || generation.held.size > 0 || !generations.delete(generation)) return;
    await (await generation.started).close();
  }

  // An old browser that nobody uses is replaced before somebody does.
  const check = setInterval(() => {
    if (current?.held.size === 0) void getGeneration();
  }, CHECK_MS);
  check.unref();

  async function leave(held: Held, ticket: LiveTicket): Promise<void> {
    const { generation } = held;
    const context = await held.context.catch(() => null);
    // With a browser that crashed everything went.
    if (context && generations.has(generation)) {
      await keepContext(context, ticket).catch((error: unknown) =>
        getLog().warn({ err: error }, "what a context should leave behind was not kept"),
      );
      await wipeContext(context).catch((error: unknown) => {
        if (!generations.has(generation)) return;
        getLog().warn({ err: error }, "a context did not close; its browser takes no new ones");
        generation.retired = true;
        if (current === generation) current = null;
      });
    }
    generation.held.delete(held);
    await endIfUnused(generation);
  }

  return {
    warm,
    async lease(ticket) {
      const key = JSON.stringify([ticket.account, ticket.context]);
      await leaving.get(key);
      let held = contexts.get(key);
      if (!held) {
        const generation = getGeneration();
        generation.contextsMade += 1;
        held = {
          key,
          context: generation.started.then(({ browser }) => makeContext(browser, ticket)),
          generation,
          tabs: 0,
        };
        contexts.set(key, held);
        generation.held.add(held);
      }
      held.tabs += 1;
      const { context, generation } = held;
      const own = held;
      let released: Promise<void> | undefined;
      const release = () => {
        released ??= (async () => {
          own.tabs -= 1;
          if (own.tabs > 0) return;
          if (contexts.get(key) === own) contexts.delete(key);
          const gone = leave(own, ticket);
          leaving.set(key, gone);
          await gone;
          if (leaving.get(key) === gone) leaving.delete(key);
        })();
        return released;
      };
      try {
        return {
          context: await context,
          isBrowserAlive: async () => (await generation.running?.isAlive()) ?? false,
          release,
        };
      } catch (error) {
        await release();
        throw error;
      }
    },
    status: () => ({
      browsers: generations.size,
      contexts: contexts.size,
      version: current?.running?.version ?? "",
      launchFailure,
      pids: [...generations].flatMap(({ running }) => (running ? [running.pid] : [])).reverse(),
    }),
    async close() {
      closed = true;
      clearTimeout(retry);
      clearInterval(check);
      await Promise.all(
        [...generations].map((generation) =>
          generation.started.then(
            (running) => running.close(),
            () => {
              // It never ran.
            },
          ),
        ),
      );
      generations.clear();
      contexts.clear();
    },
  };
}
