import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { blockMargins } from "#lib/client/surface/engine/block-margins.ts";
import { firstStrongDirection, splitByDirection, visualOrder } from "#lib/client/surface/engine/direction.ts";
import { groupBlocks } from "#lib/client/surface/engine/group-blocks.ts";
import { Highlights } from "#lib/client/surface/engine/highlights.ts";
import { fitMedia } from "#lib/client/surface/engine/layout-media.ts";
import { letters } from "#lib/client/surface/engine/list-marker.ts";
import { fitColumns } from "#lib/client/surface/engine/table-columns.ts";
import { type ColorName, MATCH_COLORS, themeColors } from "#lib/client/surface/engine/theme-colors.ts";
import { parseCommand } from "#lib/client/surface/parse-command.ts";
import { rangesBetween, wholeBlock, wordAround } from "#lib/client/surface/select-text.ts";
import { isFromEngine, isToEngine } from "#lib/client/surface/surface-messages.ts";
import { block, heading, makeDocument, paragraph, runs } from "../../fixtures/make-document.ts";

describe("direction", () => {
  const cut = (text: string, base: "ltr" | "rtl") =>
    splitByDirection(text, base).map(({ start, end, level }) => [text.slice(start, end), level]);

  it("turns where letters turn; signs between take the direction around them", () => {
    expect(cut("abc אבג, דהו def", "ltr")).toEqual([
      ["abc ", 0],
      ["אבג, דהו", 1],
      [" def", 0],
    ]);
    expect(cut("שלום hello, world שלום", "rtl")).toEqual([
      ["שלום ", 1],
      ["hello, world", 2],
      [" שלום", 1],
    ]);
  });

  it("keeps a number with the right-to-left words before it", () => {
    expect(cut("שנת 2026 abc", "ltr")).toEqual([
      ["שנת 2026", 1],
      [" abc", 0],
    ]);
  });

  it("loses no letter, whatever the text", () => {
    for (const text of ["", "123", "…", "a🇩🇪ב👩‍👧x", "א1ב2 c3 ד"]) {
      for (const base of ["ltr", "rtl"] as const) {
        expect(
          cut(text, base)
            .map(([piece]) => piece)
            .join(""),
        ).toBe(text);
      }
    }
  });

  it("puts pieces in the order they are seen (UAX #9, L2)", () => {
    const seen = (levels: number[]) =>
      visualOrder(levels.map((level, place) => ({ level, place }))).map(({ place }) => place);
    expect(seen([0, 1, 1, 0])).toEqual([0, 2, 1, 3]);
    expect(seen([1, 2, 1])).toEqual([2, 1, 0]);
    expect(seen([1, 2, 2, 1])).toEqual([3, 1, 2, 0]);
  });

  it("of a text is that of its first letter", () => {
    expect(firstStrongDirection("12 — שלום abc", "ltr")).toBe("rtl");
    expect(firstStrongDirection("12 —", "rtl")).toBe("rtl");
  });
});

describe("columns", () => {
  const sum = (widths: number[]) => widths.reduce((total, width) => total + width, 0);

  it("get what they want when there is room, and fill the least width", () => {
    expect(
      fitColumns(
        [
          { min: 10, natural: 100 },
          { min: 10, natural: 50 },
        ],
        { least: 0, most: 400 },
      ),
    ).toEqual([100, 50]);
    expect(
      fitColumns(
        [
          { min: 10, natural: 100 },
          { min: 10, natural: 50 },
        ],
        { least: 300, most: 400 },
      ),
    ).toEqual([200, 100]);
  });

  it("keep their longest word as long as that fits, and never overflow", () => {
    const needs = [
      { min: 60, natural: 80 },
      { min: 90, natural: 900 },
    ];
    const widths = fitColumns(needs, { least: 300, most: 400 });
    expect(widths[0]).toBeGreaterThanOrEqual(60);
    expect(sum(widths)).toBeLessThanOrEqual(400);
    expect(
      sum(
        fitColumns(
          [
            { min: 500, natural: 900 },
            { min: 300, natural: 400 },
          ],
          { least: 0, most: 400 },
        ),
      ),
    ).toBeLessThanOrEqual(400);
  });
});

