import CachePolicy from "http-cache-semantics";

/** What is kept beside a page to decide whether it may be shown again. */
export interface CachedResponse {
  policy: CachePolicy;
  /** The address answered with redirects, whose own freshness is not known. */
  redirected: boolean;
}

export interface PageRequest {
  url: string;
  headers: Record<string, string>;
}

export type CacheUse =
  /** Show it; nothing to ask. */
  | "fresh"
  /** Show it now and refresh it behind the visitor's back (RFC 5861 stale-while-revalidate). */
  | "refresh-behind"
  /** Ask the origin first, with the validators that are kept. */
  | "revalidate"
  /** Nothing usable is kept. */
  | "fetch";

/** How long a stale copy is kept for revalidation and for when the origin is down. */
export const STALE_KEPT_MS = 24 * 60 * 60 * 1000;

/** How a response of the origin is judged: as a cache shared by all visitors (RFC 9111 section 3). */
export function createCachePolicy(
  request: PageRequest,
  response: { status: number; headers: Record<string, string> },
): CachePolicy {
  return new CachePolicy({ ...request, method: "GET" }, response, { shared: true });
}

/**
 * Whether a response may be kept for other visitors. Stricter than RFC 9111: an
 * answer that sets a cookie is one visitor's own unless it says `public`.
 */
export function isShareable(policy: CachePolicy): boolean {
  if (!policy.storable()) return false;
  const { resh: headers, rescc: control } = policy.toObject();
  if (variesOn(policy).includes("*")) return false;
  return headers["set-cookie"] === undefined || "public" in control;
}

/** RFC 9111 sections 4 and 5.2, RFC 5861. `reload` is the visitor's own wish for a fresh copy. */
export function decideCacheUse(
  cached: CachedResponse | null,
  request: PageRequest,
  mode: "default" | "reload",
): CacheUse {
  if (!cached) return "fetch";
  const { policy } = cached;
  if (mode === "reload" || cached.redirected) return "revalidate";
  const headers = { host: new URL(request.url).host, ...request.headers };
  const { revalidation, response } = policy.evaluateRequest({ ...request, headers, method: "GET" });
  if (!revalidation) return "fresh";
  return response && !revalidation.synchronous ? "refresh-behind" : "revalidate";
}

/**
 * Whether a stale copy may be shown while its origin fails (RFC 9111 section
 * 4.2.4: unless a directive of the origin forbids it).
 */
export function mayShowStale(policy: CachePolicy): boolean {
  const control = policy.toObject().rescc;
  return !control["must-revalidate"] && !control["proxy-revalidate"] && !control["no-cache"];
}

/** How long to keep an entry, in milliseconds: while it is useful, then a day for revalidation and failures. */
export function retentionMs(policy: CachePolicy): number {
  return Math.min(policy.timeToLive(), 30 * STALE_KEPT_MS) + STALE_KEPT_MS;
}

/** The request headers a response depends on, lower case and sorted; empty when it depends on none. */
export function variesOn(policy: CachePolicy): string[] {
  const vary = [policy.toObject().resh.vary ?? ""].flat().join(",");
  return vary
    .split(",")
    .map((name) => name.trim().toLowerCase())
    .filter(Boolean)
    .sort();
}
