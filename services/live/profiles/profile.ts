import { z } from "zod";

/** Sealed and written whole, and handed out whole: an export passes through a function's answer. */
export const PROFILE_BYTES_MAX = 4_000_000;
export const PROFILE_ORIGINS_MAX = 64;

const cookieSchema = z.looseObject({
  name: z.string(),
  value: z.string(),
  domain: z.string(),
  path: z.string(),
  expires: z.number(),
  httpOnly: z.boolean(),
  secure: z.boolean(),
  sameSite: z.enum(["Strict", "Lax", "None"]),
});
const originSchema = z.looseObject({
  origin: z.string(),
  localStorage: z.array(z.looseObject({ name: z.string(), value: z.string() })),
});

/** Playwright's storage state: what sites keep in a browser. Databases of an origin lie beside its `localStorage`. */
export const storageStateSchema = z.object({
  cookies: z.array(cookieSchema),
  origins: z.array(originSchema),
});
export type StorageState = z.infer<typeof storageStateSchema>;

export const profileSchema = z.object({
  v: z.literal(1),
  /** Milliseconds since the epoch. */
  savedAtMs: z.number(),
  state: storageStateSchema,
});
export type Profile = z.infer<typeof profileSchema>;

/**
 * What of a state is kept: all cookies, and the origins visited last, newest first
 * in `recent`, as many as fit, with their databases where those fit; those not
 * visited now come after. A state whose cookies alone do not fit is not kept: null.
 */
export function boundState(state: StorageState, recent: readonly string[]): StorageState | null {
  const rank = (origin: string) => {
    const at = recent.indexOf(origin);
    return at === -1 ? recent.length : at;
  };
  const sorted = state.origins.toSorted((a, b) => rank(a.origin) - rank(b.origin));
  let left = PROFILE_BYTES_MAX - bytesOf(state.cookies);
  if (left < 0) return null;
  const origins: StorageState["origins"] = [];
  for (const whole of sorted.slice(0, PROFILE_ORIGINS_MAX)) {
    const lean = { origin: whole.origin, localStorage: whole.localStorage };
    const fitting = [whole, lean].find((part) => bytesOf(part) <= left);
    if (!fitting) continue;
    left -= bytesOf(fitting);
    origins.push(fitting);
  }
  return { cookies: state.cookies, origins };
}

function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}
