import { expect, it } from "vitest";
import { coarseLanguage } from "#lib/core/pages/coarse-language.ts";

it.each([
  [null, "en"],
  ["", "en"],
  ["*", "en"],
  ["en-GB,en;q=0.9,de;q=0.1", "en"],
  ["de-AT,de;q=0.9", "de,en;q=0.5"],
  ["zh-TW", "zh-TW,en;q=0.5"],
  ["zh-Hant-HK,zh;q=0.5", "zh-HK,en;q=0.5"],
  ["pt-br", "pt-BR,en;q=0.5"],
  ["fr;q=0.3", "fr,en;q=0.5"],
  ["x\r\nevil: 1", "en"],
  ["ja, en", "ja,en;q=0.5"],
])("sends %j on as %s", (header, expected) => {
  expect(coarseLanguage(header)).toBe(expected);
});
