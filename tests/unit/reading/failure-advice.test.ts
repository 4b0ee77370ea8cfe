import { describe, expect, it } from "vitest";
import { adviseOnFailure } from "#lib/core/reading/failure-advice.ts";
import { ERRORS, type ErrorCode } from "#lib/protocol/errors.ts";

const CODES = Object.keys(ERRORS) as ErrorCode[];
const labels = (code: ErrorCode, url: string) => adviseOnFailure(code, url).steps.map(({ label }) => label);

describe("adviseOnFailure", () => {
  it.each(CODES)("gives %s a title of its own length and a next step", (code) => {
    const advice = adviseOnFailure(code, "https://example.org/a/b");
    expect(advice.title.length).toBeGreaterThan(8);
    expect(advice.title.length).toBeLessThan(48);
    expect(advice.steps.length).toBeGreaterThan(0);
    expect(new Set(advice.steps.map(({ label }) => label)).size).toBe(advice.steps.length);
  });

  it.each(CODES)("gives %s a next step even for an address that is none", (code) => {
    expect(adviseOnFailure(code, "not an address").steps.length).toBeGreaterThan(0);
  });

  it.each(CODES.filter((code) => ERRORS[code].retryable))("offers to try again after %s", (code) => {
    expect(labels(code, "https://example.org/a")).toContain("Try again");
  });

  it("offers the site's start page, unless that is what failed", () => {
    expect(labels("origin_not_found", "https://www.example.org:8443/a?b#c")).toContain("Go to example.org");
    expect(labels("origin_not_found", "https://example.org/")).not.toContain("Go to example.org");
  });

  it("keeps the port on the way to the start page, except when the port was the fault", () => {
    const start = (code: ErrorCode) =>
      adviseOnFailure(code, "http://example.org:8081/a").steps.find(
        (step) => step.does === "act" && step.action.type === "open-start-page",
      );
    expect(start("too_large")).toMatchObject({ action: { url: "http://example.org:8081/" } });
    expect(start("blocked_port")).toMatchObject({ action: { url: "http://example.org/" } });
  });

  it("offers to search for the words of a mistyped address", () => {
    const [step] = adviseOnFailure("name_not_found", "https://www.exmaple-news.com/big_story.html?x=1").steps;
    expect(step).toEqual({
      label: "Search for it",
      does: "act",
      action: { type: "search", query: "exmaple news big story" },
    });
  });

  it("never leads out of Qui to an address that is private, unsafe or holds a password", () => {
    for (const code of [
      "blocked_address",
      "blocked_port",
      "insecure_connection",
      "credentials_in_url",
    ] as const) {
      expect(
        adviseOnFailure(code, "https://user:pass@10.0.0.1/x").steps.map(({ does }) => does),
      ).not.toContain("leave");
    }
    expect(
      adviseOnFailure("too_large", "https://user:pass@example.org/x").steps.map(({ does }) => does),
    ).not.toContain("leave");
  });
});
