import { afterEach, beforeEach, expect, vi } from "vitest";

// An unexpected console.error is a defect that nobody asserted on. A test that expects one spies on console.error
// itself, which replaces this spy.
beforeEach(() => {
  spy = vi.spyOn(console, "error").mockImplementation(() => {});
});

afterEach(() => {
  const calls = spy?.mock.calls ?? [];
  spy?.mockRestore();
  expect(calls, "console.error was called").toEqual([]);
});

let spy: ReturnType<typeof vi.spyOn> | undefined;
