const DAY_MS = 24 * 60 * 60 * 1000;
/** Used when a list does not say: the interval EasyList and EasyPrivacy state. */
const AGE_DEFAULT_MS = 4 * DAY_MS;
const AGE_MIN_MS = DAY_MS;
const AGE_MAX_MS = 14 * DAY_MS;

/**
 * Whether a list should be fetched again. What the list itself states
 * (`! Expires:`) counts within one and fourteen days, so that neither a zero nor
 * a century in it does harm. Never fetched (`null`) is always due.
 */
export function isListDue(fetchedAt: Date | null, expiresMs: number | null, now: Date): boolean {
  if (fetchedAt === null) return true;
  const age = now.getTime() - fetchedAt.getTime();
  return age >= Math.min(Math.max(expiresMs ?? AGE_DEFAULT_MS, AGE_MIN_MS), AGE_MAX_MS);
}