describe("blocks", () => {
  const at = (container: "page" | "item" | "quote", level: 2 | 3 = 2) => ({ container, level: () => level });

  it("stand apart as the flat view's style sheet has it", () => {
    const text = paragraph("x");
    expect(blockMargins("paragraph", text, { kind: "paragraph", bottom: 0 }, at("page")).top).toBe(0.95);
    expect(blockMargins("paragraph", text, { kind: "heading", bottom: 0 }, at("page")).top).toBe(0.55);
    expect(blockMargins("paragraph", text, { kind: "image", bottom: 1.5 }, at("page")).top).toBe(1.5);
    expect(blockMargins("paragraph", text, null, at("quote")).top).toBe(0);
    expect(blockMargins("heading", heading(2, "x"), null, at("page")).top).toBeCloseTo(1.45 * 1.9);
  });

  it("that are cards stand together, as do three bare pictures", () => {
    const card = block({ type: "card", href: "https://example.org/", title: "x", text: "" });
    const bare = block({ type: "image", media: "m", alt: "", caption: [] });
    const captioned = block({ type: "image", media: "m", alt: "", caption: runs("c") });
    const kinds = groupBlocks([card, card, paragraph("x"), bare, bare, bare, captioned, bare]).map(
      ({ kind }) => kind,
    );
    expect(kinds).toEqual(["cards", "block", "gallery", "block", "block"]);
  });

  it("count as letters beyond z", () => {
    expect([1, 26, 27, 52, 53, 0].map(letters)).toEqual(["a", "z", "aa", "az", "ba", "0"]);
  });

  it("that are pictures fit column and screen, and have a place when their size is unknown", () => {
    const most = { width: 600, height: 500 };
    expect(fitMedia({ width: 1200, height: 600 }, most, 1)).toEqual({ width: 600, height: 300 });
    expect(fitMedia({ width: 100, height: 50 }, most, 1)).toEqual({ width: 100, height: 50 });
    expect(fitMedia({ width: 1000, height: 4000 }, most, 1)).toEqual({ width: 125, height: 500 });
    expect(fitMedia({ width: null, height: null }, most, 1)).toEqual({ width: 600, height: 375 });
  });
});

describe("selection", () => {
  const document = makeDocument([
    paragraph("One two three."),
    block({ type: "list", ordered: false, items: [[paragraph("Item one")], [paragraph("Item two")]] }),
    paragraph("End here."),
  ]);
  const [first, list, last] = document.blocks.map(({ id }) => id) as [string, string, string];

  it("runs over all text between two places, whichever was pressed first", () => {
    const [one, other] = [
      { blockId: last, offset: 3 },
      { blockId: first, offset: 4 },
    ];
    const ranges = rangesBetween(document, one, other);
    expect(ranges).toEqual(rangesBetween(document, other, one));
    expect(ranges.map(({ start, end }) => [start, end])).toEqual([
      [4, 14],
      [0, 8],
      [0, 8],
      [0, 3],
    ]);
    expect(ranges.some(({ blockId }) => blockId === list)).toBe(false);
  });

  it("of a word or a block is all of it", () => {
    expect(wordAround(document, { blockId: first, offset: 5 })).toEqual({ blockId: first, start: 4, end: 7 });
    expect(wholeBlock(document, last)).toEqual({ blockId: last, start: 0, end: 9 });
    expect(wholeBlock(document, list)).toBeNull();
  });

  it("lies over what was found, and the active match over the others", () => {
    const highlights = new Highlights();
    const range = (start: number) => ({ blockId: "b", start, end: start + 2 });
    highlights.match([range(0), range(4)], 1);
    highlights.select([range(1)]);
    expect(highlights.of("b").map(({ kind }) => kind)).toEqual(["match", "active", "selection"]);
    expect(highlights.of("c")).toEqual([]);
  });
});

