import type { BrowserContext, Page } from "playwright-core";
import { within } from "#lib/core/async/within.ts";
import { getLog } from "#lib/node/log/log.ts";
import { collectState } from "#services/live/profiles/collect-state.ts";
import { boundState } from "#services/live/profiles/profile.ts";
import type { LoadedProfile, ProfileStore } from "#services/live/profiles/profile-store.ts";

/** A browser that crashes takes at most so much with it. */
const SAVE_EVERY_MS = 3 * 60_000;
const RESTORE_MS = 15_000;
const ORIGINS_SEEN_MAX = 1000;

/** A context whose profile is kept. */
export interface ProfileKeeper {
  readonly state: LoadedProfile["status"];
  /** Writes what there is now. Rejects when that is impossible; what was kept before stays. */
  save(): Promise<void>;
  /** Writes no more; resolves when a write under way is over. */
  stop(): Promise<void>;
}

/** Puts what was kept into a context that has no tabs yet, and keeps it from now on. */
export async function keepProfile(
  context: BrowserContext,
  { account, store }: { account: string; store: ProfileStore },
): Promise<ProfileKeeper> {
  /** Newest last. */
  const origins = new Set<string>();
  const watch = (page: Page) =>
    page.on("framenavigated", (frame) => {
      const origin = URL.parse(frame.url())?.origin;
      if (!origin?.startsWith("http") || origins.size >= ORIGINS_SEEN_MAX) return;
      if (frame === page.mainFrame()) origins.delete(origin);
      origins.add(origin);
    });
  context.on("page", watch);

  const loaded = await restore(context, account, store);
  if (loaded.status === "restored") {
    for (const { origin } of loaded.profile.state.origins.toReversed()) origins.add(origin);
  }
  /** Of the last time they could be read. */
  let stored = loaded.status === "restored" ? loaded.profile.state.origins : [];
  let stopped = false;
  let saving: Promise<void> = Promise.resolve();

  async function write(): Promise<void> {
    if (stopped) return;
    const { cookies, origins: read } = await collectState(context, origins);
    const state = boundState({ cookies, origins: read ?? stored }, [...origins].reverse());
    if (stopped) return;
    stored = state?.origins ?? stored;
    if (state) await store.save(account, state);
    else getLog().warn("a profile of live pages is too large and was not kept");
  }
  function save(): Promise<void> {
    const written = saving.then(write);
    saving = written.catch(() => {
      // Told to whoever asked for it; the next write does not depend on it.
    });
    return written;
  }
  const timer = setInterval(() => {
    save().catch((error: unknown) => getLog().warn({ err: error }, "a profile of live pages was not saved"));
  }, SAVE_EVERY_MS);
  timer.unref();
  context.on("close", () => clearInterval(timer));

  return {
    state: loaded.status,
    save,
    async stop() {
      stopped = true;
      clearInterval(timer);
      await saving;
    },
  };
}

/** What was kept is set aside when Chromium does not take it: nobody is locked out by a profile. */
async function restore(
  context: BrowserContext,
  account: string,
  store: ProfileStore,
): Promise<LoadedProfile> {
  const loaded = await store.load(account);
  if (loaded.status !== "restored") return loaded;
  try {
    await within(context.setStorageState(loaded.profile.state), RESTORE_MS);
    return loaded;
  } catch (error) {
    getLog().error({ err: error }, "Chromium does not take a profile; it is set aside");
    await store.setAside(account);
    await within(context.setStorageState({ cookies: [], origins: [] }), RESTORE_MS);
    return { status: "unreadable", why: "refused by the browser" };
  }
}
