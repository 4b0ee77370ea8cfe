import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { tellProfile } from "#lib/client/live/tell-profile.ts";
import { uiStore } from "#lib/client/store/ui-store.ts";
import { isFetchFault } from "#lib/core/errors/fetch-fault.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  uiStore.setState({ toasts: [] });
});

it("a profile that could not be read is told once for all tabs, and again when it happens again", () => {
  const told = () => uiStore.getState().toasts.map(({ text }) => text);
  tellProfile("fresh");
  expect(told()).toEqual([]);
  tellProfile("unreadable");
  expect(told()).toEqual([expect.stringContaining("you may have to sign in again")]);
  vi.runAllTimers();
  tellProfile("unreadable");
  expect(told()).toEqual([]);
  tellProfile("restored");
  tellProfile("unreadable");
  expect(told()).toHaveLength(1);
});

it("code that did not come is told from code that came and failed", () => {
  const named = Object.assign(new Error("Failed to load chunk /x.js from module 1"), {
    name: "ChunkLoadError",
  });
  const unfetched = [
    named,
    new TypeError("Failed to fetch dynamically imported module: https://qui.example/room.js"),
    new TypeError("error loading dynamically imported module"),
    new TypeError("Importing a module script failed."),
  ];
  expect(unfetched.map(isFetchFault)).toEqual([true, true, true, true]);
  const faulty = [new TypeError("x is not a function"), new ReferenceError("three is not defined"), "text"];
  expect(faulty.map(isFetchFault)).toEqual([false, false, false]);
});
