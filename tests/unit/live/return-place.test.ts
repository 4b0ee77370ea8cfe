import { expect, test } from "vitest";
import { decideReturnPlace } from "#lib/core/live/return-place.ts";

const url = "https://example.org/long";
const top = { x: 0, y: 0 };
const first = { url, entryY: 0, page: { url: "", scroll: top }, moved: false, asked: null };

test("a page is opened where the panel's entry was left", () => {
  expect(decideReturnPlace({ ...first, entryY: 300 })).toEqual({ url, x: 0, y: 300 });
});

test("a page whose tab was lost comes back where it stood, also at its top", () => {
  const lost = { ...first, entryY: 300, moved: true, asked: { url, x: 0, y: 300 } };
  expect(decideReturnPlace({ ...lost, page: { url, scroll: { x: -40, y: 480 } } })).toEqual({
    url,
    x: -40,
    y: 480,
  });
  expect(decideReturnPlace({ ...lost, page: { url, scroll: top } })).toEqual({ url, x: 0, y: 0 });
});

test("a tab that was lost before it got anywhere is asked again for the same place", () => {
  const asked = { url, x: 0, y: 480 };
  expect(decideReturnPlace({ ...first, asked })).toEqual(asked);
  expect(decideReturnPlace({ ...first, page: { url, scroll: top }, asked })).toEqual(asked);
});

test("another address is not opened where the last one stood", () => {
  const page = { url: "https://example.org/other", scroll: { x: 0, y: 480 } };
  const asked = { url: page.url, x: 0, y: 480 };
  expect(decideReturnPlace({ ...first, page, moved: true, asked, entryY: 20 })).toEqual({ url, x: 0, y: 20 });
});
