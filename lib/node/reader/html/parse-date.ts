const ZONE = /(?:z|utc|gmt|[+-]\d{2}:?\d{2}|\b[ecmp][sd]t)\s*$/i;

/**
 * ISO 8601 in UTC for a date as pages state it, or null when it is none a page
 * could have. A date without a zone is taken as UTC, so that an answer does not
 * depend on where the server stands.
 */
export function isoDate(text: string | undefined): string | null {
  const stated = text?.trim() ?? "";
  if (stated.length > 64 || !/\d{4}/.test(stated)) return null;
  const zoned = ZONE.test(stated) || /^\d{4}-\d{2}-\d{2}$/.test(stated);
  const cleaned = stated.replace(/\bat\b|,(?=\s*\d{1,2}:)/gi, " ").replace(/(\d)(st|nd|rd|th)\b/gi, "$1");
  const time = Date.parse(
    zoned ? cleaned : /^\d{4}-\d{2}-\d{2}T/.test(cleaned) ? `${cleaned}Z` : `${cleaned} UTC`,
  );
  if (Number.isNaN(time)) return null;
  const date = new Date(time);
  const year = date.getUTCFullYear();
  return year >= 1970 && year <= 2100 ? date.toISOString() : null;
}
