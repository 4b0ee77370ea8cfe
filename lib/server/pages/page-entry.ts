import "server-only";
import CachePolicy from "http-cache-semantics";
import { z } from "zod";
import type { CachedResponse } from "#lib/core/pages/decide-cache-use.ts";

/** A page as it is kept: ready to send, with what decides whether it may be sent. */
export interface PageEntry extends CachedResponse {
  /** UTF-8 JSON of a `Page` without its `cache` field and closing brace. */
  body: Buffer;
}

const headersSchema = z.record(z.string(), z.string());

/** The serialised form of http-cache-semantics 4. */
const policyObjectSchema = z.object({
  v: z.literal(1),
  t: z.number(),
  sh: z.boolean(),
  ch: z.number(),
  imm: z.number(),
  icc: z.boolean(),
  st: z.number(),
  resh: headersSchema,
  rescc: z.record(z.string(), z.union([z.string(), z.boolean()])),
  m: z.string(),
  u: z.string().optional(),
  h: z.string().optional(),
  a: z.boolean(),
  reqh: headersSchema.nullable(),
  reqcc: z.record(z.string(), z.union([z.string(), z.boolean()])),
});

const headSchema = z.object({ policy: policyObjectSchema, redirected: z.boolean() });

/** One line of JSON for the policy, then the body as it is, so that reading never parses the page. */
export function serializePageEntry(entry: PageEntry): string {
  const head = JSON.stringify({ policy: entry.policy.toObject(), redirected: entry.redirected });
  return `${head}\n${entry.body.toString("utf8")}`;
}

/** `null` for anything that is not an entry, so that a foreign or older value counts as a miss. */
export function parsePageEntry(text: string): PageEntry | null {
  const end = text.indexOf("\n");
  if (end < 0) return null;
  try {
    const { policy, redirected } = headSchema.parse(JSON.parse(text.slice(0, end)));
    return {
      policy: CachePolicy.fromObject(policy as CachePolicy.CachePolicyObject),
      redirected,
      body: Buffer.from(text.slice(end + 1), "utf8"),
    };
  } catch {
    // Only a damaged value gets here; it is replaced by the next fetch.
    return null;
  }
}
