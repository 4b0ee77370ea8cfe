import { describe, expect, it } from "vitest";
import { readPhysicalKey } from "#lib/core/keyboard/physical-key.ts";
import {
  candidatesOf,
  createEditedText,
  type EditedText,
  editText,
  isComposing,
  type TextEdit,
} from "#lib/core/keyboard/text-edit.ts";
import { createRandom } from "../../fixtures/random.ts";

/** Applies edits 100 ms apart; a plain string is typed letter by letter. */
function edit(
  start: string | EditedText,
  edits: readonly (TextEdit | string)[],
  composes = false,
): EditedText {
  let edited = typeof start === "string" ? createEditedText(start, "end") : start;
  let timeMs = 0;
  const apply = (change: TextEdit) => {
    timeMs += 100;
    edited = editText(edited, change, { timeMs, composes });
  };
  for (const change of edits) {
    if (typeof change !== "string") apply(change);
    else for (const text of change) apply(text === " " ? { type: "space" } : { type: "insert", text });
  }
  return edited;
}
/** `[` and `]` around a selection, `|` at the caret. */
function shown({ value: { text, anchor, caret } }: EditedText): string {
  const [start, end] = [Math.min(anchor, caret), Math.max(anchor, caret)];
  return start === end
    ? `${text.slice(0, start)}|${text.slice(start)}`
    : `${text.slice(0, start)}[${text.slice(start, end)}]${text.slice(end)}`;
}
const left: TextEdit = { type: "move", to: "left" };
const erase: TextEdit = { type: "deleteBackward" };
const undo: TextEdit = { type: "undo" };
const redo: TextEdit = { type: "redo" };

describe("editing text", () => {
  it("types at the caret and replaces a selection", () => {
    expect(shown(edit("ab", [left, "xy"]))).toBe("axy|b");
    expect(shown(edit(createEditedText("old address", "all"), ["n"]))).toBe("n|");
  });

  it.each([
    ["a letter", "cafe", "caf|"],
    ["an accented letter of two code points", "cafe\u0301", "caf|"],
    ["a family", "a👨‍👩‍👧", "a|"],
    ["a flag", "🇩🇪🇫🇷", "🇩🇪|"],
  ])("erases %s as a whole", (_, text, after) => {
    expect(shown(edit(text, [erase]))).toBe(after);
  });

  it("moves by characters, words and to the ends, with and without selecting", () => {
    const text = "one two-three";
    expect(shown(edit(text, [{ type: "move", to: "wordLeft" }]))).toBe("one two-|three");
    expect(
      shown(
        edit(text, [
          { type: "move", to: "start" },
          { type: "move", to: "wordRight", extend: true },
        ]),
      ),
    ).toBe("[one] two-three");
    expect(shown(edit(text, [{ type: "selectAll" }, left]))).toBe("|one two-three");
    expect(shown(edit(text, [{ type: "deleteWordBackward" }, { type: "deleteWordBackward" }]))).toBe(
      "one two|",
    );
    expect(shown(edit("ab", [{ type: "move", to: "start" }, { type: "deleteForward" }]))).toBe("|b");
  });

  it("never leaves the caret inside a character", () => {
    expect(shown(edit("😀", [{ type: "setCaret", offset: 1 }]))).toBe("|😀");
    expect(shown(edit("ab", [{ type: "setCaret", offset: 99 }]))).toBe("ab|");
    expect(shown(edit("ab", [{ type: "setCaret", offset: Number.NaN }]))).toBe("|ab");
  });

  it("keeps to one line", () => {
    expect(shown(edit("", [{ type: "insert", text: "a\r\nb" }]))).toBe("a b|");
  });

  it("takes back what was typed in one go, and does it again", () => {
    const typed = edit("", ["hello", erase, erase, " you"]);
    expect(shown(typed)).toBe("hel you|");
    expect(shown(edit(typed, [undo, undo]))).toBe("hel|");
    expect(shown(edit(typed, [undo, undo, undo]))).toBe("hello|");
    expect(shown(edit(typed, [undo, undo, undo, undo, undo, undo]))).toBe("|");
    expect(shown(edit(typed, [undo, undo, redo, redo]))).toBe("hel you|");
    expect(shown(edit(typed, [undo, "x", redo]))).toBe("hel x|");
  });

  it("finishes the word before the caret", () => {
    expect(shown(edit("the met", [{ type: "completeWord", text: "metronome" }]))).toBe("the metronome |");
  });

  it("holds unsettled text of dictation until it is settled, as one step", () => {
    const heard = edit("so ", [
      { type: "compose", text: "the wether" },
      { type: "compose", text: "the weather is" },
    ]);
    expect(isComposing(heard)).toBe(true);
    const said = edit(heard, [{ type: "commit", text: "the weather is fine" }]);
    expect(shown(said)).toBe("so the weather is fine|");
    expect(isComposing(said)).toBe(false);
    expect(shown(edit(said, [undo, undo]))).toBe("so |");
  });

  it("takes what another field holds", () => {
    expect(shown(edit("a", [{ type: "set", text: "hello", anchor: 1, caret: 3 }]))).toBe("h[el]lo");
  });

  it("stays a text with its caret in it, whatever is done", () => {
    const random = createRandom(11);
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
    for (let run = 0; run < 60; run += 1) {
      let edited = createEditedText(pick(["", "abc", "日本 😀e\u0301"]), pick(["all", "end"]));
      for (let step = 0; step < 60; step += 1) {
        const change = pick<TextEdit>([
          { type: "insert", text: pick(["a", "n", "k", "😀", "-", "1", "ß", "\n"]) },
          { type: "space" },
          erase,
          { type: "deleteForward" },
          { type: "deleteWordBackward" },
          {
            type: "move",
            to: pick(["left", "right", "wordLeft", "wordRight", "start", "end"]),
            extend: random() < 0.4,
          },
          { type: "setCaret", offset: Math.floor(random() * 12) - 2 },
          { type: "selectAll" },
          undo,
          redo,
          { type: "compose", text: pick(["", "か", "hm"]) },
          { type: "commit" },
          { type: "candidate", index: Math.floor(random() * 4) },
        ]);
        edited = editText(edited, change, { timeMs: step * 500, composes: random() < 0.7 });
        const { text, anchor, caret, composition } = edited.value;
        for (const offset of [anchor, caret]) {
          expect(offset).toBeGreaterThanOrEqual(0);
          expect(offset).toBeLessThanOrEqual(text.length);
        }
        if (composition)
          expect([composition.end, text.slice(composition.start, composition.end)]).toEqual([
            caret,
            expect.stringMatching(/./),
          ]);
      }
    }
  });
});

