import "server-only";
import { createHash } from "node:crypto";
import { z } from "zod";
import type { InsuredKv } from "#lib/server/http/insured-kv.ts";
import type { RouteCache } from "#lib/server/http/route-spec.ts";

const STORED_LENGTH_MAX = 256 * 1024;

const storedSchema = z.object({ type: z.string(), etag: z.string(), text: z.string() });
type Stored = z.infer<typeof storedSchema>;

/**
 * The cache step: a stored answer of this route and query, or `run` and its answer
 * stored. Only 200 with text is kept. Answers 304 to a matching `If-None-Match`.
 */
export async function answerFromStore(
  options: {
    kv: InsuredKv;
    store: NonNullable<RouteCache["store"]>;
    key: string;
    ifNoneMatch: string | null;
  },
  run: () => Promise<Response>,
): Promise<Response> {
  const { kv, store, key, ifNoneMatch } = options;
  const kvKey = `http:${createHash("sha256").update(key).digest("base64url")}`;
  const found = parseStored((await kv.run((shared) => shared.get(kvKey))).value);
  if (found) return revive(found, ifNoneMatch);

  const response = await run();
  const type = response.headers.get("content-type") ?? "";
  if (response.status !== 200 || !/^(?:text\/|application\/(?:[\w.-]+\+)?json)/.test(type)) return response;
  const text = await response.text();
  const fresh: Stored = { type, text, etag: etagOf(text) };
  if (text.length <= STORED_LENGTH_MAX) {
    const { ttlMs, tags = [] } = store;
    await kv.run((shared) => shared.set(kvKey, JSON.stringify(fresh), { ttlMs, tags }));
  }
  return revive(fresh, ifNoneMatch, response.headers);
}

function revive(stored: Stored, ifNoneMatch: string | null, original?: Headers): Response {
  const headers = new Headers(original);
  headers.set("Content-Type", stored.type);
  headers.set("ETag", stored.etag);
  if (!matchesEtag(ifNoneMatch, stored.etag)) return new Response(stored.text, { headers });
  headers.delete("Content-Type");
  return new Response(null, { status: 304, headers });
}

/** Weak comparison, as RFC 9110 §13.1.2 asks for. */
export function matchesEtag(ifNoneMatch: string | null, etag: string): boolean {
  if (!ifNoneMatch) return false;
  const bare = etag.replace(/^W\//, "");
  return ifNoneMatch.split(",").some((candidate) => {
    const given = candidate.trim();
    return given === "*" || given.replace(/^W\//, "") === bare;
  });
}

function etagOf(text: string): string {
  return `"${createHash("sha256").update(text).digest("base64url").slice(0, 27)}"`;
}

function parseStored(value: string | null): Stored | null {
  if (value === null) return null;
  try {
    return storedSchema.parse(JSON.parse(value));
  } catch {
    // An entry of another version counts as absent.
    return null;
  }
}
