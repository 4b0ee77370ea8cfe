import { describe, expect, it } from "vitest";
import { judge } from "#lib/core/abuse/access-rules.ts";
import { createAccessRuleCache } from "#lib/server/http/access-rule-cache.ts";

const rule = { kind: "CLIENT", pattern: "192.0.2.7", action: "BLOCK", expiresAt: null } as const;
const verdict = async (cache: ReturnType<typeof createAccessRuleCache>) =>
  judge(await cache.get(), { clientKey: "192.0.2.7", path: "/", nowMs: 0 }).client;

describe("the access rules in a process", () => {
  it("are loaded once for many requests, and again after fifteen seconds", async () => {
    let loads = 0;
    let nowMs = 0;
    const load = async () => {
      loads += 1;
      return [rule];
    };
    const cache = createAccessRuleCache({ load, now: () => nowMs });
    await Promise.all([verdict(cache), verdict(cache), verdict(cache)]);
    expect(await verdict(cache)).toBe("block");
    expect(loads).toBe(1);
    nowMs = 15_001;
    await verdict(cache);
    expect(loads).toBe(2);
  });

  it("answer with the last known ones while new ones load", async () => {
    let nowMs = 0;
    let next: Promise<readonly (typeof rule)[]> = Promise.resolve([rule]);
    const cache = createAccessRuleCache({ load: () => next, now: () => nowMs });
    await cache.get();
    const gate = Promise.withResolvers<readonly (typeof rule)[]>();
    next = gate.promise;
    nowMs = 15_001;
    expect(cache.get()).not.toBeInstanceOf(Promise);
    expect(await verdict(cache)).toBe("block");
    gate.resolve([]);
    await gate.promise;
    await Promise.resolve();
    expect(await verdict(cache)).toBeNull();
  });

  it("stay in force when the database fails", async () => {
    let nowMs = 0;
    let fails = false;
    const load = async () => {
      if (fails) throw new Error("connection refused");
      return [rule];
    };
    const cache = createAccessRuleCache({ load, now: () => nowMs });
    await cache.get();
    fails = true;
    nowMs = 15_001;
    await verdict(cache);
    expect(await verdict(cache)).toBe("block");
  });

  it("hold no request up for long when the database hangs from the start", async () => {
    const cache = createAccessRuleCache({ load: () => new Promise(() => {}), firstLoadWithinMs: 5 });
    expect(await verdict(cache)).toBeNull();
  });

  it("stay in force while a change is read, and the change is in force once it was", async () => {
    const gate = Promise.withResolvers<readonly (typeof rule)[]>();
    const answers = [Promise.resolve([rule]), gate.promise];
    const cache = createAccessRuleCache({ load: () => answers.shift() ?? Promise.resolve([rule]) });
    await cache.get();
    const changed = cache.refresh();
    expect(await verdict(cache)).toBe("block");
    gate.resolve([]);
    await changed;
    expect(await verdict(cache)).toBeNull();
  });

  it("are loaded anew after a change, and an older load cannot undo it", async () => {
    const old = Promise.withResolvers<readonly (typeof rule)[]>();
    const answers = [old.promise, Promise.resolve([rule])];
    const cache = createAccessRuleCache({ load: () => answers.shift() ?? Promise.resolve([]) });
    const before = cache.get();
    await cache.refresh();
    expect(await verdict(cache)).toBe("block");
    old.resolve([]);
    await before;
    expect(await verdict(cache)).toBe("block");
  });
});
