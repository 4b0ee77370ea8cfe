import { createHash, randomBytes } from "node:crypto";

/** Secrets that take a tab up again. Each works once; a new one for the same holder replaces the old. */
export interface ResumeKeys<T> {
  issue(holder: T): string;
  /** Whose key it is; the key is then spent. */
  redeem(key: string): T | null;
  revoke(holder: T): void;
  /** What stands for its key elsewhere; null when it has none. */
  digestOf(holder: T): string | null;
}

export const digestKey = (key: string) => createHash("sha256").update(key).digest("base64url");

/** Only digests are held, so that neither a dump of memory nor the time of a look-up tells a key. */
export function createResumeKeys<T>(): ResumeKeys<T> {
  const holders = new Map<string, T>();
  const digests = new Map<T, string>();

  function revoke(holder: T): void {
    const held = digests.get(holder);
    if (held) holders.delete(held);
    digests.delete(holder);
  }

  return {
    issue(holder) {
      revoke(holder);
      const key = randomBytes(32).toString("base64url");
      holders.set(digestKey(key), holder);
      digests.set(holder, digestKey(key));
      return key;
    },
    redeem(key) {
      const holder = holders.get(digestKey(key));
      if (holder === undefined) return null;
      revoke(holder);
      return holder;
    },
    revoke,
    digestOf: (holder) => digests.get(holder) ?? null,
  };
}
