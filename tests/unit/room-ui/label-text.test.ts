import { describe, expect, it } from "vitest";
import { fitText, isCovered, labelDirection, oneLine } from "#lib/core/room-ui/label-text.ts";

describe("isCovered", () => {
  it.each(["New tab", "example.org - 3 trackers kept away", "", "a~b|c"])("covers %j", (text) => {
    expect(isCovered(text)).toBe(true);
  });
  it.each(["日本語", "Überraschung", "Привет", "مرحبا", "a – b", "☕"])(
    "leaves %j to the painter",
    (text) => {
      expect(isCovered(text)).toBe(false);
    },
  );
});

describe("labelDirection", () => {
  it.each([
    ["Hello", "ltr"],
    ["مرحبا world", "rtl"],
    ["(12) שלום", "rtl"],
    ["日本 مرحبا", "ltr"],
    ["123", "ltr"],
  ])("of %j is %s", (text, direction) => {
    expect(labelDirection(text)).toBe(direction);
  });
});

describe("oneLine", () => {
  it("takes out line breaks, controls and marks that turn the direction", () => {
    expect(oneLine(" a\n\tb\u202ec\u0007 ")).toBe("a b c");
  });
  it("keeps what joins an emoji", () => {
    expect(oneLine("👩‍🔬")).toBe("👩‍🔬");
  });
});

describe("fitText", () => {
  const measure = (text: string) => [...text].length * 10;

  it("leaves what fits as it is", () => {
    expect(fitText("short", 50, measure)).toBe("short");
  });
  it("cuts at the last character that fits", () => {
    expect(fitText("abcdefghij", 55, measure)).toBe("abcd…");
  });
  it("never cuts through an emoji", () => {
    expect(fitText("👩‍🔬👩‍🔬👩‍🔬", 50, measure)).toBe("👩‍🔬…");
  });
  it("is an ellipsis where nothing fits", () => {
    expect(fitText("abc", 5, measure)).toBe("…");
  });
});
