import { join } from "node:path";
import type { BrowserContext } from "playwright-core";
import { getEnv } from "#lib/node/env.ts";
import { getLog } from "#lib/node/log/log.ts";
import type { LiveServerMessage } from "#lib/protocol/live-server-message.ts";
import type { LiveTicket } from "#lib/protocol/live-session.ts";
import { keepProfile, type ProfileKeeper } from "#services/live/profiles/keep-profile.ts";
import type { StorageState } from "#services/live/profiles/profile.ts";
import { profileKeyOf } from "#services/live/profiles/profile-cipher.ts";
import { createProfileStore, type ProfileStore } from "#services/live/profiles/profile-store.ts";

export type ProfileState = Extract<LiveServerMessage, { type: "profile" }>["state"];

const SWEEP_EVERY_MS = 24 * 60 * 60 * 1000;

/** The profiles of one node: those on disk, and the contexts that are being kept now. */
export interface ProfileService {
  opened(context: BrowserContext, ticket: LiveTicket): Promise<void>;
  closing(context: BrowserContext): Promise<void>;
  stateOf(context: BrowserContext): ProfileState;
  /** The newest state; null when nothing is kept. */
  export(account: string): Promise<{ savedAtMs: number; state: StorageState } | null>;
  /** Tabs that are open go on; nothing of them is kept any more. */
  erase(account: string): Promise<void>;
}

export function createProfileService(store: ProfileStore): ProfileService {
  const kept = new Map<BrowserContext, { account: string; keeper: ProfileKeeper }>();
  const keepersOf = (account: string) =>
    [...kept.values()].filter((entry) => entry.account === account).map(({ keeper }) => keeper);

  return {
    async opened(context, ticket) {
      if (!ticket.profile) return;
      const { account } = ticket;
      const keeper = await keepProfile(context, { account, store });
      kept.set(context, { account, keeper });
      context.once("close", () => kept.delete(context));
    },
    async closing(context) {
      const keeper = kept.get(context)?.keeper;
      await keeper?.save();
      await keeper?.stop();
    },
    stateOf: (context) => kept.get(context)?.keeper.state ?? "off",
    async export(account) {
      await Promise.all(
        keepersOf(account).map((keeper) =>
          keeper.save().catch((error: unknown) => {
            getLog().warn({ err: error }, "a profile is exported as it was saved last");
          }),
        ),
      );
      const loaded = await store.load(account);
      if (loaded.status !== "restored") return null;
      const { savedAtMs, state } = loaded.profile;
      return { savedAtMs, state };
    },
    async erase(account) {
      await Promise.all(keepersOf(account).map((keeper) => keeper.stop()));
      await store.erase(account);
    },
  };
}

let service: ProfileService | null | undefined;

/** The node's own, as the environment describes it; null without a key. */
export function getProfileService(): ProfileService | null {
  service ??= openFromEnv();
  return service;
}

function openFromEnv(): ProfileService | null {
  const { QUI_DATA_DIR, QUI_PROFILE_KEY, QUI_PROFILE_KEYS_FORMER } = getEnv();
  if (!QUI_PROFILE_KEY) return null;
  const store = createProfileStore({
    dir: join(QUI_DATA_DIR, "live", "profiles"),
    keys: [profileKeyOf(QUI_PROFILE_KEY), ...QUI_PROFILE_KEYS_FORMER.map(profileKeyOf)],
  });
  const sweep = () => {
    store.sweep().catch((error: unknown) => getLog().warn({ err: error }, "old profiles were not removed"));
  };
  sweep();
  setInterval(sweep, SWEEP_EVERY_MS).unref();
  return createProfileService(store);
}
