import { describe, expect, it } from "vitest";
import { describeXrFeatures, UNKNOWN_FACTS, type XrFacts } from "#lib/core/xr/describe-features.ts";
import { classifySessionError, describeSessionFailure } from "#lib/core/xr/session-failure.ts";
import { sessionInit } from "#lib/core/xr/session-init.ts";
import { sessionWork } from "#lib/core/xr/session-work.ts";

const QUEST: XrFacts = {
  ...UNKNOWN_FACTS,
  api: true,
  vr: true,
  ar: true,
  layers: true,
  hands: true,
  frameRates: [72, 80, 90, 120],
  frameRate: 90,
  systemKeyboard: true,
  views: 2,
};
const find = (facts: XrFacts, id: string) => describeXrFeatures(facts).find((line) => line.id === id);

describe("what a device can do", () => {
  it("is one plain sentence or two for each thing, whatever was found", () => {
    for (const facts of [
      UNKNOWN_FACTS,
      QUEST,
      { ...QUEST, hands: null, frameRates: null, systemKeyboard: null },
    ]) {
      for (const { text } of describeXrFeatures(facts)) expect(text).toMatch(/^[A-Z].*\.$/);
    }
  });

  it("speaks of a headset's parts only where there is a headset", () => {
    expect(describeXrFeatures(UNKNOWN_FACTS).map(({ id }) => id)).toEqual(["webgl", "vr", "ar"]);
    expect(describeXrFeatures(QUEST)).toHaveLength(8);
  });

  it("tells the reasons apart for which VR is missing", () => {
    expect(find({ ...UNKNOWN_FACTS, secure: false }, "vr")?.text).toContain("https");
    expect(find(UNKNOWN_FACTS, "vr")?.text).toContain("no WebXR");
    expect(find({ ...UNKNOWN_FACTS, api: true }, "vr")?.text).toContain("No headset");
  });

  it("claims nothing before a session has told", () => {
    const before = { ...QUEST, hands: null, frameRates: null, systemKeyboard: null, views: null };
    for (const id of ["hands", "frameRates", "systemKeyboard"])
      expect(find(before, id)?.state).toBe("unknown");
    expect(find(before, "views")).toBeUndefined();
  });

  it("names the rates a headset offers, and the one it runs at", () => {
    expect(find(QUEST, "frameRates")?.text).toBe(
      "The headset can show 72, 80, 90 or 120. It runs at 90 now.",
    );
    expect(find({ ...QUEST, frameRates: [90], frameRate: null }, "frameRates")?.text).toBe(
      "The headset can show 90.",
    );
    expect(find({ ...QUEST, frameRates: [] }, "frameRates")?.state).toBe("no");
  });

  it("says when each eye gets a sharper middle", () => {
    expect(find({ ...QUEST, views: 4 }, "views")?.text).toContain("4 pictures");
  });
});

describe("a session", () => {
  it("requires the floor alone, and looks neither at the room nor at the eyes", () => {
    const { requiredFeatures, optionalFeatures } = sessionInit({ hands: true });
    expect(requiredFeatures).toEqual(["local-floor"]);
    expect([...optionalFeatures].sort()).toEqual(["hand-tracking", "layers", "secondary-views"]);
    expect(sessionInit({ hands: false }).optionalFeatures).not.toContain("hand-tracking");
  });

  it.each([
    ["NotSupportedError", "", "no-device"],
    ["NotAllowedError", "", "refused"],
    ["AbortError", "", "refused"],
    ["SecurityError", "The operation requires user activation.", "expired"],
    ["SecurityError", "Access denied by a permissions policy.", "refused"],
    ["InvalidStateError", "There is already an active session.", "busy"],
    ["TypeError", "x", "unknown"],
  ])("that fails with %s (%s) is told as %s", (name, message, failure) => {
    expect(classifySessionError({ name, message })).toBe(failure);
  });

  it("that fails is explained without the words of an error", () => {
    for (const failure of ["no-api", "no-device", "refused", "expired", "busy", "lost", "unknown"] as const) {
      const text = describeSessionFailure(failure, "immersive-vr");
      expect(text).toMatch(/^[A-Z].*\.$/);
      expect(text).not.toMatch(/Error|DOMException|undefined/);
    }
    expect(describeSessionFailure("refused", "immersive-ar")).toMatch(/^Passthrough/);
  });

  it("takes no input while the system's window lies over it, and does nothing while nobody looks", () => {
    expect(sessionWork("visible")).toEqual({ input: true, animate: true });
    expect(sessionWork("visible-blurred")).toEqual({ input: false, animate: true });
    expect(sessionWork("hidden")).toEqual({ input: false, animate: false });
    expect(sessionWork(undefined)).toEqual({ input: true, animate: true });
  });
});
