import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import type { z } from "zod";
import { getEnv } from "#lib/node/env.ts";
import { type LiveAccountTicket, liveAccountTicketSchema } from "#lib/protocol/live-node.ts";
import { type LiveTicket, liveTicketSchema } from "#lib/protocol/live-session.ts";

const SLOT = Symbol.for("qui.liveTicketKeys");
const holder = globalThis as { [SLOT]?: Buffer[] };

/**
 * `payload.signature`, both base64url. Readable by whoever holds it; only an app
 * with the secret can make one.
 */
export function signTicket(ticket: LiveTicket | LiveAccountTicket): string {
  const [current] = keys();
  if (!current) throw new Error("There is no key to sign tickets with.");
  const payload = Buffer.from(JSON.stringify(ticket)).toString("base64url");
  return `${payload}.${sign(payload, current).toString("base64url")}`;
}

/**
 * A tab's ticket, when it was signed by us and its time has not run out; else null,
 * whatever the text is. Whether it was used before, a node knows.
 */
export function verifyTicket(text: string, nowMs: number): LiveTicket | null {
  return verify(text, liveTicketSchema, nowMs);
}

/** The same for what the app asks of a node. Neither kind passes for the other. */
export function verifyAccountTicket(text: string, nowMs: number): LiveAccountTicket | null {
  return verify(text, liveAccountTicketSchema, nowMs);
}

function verify<T extends { expiresAt: number }>(
  text: string,
  schema: z.ZodType<T>,
  nowMs: number,
): T | null {
  const [payload = "", signature = "", ...rest] = text.split(".");
  if (rest.length > 0) return null;
  const given = Buffer.from(signature, "base64url");
  const matches = keys().map((key) => {
    const expected = sign(payload, key);
    return expected.length === given.length && timingSafeEqual(expected, given);
  });
  if (!matches.includes(true)) return null;
  // What we signed is JSON; only the kind of ticket is still to be found out.
  const ticket = schema.safeParse(JSON.parse(Buffer.from(payload, "base64url").toString("utf8")));
  return ticket.success && ticket.data.expiresAt * 1000 > nowMs ? ticket.data : null;
}

/** The key that signs, then those that still verify, so that a change of `QUI_SECRET` cuts nobody off. */
function keys(): Buffer[] {
  const { QUI_SECRET, QUI_SECRETS_FORMER } = getEnv();
  holder[SLOT] ??= [QUI_SECRET, ...QUI_SECRETS_FORMER].map((secret) =>
    Buffer.from(hkdfSync("sha256", secret, "", "qui live ticket 1", 32)),
  );
  return holder[SLOT];
}

function sign(payload: string, key: Buffer): Buffer {
  return createHmac("sha256", key).update(payload).digest();
}
