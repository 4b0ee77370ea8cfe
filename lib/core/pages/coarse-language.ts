const FALLBACK = "en";

/**
 * What Qui tells a site of the visitor's languages: the first one, without its
 * region unless the region decides the script or spelling (Chinese, Portuguese),
 * and English after it. Few values, so that a language identifies nobody and
 * cached pages are shared among its speakers.
 */
export function coarseLanguage(acceptLanguage: string | null): string {
  const first = acceptLanguage?.split(",", 1)[0]?.split(";", 1)[0]?.trim() ?? "";
  const match = /^([a-z]{2,3})(?:-(?:[a-z]{4}-)?([a-z]{2}))?\b/i.exec(first);
  const language = match?.[1]?.toLowerCase() ?? FALLBACK;
  if (language === FALLBACK) return FALLBACK;
  const region = match?.[2]?.toUpperCase();
  const tag = region && (language === "zh" || language === "pt") ? `${language}-${region}` : language;
  return `${tag},${FALLBACK};q=0.5`;
}
