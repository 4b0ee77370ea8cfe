import { toHiragana, toKana, toKatakana, toRomaji } from "wanakana";

/** Letters that become kana; anything else settles what was typed before it. */
const COMPOSES = /^[a-z'ー-]$/;

export function isKanaInput(text: string, isComposing: boolean): boolean {
  // A line or an apostrophe alone is only itself.
  return COMPOSES.test(text) && (isComposing || /[a-z]/.test(text));
}

/** What is shown once `added` is typed after `shown`: `k` waits for its vowel, `n` for what comes next, `nn` is ん. */
export function typeKana(shown: string, added: string): string {
  return toKana(shown + added, { IMEMode: true });
}

/** Latin letters left at the end are settled too: `n` is ん, a lone `k` stays a letter. */
export function settleKana(shown: string): string {
  return toKana(shown);
}

/** Ways to write a reading, without repeats: hiragana, katakana, Latin letters. */
export function kanaCandidates(reading: string): string[] {
  if (reading === "") return [];
  const settled = settleKana(reading);
  return [...new Set([toHiragana(settled), toKatakana(settled), toRomaji(settled)])];
}
