import { afterAll, beforeAll, expect, it } from "vitest";
import { endOfDay, groupByDay, startOfDay, type Visit } from "#lib/core/library/visit.ts";

const zone = process.env.TZ;
beforeAll(() => {
  process.env.TZ = "Europe/Berlin";
});
afterAll(() => {
  process.env.TZ = zone;
});

let id = 0;
const visit = (url: string, iso: string): Visit => ({ id: ++id, url, title: url, at: Date.parse(iso) });

it("groups by local day, newest first, each address once a day", () => {
  const days = groupByDay([
    visit("a", "2026-07-01T21:59:00Z"),
    visit("b", "2026-07-01T22:01:00Z"),
    visit("a", "2026-07-01T08:00:00Z"),
  ]);
  expect(days.map(({ start }) => new Date(start).toISOString())).toEqual([
    "2026-07-01T22:00:00.000Z",
    "2026-06-30T22:00:00.000Z",
  ]);
  expect(days.map(({ visits }) => visits.map(({ url }) => url))).toEqual([["b"], ["a"]]);
  expect(days[1]?.visits[0]?.at).toBe(Date.parse("2026-07-01T21:59:00Z"));
});

it("knows that days with a clock change have 23 or 25 hours", () => {
  const spring = startOfDay(Date.parse("2026-03-29T10:00:00Z"));
  const autumn = startOfDay(Date.parse("2026-10-25T10:00:00Z"));
  expect((endOfDay(spring) - spring) / 3_600_000).toBe(23);
  expect((endOfDay(autumn) - autumn) / 3_600_000).toBe(25);
});
