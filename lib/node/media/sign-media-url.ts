import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import { getEnv } from "#lib/node/env.ts";

const SIGNATURE_BYTES = 16;
const KEY = Symbol.for("qui.mediaKey");
const holder = globalThis as { [KEY]?: Buffer };

/**
 * The path on our own origin that shows a page's image, video or sound.
 * Deterministic, so that it may be kept with a page and cached by browsers; the
 * signature keeps the proxy from being used for addresses no page contained.
 * Runs in the reader's workers too, which is why it is not in `lib/server`.
 */
export function signMediaUrl(url: string): string {
  const encoded = Buffer.from(url, "utf8").toString("base64url");
  return `/api/media?u=${encoded}&s=${signature(url)}`;
}

/** The address a signed path stands for, or null when the signature is not ours. */
export function verifyMediaUrl(encoded: string, given: string): string | null {
  const url = Buffer.from(encoded, "base64url").toString("utf8");
  const expected = Buffer.from(signature(url));
  const actual = Buffer.from(given);
  return expected.length === actual.length && timingSafeEqual(expected, actual) ? url : null;
}

function signature(url: string): string {
  holder[KEY] ??= Buffer.from(hkdfSync("sha256", getEnv().QUI_SECRET, "", "qui media 1", 32));
  const mac = createHmac("sha256", holder[KEY]).update(url).digest();
  return mac.subarray(0, SIGNATURE_BYTES).toString("base64url");
}
