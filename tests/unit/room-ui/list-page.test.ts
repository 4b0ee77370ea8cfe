import { describe, expect, it } from "vitest";
import { pageOf, turnByScroll } from "#lib/core/room-ui/list-page.ts";

const rows = Array.from({ length: 17 }, (_, index) => index);

describe("pageOf", () => {
  it("shows every row once", () => {
    const shown = [0, 1, 2].flatMap((index) => pageOf(rows, index, 7).rows);
    expect(shown).toEqual(rows);
  });
  it.each([
    [-3, 0],
    [99, 2],
    [Number.NaN, 0],
  ])("goes to a page that exists for %d", (index, expected) => {
    expect(pageOf(rows, index, 7)).toMatchObject({ index: expected, count: 3 });
  });
  it("has one page when there is nothing", () => {
    expect(pageOf([], 0, 7)).toEqual({ rows: [], index: 0, count: 1 });
  });
});

describe("turnByScroll", () => {
  it("turns once enough travel has come together", () => {
    expect(turnByScroll(0, 60)).toEqual({ turn: 0, rest: 60 });
    expect(turnByScroll(60, 60)).toEqual({ turn: 1, rest: 0 });
    expect(turnByScroll(0, -500)).toEqual({ turn: -1, rest: 0 });
  });
  it("starts over when the direction changes", () => {
    expect(turnByScroll(110, -20)).toEqual({ turn: 0, rest: -20 });
  });
});