describe("messages", () => {
  it("of another shape are refused", () => {
    expect(isToEngine({ type: "select", channel: 1, ranges: [] })).toBe(true);
    for (const value of [
      null,
      1,
      {},
      { type: "select" },
      { type: "constructor" },
      { type: "want", channel: 1, tiles: {} },
    ]) {
      expect(isToEngine(value)).toBe(false);
    }
    expect(isFromEngine({ type: "error", channel: 1, message: "x" })).toBe(true);
    expect(isFromEngine({ type: "tile", channel: 1 })).toBe(false);
  });

  it("that are commands carry their address and text, and nothing else", () => {
    expect(parseCommand("qui:command/page.open?url=https%3A%2F%2Fexample.org%2F%3Fa%3D1&panelId=x")).toEqual({
      id: "page.open",
      args: { url: "https://example.org/?a=1" },
    });
    expect(parseCommand("https://example.org/")).toBeNull();
  });
});

describe("colours", () => {
  const css = readFileSync("app/globals.css", "utf8");
  const page = readFileSync("components/document/styles/page.css", "utf8");
  const sepiaBlock = page.slice(page.indexOf('[data-reader-theme="sepia"]'));

  it.each(["paper", "raised", "sunken", "ink", "faint", "line", "accent", "onAccent", "selection"] as const)(
    "are those of the style sheets: %s",
    (name) => {
      const token = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
      const [, light = "", dark = ""] =
        new RegExp(`--${token}: light-dark\\((oklch\\([^)]*\\)), (oklch\\([^)]*\\))\\)`).exec(css) ?? [];
      const [, sepia = ""] = new RegExp(`--${token}: (oklch\\([^)]*\\))`).exec(sepiaBlock) ?? [];
      const ours = (["light", "dark", "sepia"] as const).map((theme) => themeColors(theme, false)[name]);
      expect(ours).toEqual([light, dark, sepia].map(toHex));
    },
  );

  it("are never pure white or black in the dark", () => {
    for (const isStrong of [false, true]) {
      for (const color of Object.values(themeColors("dark", isStrong))) {
        expect(color.slice(0, 7)).not.toMatch(/#(000000|ffffff)/);
      }
    }
  });

  it("keep text readable: 7:1 for what is read, 4.5:1 on buttons", () => {
    for (const theme of ["light", "dark", "sepia"] as const) {
      for (const isStrong of [false, true]) {
        const colors = themeColors(theme, isStrong);
        const on = (text: ColorName, back: ColorName) => contrast(colors[text], colors[back]);
        for (const back of ["paper", "raised", "sunken"] as const) {
          expect(on("ink", back)).toBeGreaterThan(7);
          expect(on("muted", back)).toBeGreaterThan(7);
        }
        expect(on("onAccent", "accent")).toBeGreaterThan(4.5);
      }
    }
    expect(contrast(MATCH_COLORS.text, MATCH_COLORS.activeBackground)).toBeGreaterThan(7);
  });
});

/** CSS Color 4, OKLCH to sRGB, clipped. */
function toHex(oklch: string): string {
  const [lightness = 0, chroma = 0, hue = 0, alpha = 100] = (oklch.match(/[\d.]+/g) ?? []).map(Number);
  const [a, b] = [chroma * Math.cos((hue * Math.PI) / 180), chroma * Math.sin((hue * Math.PI) / 180)];
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const linear = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
  const bytes = linear.map((value) => {
    const encoded = value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055;
    return Math.round(Math.min(1, Math.max(0, encoded)) * 255);
  });
  if (alpha !== 100) bytes.push(Math.round((alpha / 100) * 255));
  return `#${bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

/** WCAG 2.2 contrast ratio. */
function contrast(one: string, other: string): number {
  const luminance = (color: string) => {
    const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
      const value = Number.parseInt(color.slice(at, at + 2), 16) / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}
