/** Kinds of owner, in the words of third-party-web, whose scripts watch visitors on sites that are not theirs. */
const WATCHING = new Set(["ad", "analytics", "marketing", "tag-manager"]);

/** Images on social networks are content more often than not; these paths are their counting pixels. */
const PIXEL_PATH = /^\/(?:tr|pixel|px|collect|track|beacon|i\/adsct|adsct|li\/track|p\.gif)(?:[/.]|$)/;

/**
 * What an owner's category says about one reference when no filter list speaks:
 * `tracker` is reported and its media are dropped at every level but off;
 * `social` is reported, and dropped only when strict; `null` is neither.
 */
export function judgeCategory(
  category: string,
  reference: { type: string; path: string },
): "tracker" | "social" | null {
  if (WATCHING.has(category)) return "tracker";
  if (category !== "social") return null;
  const isContent = reference.type === "image" || reference.type === "media";
  if (isContent && PIXEL_PATH.test(reference.path)) return "tracker";
  // `other` is a hint to connect, or an address in a script: as often a link to a profile.
  return isContent || reference.type === "other" ? null : "social";
}

export function isTrackerCategory(category: string): boolean {
  return WATCHING.has(category) || category === "social";
}

/** What a filter list is against, told by its title; owners that nobody else knows are reported under it. */
export function categoryOfList(title: string): "ad" | "analytics" | "social" | "other" {
  if (/privacy|track|analytics|telemetry/i.test(title)) return "analytics";
  if (/social/i.test(title)) return "social";
  return /cookie|annoyance|notification|newsletter|malware|phish/i.test(title) ? "other" : "ad";
}
