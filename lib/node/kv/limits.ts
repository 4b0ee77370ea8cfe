/** Sliding windows up to this limit log every hit; the log then holds at most this many numbers. */
export const EXACT_LIMIT_MAX = 256;
/** Above it, hits are counted in this many slices of a window. */
export const WINDOW_SLICES = 64;
/** How long a log's epoch and last offset outlive its events. */
export const HEAD_EXTRA_TTL_MS = 24 * 60 * 60 * 1000;
