import { describe, expect, it } from "vitest";
import {
  BOARD_HEIGHT_DEG,
  BOARD_WIDTH_DEG,
  type KeyPlace,
  placeAccents,
  placeAt,
  placeKeys,
  placeSuggestions,
} from "#lib/core/keyboard/key-geometry.ts";
import { createKeyRepeat, stepKeyRepeat } from "#lib/core/keyboard/key-repeat.ts";
import { createKeyboardState, pressOnKeyboard } from "#lib/core/keyboard/keyboard-state.ts";
import { buildKeys, KEYBOARD_UNITS, type Key, type KeyboardView } from "#lib/core/keyboard/keys.ts";
import { KEYBOARD_LANGUAGES, keyboardLanguageFor } from "#lib/core/keyboard/layouts.ts";

const view = (change: Partial<KeyboardView> = {}): KeyboardView => ({
  language: "en",
  layer: "letters",
  shift: "off",
  purpose: "field",
  dictation: "unavailable",
  ...change,
});
const everyView = KEYBOARD_LANGUAGES.flatMap((language) =>
  (["letters", "symbols", "moreSymbols"] as const).flatMap((layer) =>
    (["omnibox", "field"] as const).flatMap((purpose) =>
      (["unavailable", "idle"] as const).map((dictation) => view({ language, layer, purpose, dictation })),
    ),
  ),
);
const keysOf = (of: KeyboardView) => buildKeys(of).flat();
const find = (keys: Key[], id: string) => keys.find((key) => key.id === id) ?? expect.fail(`no key ${id}`);

/** Seen from the head: a flat board at the distance where one degree in its middle is one degree. */
function seenSize({ x, y, widthDeg, heightDeg }: KeyPlace): { width: number; height: number } {
  const perDegree = Math.tan(Math.PI / 180);
  const angle = (a: readonly number[], b: readonly number[]) => {
    const dot = a.reduce((sum, value, axis) => sum + value * (b[axis] ?? 0), 0);
    return (Math.acos(dot / (Math.hypot(...a) * Math.hypot(...b))) * 180) / Math.PI;
  };
  const point = (px: number, py: number) => [px * perDegree, py * perDegree, -1];
  return {
    width: angle(point(x - widthDeg / 2, y), point(x + widthDeg / 2, y)),
    height: angle(point(x, y - heightDeg / 2), point(x, y + heightDeg / 2)),
  };
}

describe("every keyboard", () => {
  it.each(everyView)(
    "$language $layer for $purpose, dictation $dictation: has targets of 2.5° or more that do not overlap, on the board",
    (of) => {
      const places = [...placeKeys(buildKeys(of)), ...placeSuggestions(4)];
      for (const place of places) {
        const { width, height } = seenSize(place);
        expect(width, place.id).toBeGreaterThanOrEqual(2.5);
        expect(height, place.id).toBeGreaterThanOrEqual(2.5);
        expect(Math.abs(place.x) + place.widthDeg / 2).toBeLessThanOrEqual(BOARD_WIDTH_DEG / 2 + 1e-9);
        expect(Math.abs(place.y) + place.heightDeg / 2).toBeLessThanOrEqual(BOARD_HEIGHT_DEG / 2 + 1e-9);
        for (const other of places) {
          if (other === place) continue;
          const apart =
            Math.abs(place.x - other.x) >= (place.widthDeg + other.widthDeg) / 2 - 1e-9 ||
            Math.abs(place.y - other.y) >= (place.heightDeg + other.heightDeg) / 2 - 1e-9;
          expect(apart, `${place.id} and ${other.id}`).toBe(true);
        }
      }
    },
  );

  it.each(everyView)(
    "$language $layer for $purpose, dictation $dictation: has every way out and one id a key",
    (of) => {
      const ids = keysOf(of).map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids).toEqual(
        expect.arrayContaining(["backspace", "enter", "space", "hide", "language", "left", "right"]),
      );
      for (const row of buildKeys(of)) {
        expect(row.reduce((sum, { units }) => sum + units, 0)).toBeLessThanOrEqual(KEYBOARD_UNITS);
      }
    },
  );

  it("types every letter of its language", () => {
    const alphabets = {
      en: "abcdefghijklmnopqrstuvwxyz",
      de: "abcdefghijklmnopqrstuvwxyzäöüß",
      fr: "abcdefghijklmnopqrstuvwxyzéèàùçœæâêîôûëïüÿ",
      es: "abcdefghijklmnopqrstuvwxyzñáéíóúü¿¡",
      ja: "abcdefghijklmnopqrstuvwxyzー、。",
      ru: "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    };
    for (const language of KEYBOARD_LANGUAGES) {
      const keys = keysOf(view({ language }));
      const typed = new Set(
        keys.flatMap(({ action, accents }) => (action.type === "insert" ? [action.text, ...accents] : [])),
      );
      for (const letter of alphabets[language]) expect(typed.has(letter), `${language} ${letter}`).toBe(true);
    }
  });

  it("types everything an address may hold", () => {
    const typed = new Set(
      (["letters", "symbols"] as const).flatMap((layer) =>
        keysOf(view({ layer, purpose: "omnibox" })).map(({ action }) =>
          action.type === "insert" ? action.text : "",
        ),
      ),
    );
    for (const sign of "abcxyz0123456789-._~:/?#[]@!$&'()*+;=%") expect(typed.has(sign), sign).toBe(true);
  });
});

