import { describe, expect, it } from "vitest";
import { wrapLines } from "#lib/core/room-labels/wrap-lines.ts";
import { createRandom } from "../../fixtures/random.ts";

/** Ten pixels a character. */
const measure = (text: string) => text.length * 10;
const wrap = (text: string, maxPx: number, maxLines: number) => wrapLines(text, { maxPx, maxLines, measure });

describe("the lines of a card", () => {
  it("break between words and keep marks with the word before them", () => {
    expect(wrap("The ferry waits, at the pier.", 120, 9)).toEqual(["The ferry", "waits, at", "the pier."]);
  });

  it("end in an ellipsis when something is left out", () => {
    expect(wrap("The ferry waits at the pier.", 120, 2)).toEqual(["The ferry", "waits at…"]);
  });

  it("break a word that is longer than a line", () => {
    expect(wrap("Donaudampfschifffahrt", 100, 9)).toEqual(["Donaudampf", "schifffahr", "t"]);
  });

  it("break between words also where a script has no spaces", () => {
    const lines = wrap("東京は日本の首都です。", 50, 9);
    expect(lines.join("")).toBe("東京は日本の首都です。");
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(6);
  });

  it("are none for no words", () => {
    expect(wrap(" \n ", 100, 3)).toEqual([]);
  });

  it("are never too many, whatever the text", () => {
    const random = createRandom(9);
    for (let round = 0; round < 200; round += 1) {
      const words = Array.from({ length: 40 }, () => "x".repeat(1 + Math.floor(random() * 14)));
      const lines = wrap(words.join(" "), 100, 4);
      expect(lines.length).toBeLessThanOrEqual(4);
      for (const line of lines) expect(measure(line)).toBeLessThanOrEqual(100);
    }
  });
});
