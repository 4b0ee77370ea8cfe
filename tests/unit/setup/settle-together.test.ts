import { describe, expect, it } from "vitest";
import { settleTogether } from "../../../scripts/services/settle-together.ts";

const never = new AbortController().signal;
/** Settles only when it is told to end. */
const untilAborted = (signal: AbortSignal, log: string[]) =>
  new Promise<string>((resolve) => {
    signal.addEventListener("abort", () => {
      log.push("ended");
      resolve("partial");
    });
  });

describe("settleTogether", () => {
  it("answers what each task answered, in order", async () => {
    const answers = await settleTogether(never, () => [Promise.resolve(1), Promise.resolve("two")]);
    expect(answers).toEqual([1, "two"]);
  });

  it("ends the others when one fails, waits for them, and throws what it threw", async () => {
    const log: string[] = [];
    const together = settleTogether(never, (signal) => [
      untilAborted(signal, log),
      Promise.reject(new Error("no database")),
    ]);
    await expect(together).rejects.toThrow("no database");
    expect(log).toEqual(["ended"]);
  });

  it("throws when it was stopped, even if every task then settled well", async () => {
    const stop = new AbortController();
    const log: string[] = [];
    const together = settleTogether(stop.signal, (signal) => [untilAborted(signal, log)]);
    stop.abort(new Error("Ctrl-C"));
    await expect(together).rejects.toThrow("Ctrl-C");
    expect(log).toEqual(["ended"]);
  });
});
