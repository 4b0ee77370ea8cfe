import { expect, test } from "vitest";
import { plainName } from "#lib/core/document/plain-name.ts";

test("a name turns nothing round that stands after it", () => {
  expect(plainName("invoice\u202egnp.exe\u2066")).toBe("invoice gnp.exe");
  expect(plainName("\u2067one\u2028two\u2029 three\u2069")).toBe("one two three");
});

test("marks of direction and joiners, which scripts need, stay", () => {
  for (const name of ["שלום\u200f!", "می\u200cخواهم", "👩\u200d🚀 Ada", "plain"])
    expect(plainName(name)).toBe(name);
});
