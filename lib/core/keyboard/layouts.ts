export const KEYBOARD_LANGUAGES = ["en", "de", "fr", "es", "ja", "ru"] as const;
export type KeyboardLanguage = (typeof KEYBOARD_LANGUAGES)[number];

export interface KeyboardLayout {
  language: KeyboardLanguage;
  /** Its own name for itself, on the space bar. */
  title: string;
  /** What the language key shows. */
  short: string;
  /** The three rows of letters, one character a key: 12, up to 11 and 9 of them. */
  rows: readonly [string, string, string];
  /** Offered by a long press, most used first; capitals follow from them. */
  accents: Readonly<Record<string, string>>;
  /** The keys left and right of the space bar. */
  comma: string;
  stop: string;
  /** Latin letters become kana while they are typed. */
  composes: boolean;
}

/** Letters of neighbouring languages, for names in an address or a search. */
const LATIN_ACCENTS = {
  a: "àáâäæãåā",
  c: "çćč",
  e: "éèêëēė",
  i: "îïíīì",
  l: "ł",
  n: "ñń",
  o: "ôöòóœøōõ",
  s: "ßśš",
  u: "ûüùúū",
  y: "ÿý",
  z: "žźż",
} as const;

const LATIN_PUNCTUATION = { comma: ",", stop: ".", composes: false } as const;

export const KEYBOARD_LAYOUTS: Readonly<Record<KeyboardLanguage, KeyboardLayout>> = {
  en: {
    ...LATIN_PUNCTUATION,
    language: "en",
    title: "English",
    short: "EN",
    rows: ["qwertyuiop-'", "asdfghjkl", "zxcvbnm?!"],
    accents: LATIN_ACCENTS,
  },
  de: {
    ...LATIN_PUNCTUATION,
    language: "de",
    title: "Deutsch",
    short: "DE",
    rows: ["qwertzuiopü-", "asdfghjklöä", "yxcvbnmß?"],
    accents: { ...LATIN_ACCENTS, a: "äàáâæãåā", o: "öôòóœøōõ", u: "üûùúū" },
  },
  fr: {
    ...LATIN_PUNCTUATION,
    language: "fr",
    title: "Français",
    short: "FR",
    rows: ["azertyuiop-'", "qsdfghjklm", "wxcvbnéèà"],
    accents: { ...LATIN_ACCENTS, e: "éèêëēė", a: "àâæáäãåā", u: "ùûüúū", i: "îïíīì", o: "ôœöòóøōõ" },
  },
  es: {
    ...LATIN_PUNCTUATION,
    language: "es",
    title: "Español",
    short: "ES",
    rows: ["qwertyuiop-'", "asdfghjklñ", "zxcvbnm¿¡"],
    accents: { ...LATIN_ACCENTS, a: "áàâäæãåā", e: "éèêëēė", i: "íîïīì", o: "óôöòœøōõ", u: "úüûùū" },
  },
  ja: {
    language: "ja",
    title: "日本語",
    short: "あ",
    rows: ["qwertyuiop-'", "asdfghjklー", "zxcvbnm？！"],
    accents: {},
    comma: "、",
    stop: "。",
    composes: true,
  },
  ru: {
    ...LATIN_PUNCTUATION,
    language: "ru",
    title: "Русский",
    short: "РУ",
    rows: ["йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю"],
    accents: { е: "ё", ь: "ъ" },
  },
};

/** The keyboard of a person's languages, as `navigator.languages` names them; English when none of them is known. */
export function keyboardLanguageFor(languages: readonly string[]): KeyboardLanguage {
  for (const tag of languages) {
    const base = tag.toLowerCase().split("-")[0];
    const known = KEYBOARD_LANGUAGES.find((language) => language === base);
    if (known) return known;
  }
  return "en";
}

/** Symbols, on two layers; the digits stand above every layer. */
export const SYMBOL_ROWS = {
  symbols: ["@#€$_&-+()/\\", "*\"':;!?=%~", "<>[]{}|^°"],
  moreSymbols: ["£¥₽¢₩©®™§¶†‡", "«»„“”‘’…–—", "×÷±≠≈√π•·"],
} as const;