describe("shift", () => {
  const press = (ids: readonly (readonly [string, number])[]) => {
    let state = createKeyboardState("en");
    const labels: string[] = [];
    for (const [id, timeMs] of ids) {
      const key = find(keysOf(view({ ...state })), id);
      if (key.action.type === "insert") labels.push(key.action.text);
      state = pressOnKeyboard(state, key, timeMs);
    }
    return { typed: labels.join(""), state };
  };

  it("holds for one letter", () => {
    expect(
      press([
        ["shift", 0],
        ["q", 600],
        ["u", 900],
        ["i", 1000],
      ]).typed,
    ).toBe("Qui");
  });

  it("pressed twice quickly locks, pressed again lets go", () => {
    expect(
      press([
        ["shift", 0],
        ["shift", 200],
        ["q", 600],
        ["u", 900],
        ["shift", 2000],
        ["i", 2500],
      ]).typed,
    ).toBe("QUi");
  });

  it("pressed twice slowly is taken back", () => {
    expect(
      press([
        ["shift", 0],
        ["shift", 900],
        ["q", 1600],
      ]).typed,
    ).toBe("q");
  });

  it("gives capitals their accents, and ß a capital of one letter", () => {
    const keys = keysOf(view({ language: "de", shift: "once" }));
    expect(find(keys, "a").accents[0]).toBe("Ä");
    expect(find(keys, "ß").label).toBe("ẞ");
  });

  it("is over with its layer, and a space leads back to letters", () => {
    expect(
      press([
        ["shift", 0],
        ["symbols", 500],
        ["@", 900],
        ["space", 1000],
        ["q", 1400],
      ]),
    ).toMatchObject({
      typed: "@q",
      state: { layer: "letters", shift: "off" },
    });
  });
});

it("the language key goes through all languages and back", () => {
  let state = createKeyboardState("de");
  const seen = KEYBOARD_LANGUAGES.map(() => {
    state = pressOnKeyboard(state, find(keysOf(view({ ...state })), "language"), 0);
    return state.language;
  });
  expect(seen.toSorted()).toEqual([...KEYBOARD_LANGUAGES].toSorted());
  expect(seen.at(-1)).toBe("de");
});

it.each([
  [["de-AT", "en"], "de"],
  [["sv", "ja-JP"], "ja"],
  [["sv"], "en"],
  [[], "en"],
])("a person who reads %j gets %s", (languages, expected) => {
  expect(keyboardLanguageFor(languages)).toBe(expected);
});

describe("places", () => {
  it("are found by a point, and only by a point on them", () => {
    const places = placeKeys(buildKeys(view()));
    for (const place of places) expect(placeAt(places, place.x, place.y)).toBe(place);
    expect(placeAt(places, 0, BOARD_HEIGHT_DEG)).toBeNull();
  });

  it("of accents stay on the board, above their key", () => {
    const places = placeKeys(buildKeys(view()));
    for (const id of ["a", "p", "o"]) {
      const key = places.find((place) => place.id === id) ?? expect.fail();
      for (const accent of placeAccents(key, 9)) {
        expect(Math.abs(accent.x) + accent.widthDeg / 2).toBeLessThanOrEqual(BOARD_WIDTH_DEG / 2 + 1e-9);
        expect(accent.y).toBeGreaterThan(key.y);
      }
    }
  });
});

describe("a held key", () => {
  const actsIn = (frameMs: number, totalMs: number) => {
    const repeat = createKeyRepeat();
    let acts = 0;
    for (let ms = 0; ms < totalMs; ms += frameMs) acts += stepKeyRepeat(repeat, frameMs);
    return acts;
  };

  it("does not go on when it is only pressed", () => {
    expect(actsIn(11, 400)).toBe(0);
  });

  it("goes on, faster after a while, the same at every frame rate", () => {
    const second = actsIn(11, 1500);
    expect(second).toBeGreaterThan(9);
    expect(actsIn(11, 3000) - second).toBeGreaterThan(second * 2);
    expect(Math.abs(actsIn(14, 3000) - actsIn(8, 3000))).toBeLessThanOrEqual(1);
  });

  it("does not catch up on a stall", () => {
    const repeat = createKeyRepeat();
    stepKeyRepeat(repeat, 500);
    expect(stepKeyRepeat(repeat, 5000)).toBeLessThanOrEqual(2);
    expect(stepKeyRepeat(repeat, 1)).toBeLessThanOrEqual(1);
  });
});
