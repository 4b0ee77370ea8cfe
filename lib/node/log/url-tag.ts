import { createHmac, randomBytes } from "node:crypto";

const KEY = Symbol.for("qui.urlTagKey");
const holder = globalThis as { [KEY]?: Buffer };

/**
 * A name for a page address in logs: equal addresses get equal tags within one
 * run of the process, and no tag can be turned back into an address afterwards,
 * since the key exists in memory only.
 */
export function urlTag(url: string): string {
  holder[KEY] ??= randomBytes(32);
  return createHmac("sha256", holder[KEY]).update(url).digest("base64url").slice(0, 10);
}
