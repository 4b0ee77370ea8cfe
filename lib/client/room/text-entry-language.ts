import {
  KEYBOARD_LANGUAGES,
  type KeyboardLanguage,
  keyboardLanguageFor,
} from "#lib/core/keyboard/layouts.ts";

const STORAGE_KEY = "qui-keyboard-language";

/** The keyboard used last on this device, or the one of the person's languages. */
export function readKeyboardLanguage(): KeyboardLanguage {
  let stored: string | null = null;
  try {
    stored = typeof localStorage === "undefined" ? null : localStorage.getItem(STORAGE_KEY);
  } catch {
    // Storage is switched off: the language of the browser.
  }
  const languages = typeof navigator === "undefined" ? [] : navigator.languages;
  return KEYBOARD_LANGUAGES.find((language) => language === stored) ?? keyboardLanguageFor(languages);
}

export function storeKeyboardLanguage(language: KeyboardLanguage): void {
  try {
    localStorage.setItem(STORAGE_KEY, language);
  } catch {
    // Storage is full or switched off: it holds for this window.
  }
}
