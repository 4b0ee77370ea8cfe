import type { EgressLimits } from "#lib/node/egress/egress.ts";

/** RFC 9110 sets no bound on redirects; five is ours, and the ceiling of any caller's own. */
const REDIRECTS_CEILING = 5;

/** Made for pages: a 99th-percentile HTML page is under 3 MB, Chrome allows 256 KB of headers. */
export const DEFAULT_EGRESS_LIMITS: Readonly<EgressLimits> = {
  connectTimeoutMs: 8_000,
  totalTimeoutMs: 25_000,
  headerBytesMax: 64 * 1024,
  bodyBytesMax: 16 * 1024 * 1024,
  decodedBytesMax: 32 * 1024 * 1024,
  encodingDepthMax: 2,
  redirectsMax: REDIRECTS_CEILING,
  idleTimeoutMs: 10_000,
  progressWindowMs: 10_000,
  progressBytesMin: 1024,
};

export function completeLimits(limits: Partial<EgressLimits> | undefined): EgressLimits {
  const complete = { ...DEFAULT_EGRESS_LIMITS, ...limits };
  return { ...complete, redirectsMax: Math.min(complete.redirectsMax, REDIRECTS_CEILING) };
}
