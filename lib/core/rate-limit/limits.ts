export interface RateLimit {
  /** Sustained requests a second for one client. */
  perSecond: number;
  /** How many may come at once after a quiet time. */
  burst: number;
}

/**
 * Every limit of the server. A client is an IPv4 address or an IPv6 /64, so a
 * number here is what a household or small office behind one address shares.
 */
export const RATE_LIMITS = {
  /** Route handlers without a need of their own. */
  api: { perSecond: 5, burst: 30 },
  /** The HTML of the app and its navigations. */
  document: { perSecond: 10, burst: 60 },
  /** Reader pages, whether they come from a cache or not. */
  pages: { perSecond: 5, burst: 40 },
  /** Reader pages that must be fetched and extracted: taken besides `pages`. A restored session of 20 tabs fits. */
  "pages-cold": { perSecond: 1, burst: 24 },
  /** Searches cost a third party's goodwill: taken besides `pages`. */
  search: { perSecond: 0.5, burst: 10 },
  /** Tickets for live tabs. A restored session of 20 tabs fits, and eight panels that ask again while they wait. */
  live: { perSecond: 3, burst: 40 },
  /** Visitors who get an identity of their own to the live nodes: taken besides `live`. A school class fits. */
  "live-guests": { perSecond: 0.02, burst: 40 },
  /** Images and other media of pages: a page with 300 pictures, opened five times in a row, meets no limit. */
  media: { perSecond: 100, burst: 1500 },
  /** Probes of load balancers and orchestrators. */
  health: { perSecond: 20, burst: 100 },
  /** Administration, schedulers and metrics: also what bounds guesses at their tokens. */
  admin: { perSecond: 2, burst: 20 },
} as const satisfies Record<string, RateLimit>;

export type RateLimitName = keyof typeof RATE_LIMITS;

/** A limit as a token bucket; `scale` multiplies both numbers (load tests), 1 in production. */
export function bucketOf(name: RateLimitName, scale = 1): { capacity: number; refillPerSecond: number } {
  const { perSecond, burst } = RATE_LIMITS[name];
  return { capacity: Math.max(1, Math.round(burst * scale)), refillPerSecond: perSecond * scale };
}
