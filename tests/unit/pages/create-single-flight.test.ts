import { describe, expect, it } from "vitest";
import { createSingleFlight } from "#lib/core/async/create-single-flight.ts";

function deferred<T>() {
  let resolve!: (value: T) => void;
  let reject!: (reason: unknown) => void;
  const promise = new Promise<T>((res, rej) => {
    resolve = res;
    reject = rej;
  });
  return { promise, resolve, reject };
}

describe("createSingleFlight", () => {
  it("runs the work once for callers of one key", async () => {
    const flights = createSingleFlight<string>();
    const gate = deferred<string>();
    let runs = 0;
    const callers = Array.from({ length: 100 }, () =>
      flights.run("a", undefined, () => {
        runs++;
        return gate.promise;
      }),
    );
    gate.resolve("page");
    expect(new Set(await Promise.all(callers))).toEqual(new Set(["page"]));
    expect(runs).toBe(1);
    expect(flights.size).toBe(0);
  });

  it("gives every caller the failure and starts anew afterwards", async () => {
    const flights = createSingleFlight<string>();
    const gate = deferred<string>();
    const first = flights.run("a", undefined, () => gate.promise);
    const second = flights.run("a", undefined, () => gate.promise);
    gate.reject(new Error("down"));
    await expect(first).rejects.toThrow("down");
    await expect(second).rejects.toThrow("down");
    await expect(flights.run("a", undefined, async () => "up")).resolves.toBe("up");
  });

  it("keeps the work going while one caller still waits", async () => {
    const flights = createSingleFlight<string>();
    const gate = deferred<string>();
    const leaver = new AbortController();
    let aborted = false;
    const left = flights.run("a", leaver.signal, (signal) => {
      signal.addEventListener("abort", () => {
        aborted = true;
      });
      return gate.promise;
    });
    const stayed = flights.run("a", undefined, () => gate.promise);
    leaver.abort(new Error("left"));
    await expect(left).rejects.toThrow("left");
    expect(aborted).toBe(false);
    gate.resolve("page");
    await expect(stayed).resolves.toBe("page");
  });

  it("aborts the work when its last caller has gone, and the next caller starts anew", async () => {
    const flights = createSingleFlight<string>();
    const leaver = new AbortController();
    let seen: AbortSignal | undefined;
    const left = flights.run("a", leaver.signal, (signal) => {
      seen = signal;
      return new Promise(() => {});
    });
    leaver.abort();
    await expect(left).rejects.toThrow();
    expect(seen?.aborted).toBe(true);
    await expect(flights.run("a", undefined, async () => "new")).resolves.toBe("new");
  });

  it("refuses a caller that has gone already", async () => {
    const flights = createSingleFlight<string>();
    let runs = 0;
    const run = flights.run("a", AbortSignal.abort(), async () => {
      runs++;
      return "page";
    });
    await expect(run).rejects.toThrow();
    expect(runs).toBe(0);
  });
});
