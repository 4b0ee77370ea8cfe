import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

/**
 * How a profile lies on disk: `QUIP`, a version, the id of its key, a nonce, the
 * sealed text, a tag. AES-256-GCM; the header and the account are authenticated
 * with it, so a file put in another account's place does not open.
 */
const MAGIC = Buffer.from("QUIP");
const VERSION = 1;
const KEY_ID_BYTES = 8;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEADER_BYTES = MAGIC.length + 1 + KEY_ID_BYTES + NONCE_BYTES;

export interface ProfileKey {
  id: Buffer;
  key: Buffer;
}

export type Opened =
  | { ok: true; plain: Buffer; keyId: Buffer }
  /** `unknown-key`: sealed by a key that is not among ours. `damaged`: changed, cut, or another account's. */
  | { ok: false; why: "not-a-profile" | "unknown-version" | "unknown-key" | "damaged" };

/** From 32 bytes in base64url. The id says which key it was and nothing about it. */
export function profileKeyOf(secret: string): ProfileKey {
  const bytes = Buffer.from(secret, "base64url");
  const derive = (use: string, length: number) => Buffer.from(hkdfSync("sha256", bytes, "", use, length));
  return { key: derive("qui live profile 1", 32), id: derive("qui live profile key id 1", KEY_ID_BYTES) };
}

export function sealProfile(plain: Buffer, account: string, { id, key }: ProfileKey): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const header = Buffer.concat([MAGIC, Buffer.of(VERSION), id, nonce]);
  const cipher = createCipheriv("aes-256-gcm", key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.concat([header, Buffer.from(account)]));
  return Buffer.concat([header, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

export function openProfile(sealed: Buffer, account: string, keys: readonly ProfileKey[]): Opened {
  const start = sealed.subarray(0, MAGIC.length);
  if (sealed.length < HEADER_BYTES + TAG_BYTES || !start.equals(MAGIC)) {
    return { ok: false, why: "not-a-profile" };
  }
  if (sealed[MAGIC.length] !== VERSION) return { ok: false, why: "unknown-version" };
  const header = sealed.subarray(0, HEADER_BYTES);
  const keyId = header.subarray(MAGIC.length + 1, MAGIC.length + 1 + KEY_ID_BYTES);
  const found = keys.find(({ id }) => id.equals(keyId));
  if (!found) return { ok: false, why: "unknown-key" };
  const nonce = header.subarray(-NONCE_BYTES);
  const decipher = createDecipheriv("aes-256-gcm", found.key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.concat([header, Buffer.from(account)]));
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  try {
    const text = decipher.update(sealed.subarray(HEADER_BYTES, -TAG_BYTES));
    return { ok: true, plain: Buffer.concat([text, decipher.final()]), keyId };
  } catch {
    // The tag does not fit: that is all the cipher says.
    return { ok: false, why: "damaged" };
  }
}