describe("typing Japanese", () => {
  const type = (...edits: (TextEdit | string)[]) => edit("", edits, true);

  it.each([
    ["nihongo", "にほんご"],
    ["kyouto", "きょうと"],
    ["gakkou", "がっこう"],
    ["ko-hi-", "こーひー"],
    ["onnna", "おんな"],
  ])("turns %s into %s", (romaji, kana) => {
    const typed = type(romaji);
    expect(typed.value.text).toBe(kana);
    expect(isComposing(typed)).toBe(true);
  });

  it("offers hiragana, katakana and Latin letters, and takes the one chosen", () => {
    const typed = type("sushi");
    expect(candidatesOf(typed)).toEqual(["すし", "スシ", "sushi"]);
    expect(shown(edit(typed, [{ type: "candidate", index: 1 }], true))).toBe("スシ|");
  });

  it("goes through the candidates by the space bar, and typing on takes the shown one", () => {
    expect(type("sushi", "  ", "wo").value.text).toBe("sushiを");
    expect(type("sushi", " ").value.text).toBe("スシ");
    expect(shown(type("sushi", " ", erase))).toBe("すし|");
  });

  it("settles a last n, a digit and a sign settle what was before them", () => {
    expect(type("hon", { type: "commit" }).value.text).toBe("ほん");
    expect(type("hon", "3").value.text).toBe("ほん3");
    expect(type("hon", "。").value.text).toBe("ほん。");
  });

  it("leaves words alone that were heard rather than typed", () => {
    const heard = type({ type: "compose", text: "Tokyo tower" });
    expect(candidatesOf(heard)).toEqual([]);
    expect(edit(heard, [{ type: "commit" }], true).value.text).toBe("Tokyo tower");
    expect(edit(heard, ["ka"], true).value.text).toBe("Tokyo towerか");
    expect(edit(heard, [" "], true).value.text).toBe("Tokyo tower ");
  });

  it("erases kana by kana, and ends when none is left", () => {
    const typed = type("kyo", erase, erase);
    expect(typed.value.text).toBe("");
    expect(isComposing(typed)).toBe(false);
  });
});

describe("a physical keyboard", () => {
  const press = (key: string, held: string[] = [], platform: "mac" | "other" = "other") =>
    readPhysicalKey(
      {
        key,
        ctrlKey: held.includes("ctrl"),
        metaKey: held.includes("meta"),
        altKey: held.includes("alt"),
        shiftKey: held.includes("shift"),
      },
      platform,
    );
  const edits = (change: TextEdit) => ({ type: "edit", edit: change });

  it.each([
    ["a letter", press("ж"), edits({ type: "insert", text: "ж" })],
    ["what AltGr types", press("@", ["ctrl", "alt"]), edits({ type: "insert", text: "@" })],
    ["an emoji", press("😀"), edits({ type: "insert", text: "😀" })],
    ["Ctrl-Backspace", press("Backspace", ["ctrl"]), edits({ type: "deleteWordBackward" })],
    ["Option-Backspace on a Mac", press("Backspace", ["alt"], "mac"), edits({ type: "deleteWordBackward" })],
    ["Shift-Home", press("Home", ["shift"]), edits({ type: "move", to: "start", extend: true })],
    ["Ctrl-Shift-Z", press("Z", ["ctrl", "shift"]), edits({ type: "redo" })],
    ["Command-A on a Mac", press("a", ["meta"], "mac"), edits({ type: "selectAll" })],
    ["Enter", press("Enter"), { type: "submit" }],
    ["Escape", press("Escape"), { type: "close" }],
    ["Ctrl-T, which is somebody else's", press("t", ["ctrl"]), null],
    ["Alt-V, a shortcut too", press("v", ["alt"]), null],
    ["what Option types on a Mac", press("√", ["alt"], "mac"), edits({ type: "insert", text: "√" })],
    ["F5", press("F5"), null],
    ["a dead key", press("Dead"), null],
    ["Tab", press("Tab"), null],
  ])("%s", (_, result, expected) => {
    expect(result).toEqual(expected);
  });
});
