/** Silent reading of non-fiction in English, words a minute (Brysbaert 2019, a meta-analysis of 190 studies). */
const WORDS_A_MINUTE = 238;
/** Chinese and Japanese, characters a minute; a word counts a character there (IReST, Trauzettel-Klosinski and Dietz 2012). */
const CHARACTERS_A_MINUTE: Readonly<Record<string, number>> = { zh: 255, ja: 357 };

/** Minutes an average adult needs for so many words, unrounded. `lang` is BCP 47 or null. */
export function readingMinutes(words: number, lang: string | null): number {
  const language = lang?.toLowerCase().split("-")[0] ?? "";
  return words / (CHARACTERS_A_MINUTE[language] ?? WORDS_A_MINUTE);
}

/** "4 min", "1 h 10 min", or null when there is nothing to speak of. */
export function formatReadingTime(minutes: number): string | null {
  if (minutes < 0.5) return null;
  const rounded = Math.max(1, Math.round(minutes));
  if (rounded < 60) return `${rounded} min`;
  const rest = rounded % 60;
  return rest === 0 ? `${Math.floor(rounded / 60)} h` : `${Math.floor(rounded / 60)} h ${rest} min`;
}
