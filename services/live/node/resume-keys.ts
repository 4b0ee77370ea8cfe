import { createHash, randomBytes } from "node:crypto";

/** Secrets that take a tab up again. Each works once; a new one for the same holder replaces the old. */
export interface ResumeKeys<T> {
  issue(holder: T): string;
  /** Whose key it is; the key is then spent. */
  redeem(key: string): T | null;
  revoke(holder: T): void;
}

/** Only digests are held, so that neither a dump of memory nor the time of a look-up tells a key. */
export function createResumeKeys<T>(): ResumeKeys<T> {
  const holders = new Map<string, T>();
  const digests = new Map<T, string>();
  const digest = (key: string) => createHash("sha256").update(key).digest("base64url");

  function revoke(holder: T): void {
    const held = digests.get(holder);
    if (held) holders.delete(held);
    digests.delete(holder);
  }

  return {
    issue(holder) {
      revoke(holder);
      const key = randomBytes(32).toString("base64url");
      holders.set(digest(key), holder);
      digests.set(holder, digest(key));
      return key;
    },
    redeem(key) {
      const holder = holders.get(digest(key));
      if (holder === undefined) return null;
      revoke(holder);
      return holder;
    },
    revoke,
  };
}
