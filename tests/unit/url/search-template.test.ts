import { describe, expect, test } from "vitest";
import { buildSearchUrl, queryOfSearchUrl, searchPageUrl } from "#lib/core/url/search-template.ts";

const TEMPLATE = "https://search.example/search?q={query}&format=json&lang=en";

test("words are encoded into the template", () => {
  expect(buildSearchUrl("https://s.example/?q={query}", "a&b=c d/é")).toBe(
    "https://s.example/?q=a%26b%3Dc%20d%2F%C3%A9",
  );
  expect(searchPageUrl(TEMPLATE, "cats")).toBe("https://search.example/search?q=cats&lang=en");
});

describe("queryOfSearchUrl", () => {
  test.each([
    [TEMPLATE, "https://search.example/search?q=cats+%26+dogs&pageno=2", "cats & dogs"],
    [TEMPLATE, buildSearchUrl(TEMPLATE, "what is node.js"), "what is node.js"],
    ["https://s.example/find/{query}/all", "https://s.example/find/a%20b/all", "a b"],
  ])("%s: %s asks for %s", (template, address, words) => {
    expect(queryOfSearchUrl(template, address)).toBe(words);
  });

  test.each([
    "https://search.example/",
    "https://search.example/search",
    "https://search.example/search?q=",
    "https://search.example/other?q=cats",
    "http://search.example/search?q=cats",
    "https://evil.example/search?q=cats",
    "not an address",
  ])("%s is no search", (address) => {
    expect(queryOfSearchUrl(TEMPLATE, address)).toBeNull();
  });
});
