import "server-only";
import { createHash, randomBytes } from "node:crypto";

const COOKIE = "qui-guest";
const LIFE_S = 365 * 24 * 60 * 60;

/**
 * Who a visitor without an account is to the live nodes: a random number in a
 * cookie that no script can read. `account` is its hash, so what nodes and logs
 * hold opens nothing.
 */
export function identifyGuest(cookies: string | null): { account: string; setCookie: string | null } {
  const given = new RegExp(`(?:^|;\\s*)${COOKIE}=([\\w-]{43})(?:;|$)`).exec(cookies ?? "")?.[1];
  const id = given ?? randomBytes(32).toString("base64url");
  const account = `guest-${createHash("sha256").update(id).digest("base64url")}`;
  const setCookie = `${COOKIE}=${id}; Path=/; Max-Age=${LIFE_S}; HttpOnly; SameSite=Strict`;
  return { account, setCookie: given ? null : setCookie };
}
