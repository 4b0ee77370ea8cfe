import "server-only";
import { createHash, randomBytes } from "node:crypto";

/** How long a visitor is the same one; then they are somebody new, whatever they do. */
const LIFE_S = 30 * 24 * 60 * 60;
/** For those who asked that a profile be kept, from its last use on. */
const LIFE_WITH_PROFILE_S = 365 * 24 * 60 * 60;
/** Tells our own pages, which cannot see the other one, that there is something to erase on the server. */
const HINT = "qui-live";

export interface Guest {
  /** A hash of what the cookie holds, so what nodes, the store and logs have opens nothing. */
  account: string;
  isNew: boolean;
  /** `Set-Cookie` headers: for a new guest, and to stay the same one while a profile is kept. */
  cookies(options: { profile: boolean }): string[];
}

/**
 * Who a visitor without an account is to the live nodes: a random number in a cookie
 * that no script can read, sent to this very host only, and by its own pages only.
 * Made when the first live tab is asked for, never for reading. See docs/adr/0111.
 */
export function identifyGuest(request: Request): Guest {
  const given = readId(request);
  const id = given ?? randomBytes(32).toString("base64url");
  return {
    account: accountOf(id),
    isNew: given === null,
    cookies: ({ profile }) =>
      given !== null && !profile ? [] : setCookies(request, id, profile ? LIFE_WITH_PROFILE_S : LIFE_S),
  };
}

/** The guest's account, when there is one already. */
export function findGuest(request: Request): string | null {
  const id = readId(request);
  return id === null ? null : accountOf(id);
}

/** `Set-Cookie` headers after which the visitor is nobody again. */
export function forgetGuest(request: Request): string[] {
  return setCookies(request, "", 0);
}

function accountOf(id: string): string {
  return `guest-${createHash("sha256").update(id).digest("base64url")}`;
}

function readId(request: Request): string | null {
  const cookies = request.headers.get("cookie") ?? "";
  return new RegExp(`(?:^|;\\s*)${cookieName(request)}=([\\w-]{43})(?:;|$)`).exec(cookies)?.[1] ?? null;
}

function setCookies(request: Request, id: string, maxAgeS: number): string[] {
  const rules = `Path=/; Max-Age=${maxAgeS}; SameSite=Strict${isHttps(request) ? "; Secure" : ""}`;
  return [`${cookieName(request)}=${id}; HttpOnly; ${rules}`, `${HINT}=${id ? 1 : ""}; ${rules}`];
}

/** Browsers take the prefix over https alone; no other host, nor a plain http answer, can then write the cookie. */
function cookieName(request: Request): string {
  return isHttps(request) ? "__Host-qui-guest" : "qui-guest";
}

/** The header is a proxy's that we trust, or the framework's own; the door takes off everyone else's. */
function isHttps(request: Request): boolean {
  const forwarded = request.headers.get("x-forwarded-proto")?.split(",")[0]?.trim();
  return (forwarded ?? new URL(request.url).protocol.slice(0, -1)) === "https";
}
