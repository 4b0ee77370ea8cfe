import { describe, expect, test } from "vitest";
import { checkFilterList } from "#lib/core/trackers/check-filter-list.ts";
import { isListDue } from "#lib/core/trackers/is-list-due.ts";
import { categoryOfList } from "#lib/core/trackers/tracker-category.ts";

const HEADER = "[Adblock Plus 2.0]\n! Title: EasyTest\n! Expires: 4 days (update frequency)\n";
const DAY = 24 * 60 * 60 * 1000;

describe("checkFilterList", () => {
  test("reads title, expiry and the number of rules", () => {
    expect(checkFilterList(`${HEADER}||a.test^\r\n\r\n! comment\n@@||b.test^`, null)).toEqual({
      ok: true,
      facts: { title: "EasyTest", expiresMs: 4 * DAY, rules: 2 },
    });
    expect(checkFilterList("! Expires: 12 hours\n||a.test^", null)).toMatchObject({
      facts: { title: "", expiresMs: DAY / 2 },
    });
  });

  test.each([
    ["<!doctype html><p>Blocked by your network", "a page, not a filter list"],
    ['{"error": 1}', "a page, not a filter list"],
    ["||a.test^\n", "no header of a filter list"],
    ["", "no header of a filter list"],
    [HEADER, "no rules"],
    [`${HEADER}||a\0b^`, "binary data"],
  ])("refuses %j", (text, reason) => {
    expect(checkFilterList(text, null)).toEqual({ ok: false, reason });
  });

  test("refuses an edition that lost more than half of the rules", () => {
    const rules = (count: number) => HEADER + "||a.test^\n".repeat(count);
    expect(checkFilterList(rules(49), 100)).toMatchObject({ ok: false });
    expect(checkFilterList(rules(50), 100)).toMatchObject({ ok: true });
  });
});

test("a list is due after its own interval, within one and fourteen days", () => {
  const now = new Date("2026-06-15T00:00:00Z");
  const ago = (days: number) => new Date(now.getTime() - days * DAY);
  expect(isListDue(null, null, now)).toBe(true);
  expect(isListDue(ago(3.9), null, now)).toBe(false);
  expect(isListDue(ago(4), null, now)).toBe(true);
  expect(isListDue(ago(0.5), 0, now)).toBe(false);
  expect(isListDue(ago(14), 1000 * DAY, now)).toBe(true);
});

test.each([
  ["EasyList", "ad"],
  ["EasyPrivacy", "analytics"],
  ["Fanboy's Social Blocking List", "social"],
  ["EasyList Cookie List", "other"],
])("%s is against %s", (title, category) => {
  expect(categoryOfList(title)).toBe(category);
});
