import { createHash, randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { getLog } from "#lib/node/log/log.ts";
import { type Profile, profileSchema, type StorageState } from "#services/live/profiles/profile.ts";
import { openProfile, type ProfileKey, sealProfile } from "#services/live/profiles/profile-cipher.ts";

/** A profile that nobody used for so long is removed. */
const KEPT_MS = 90 * 24 * 60 * 60 * 1000;
/** What could not be read is kept aside so many times, in case its key comes back. */
const ASIDE_MAX = 3;
const SEALED = /^[\da-f]{64}\.bin(\..+)?$/;

export type LoadedProfile =
  | { status: "restored"; profile: Profile }
  | { status: "fresh" }
  /** It was set aside, and nothing of it is used. */
  | { status: "unreadable"; why: string };

export interface ProfileStore {
  load(account: string): Promise<LoadedProfile>;
  /** Replaces what was kept, whole or not at all. */
  save(account: string, state: StorageState): Promise<void>;
  /** Sets what is kept aside, as what could not be used. */
  setAside(account: string): Promise<void>;
  /** Removes all of the account, what lies aside included. Idempotent. */
  erase(account: string): Promise<void>;
  /** Removes what nobody used for a long time, and what an interrupted write left. */
  sweep(): Promise<void>;
}

export interface ProfileStoreOptions {
  /** Made when missing, for the owner alone. */
  dir: string;
  /** The first seals; all open. */
  keys: readonly [ProfileKey, ...ProfileKey[]];
  now?: () => number;
}

/** Profiles as sealed files, one for each account, named by its hash. */
export function createProfileStore({ dir, keys, now = Date.now }: ProfileStoreOptions): ProfileStore {
  const nameOf = (account: string) => `${createHash("sha256").update(account).digest("hex")}.bin`;
  const pathOf = (account: string) => join(dir, nameOf(account));

  async function list(): Promise<string[]> {
    return (await readdir(dir).catch(absent))?.filter((name) => SEALED.test(name)) ?? [];
  }
  const remove = (name: string) => rm(join(dir, name), { force: true });

  async function setAside(account: string): Promise<void> {
    const name = nameOf(account);
    const aside = (await list()).filter((other) => other.startsWith(`${name}.unreadable-`)).toSorted();
    // The oldest is what was there before things went wrong: it is the newest that makes room.
    if (aside.length >= ASIDE_MAX) await remove(aside.at(-1) ?? "");
    await rename(pathOf(account), join(dir, `${name}.unreadable-${now()}`)).catch(absent);
  }

  return {
    setAside,

    async load(account) {
      const sealed = await readFile(pathOf(account)).catch(absent);
      if (!sealed) return { status: "fresh" };
      const opened = openProfile(sealed, account, keys);
      const profile = opened.ok ? parseProfile(opened.plain) : null;
      if (profile) return { status: "restored", profile };
      const why = opened.ok ? "not-a-profile" : opened.why;
      getLog().error(
        { why, file: nameOf(account) },
        "a profile of live pages cannot be read; it is set aside",
      );
      await setAside(account);
      return { status: "unreadable", why };
    },

    async save(account, state) {
      await mkdir(dir, { recursive: true, mode: 0o700 });
      const profile: Profile = { v: 1, savedAtMs: now(), state };
      const path = pathOf(account);
      const partial = `${path}.partial-${randomUUID()}`;
      try {
        const sealed = sealProfile(Buffer.from(JSON.stringify(profile)), account, keys[0]);
        await writeFile(partial, sealed, { mode: 0o600, flag: "wx", flush: true });
        await rename(partial, path);
      } catch (error) {
        await rm(partial, { force: true });
        throw error;
      }
    },

    async erase(account) {
      const name = nameOf(account);
      await Promise.all((await list()).filter((other) => other.startsWith(name)).map(remove));
    },

    async sweep() {
      for (const name of await list()) {
        const { mtimeMs } = (await stat(join(dir, name)).catch(absent)) ?? { mtimeMs: now() };
        const keptMs = name.includes(".partial-") ? 60 * 60 * 1000 : KEPT_MS;
        if (now() - mtimeMs > keptMs) await remove(name);
      }
    },
  };
}

function parseProfile(plain: Buffer): Profile | null {
  try {
    return profileSchema.safeParse(JSON.parse(plain.toString("utf8"))).data ?? null;
  } catch {
    // Sealed by us and still no JSON: a version that wrote otherwise.
    return null;
  }
}

/** A file or folder that is not there is no error here. */
function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") throw error;
}
