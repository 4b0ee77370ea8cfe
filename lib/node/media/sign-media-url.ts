import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import { mediaSigningText } from "#lib/core/media/media-address.ts";
import { getEnv } from "#lib/node/env.ts";

const SIGNATURE_BYTES = 16;
const SLOT = Symbol.for("qui.mediaKeys");
const holder = globalThis as { [SLOT]?: Buffer[] };

/**
 * The path on our own origin that shows a page's image, video or sound.
 * Deterministic, so that it may be kept with a page and cached by browsers; the
 * signature keeps the proxy from being used for addresses no page contained.
 * Runs in the reader's workers too, which is why it is not in `lib/server`.
 */
export function signMediaUrl(url: string): string {
  const [current] = keys();
  const encoded = Buffer.from(url, "utf8").toString("base64url");
  return `/api/media?u=${encoded}&s=${current ? sign(url, current).toString("base64url") : ""}`;
}

/** The address a signed path stands for, or null when neither the present nor a former secret signed it. */
export function verifyMediaUrl(encoded: string, given: string): string | null {
  const url = Buffer.from(encoded, "base64url").toString("utf8");
  const actual = Buffer.from(given, "base64url");
  const matches = keys().map((key) => {
    const expected = sign(url, key);
    return expected.length === actual.length && timingSafeEqual(expected, actual);
  });
  return matches.includes(true) ? url : null;
}

/** The key that signs, then those that still verify: saved pages outlive a change of `QUI_SECRET`. */
function keys(): Buffer[] {
  const { QUI_SECRET, QUI_SECRETS_FORMER } = getEnv();
  holder[SLOT] ??= [QUI_SECRET, ...QUI_SECRETS_FORMER].map((secret) =>
    Buffer.from(hkdfSync("sha256", secret, "", "qui media 1", 32)),
  );
  return holder[SLOT];
}

/** HMAC-SHA256 cut to 128 bits, which RFC 2104 §5 still calls safe; forging one takes 2^128 requests. */
function sign(url: string, key: Buffer): Buffer {
  return createHmac("sha256", key).update(mediaSigningText(url)).digest().subarray(0, SIGNATURE_BYTES);
}
