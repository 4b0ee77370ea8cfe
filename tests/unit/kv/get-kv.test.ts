import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

const SLOT = Symbol.for("qui.kv");

/** A fresh copy of the module, as another bundle of the same process would load it. */
async function load() {
  vi.resetModules();
  return (await import("#lib/node/kv/get-kv.ts")).getKv;
}

describe("getKv", () => {
  beforeEach(() => {
    for (const name of ["REDIS_URL", "UPSTASH_REDIS_REST_URL", "UPSTASH_REDIS_REST_TOKEN"])
      vi.stubEnv(name, "");
    Reflect.deleteProperty(globalThis, SLOT);
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    const open: unknown = Reflect.get(globalThis, SLOT);
    if (open instanceof Object && "close" in open && typeof open.close === "function") await open.close();
    Reflect.deleteProperty(globalThis, SLOT);
  });

  it("is the memory store without configuration, the same for every copy of the module", async () => {
    const first = (await load())();
    const second = (await load())();
    expect(first.driver).toBe("memory");
    expect(second).toBe(first);
  });

  it("is Upstash when both of its variables are set, and not with one of them", async () => {
    vi.stubEnv("UPSTASH_REDIS_REST_URL", "https://example.upstash.io");
    expect((await load())().driver).toBe("memory");
    Reflect.deleteProperty(globalThis, SLOT);
    vi.stubEnv("UPSTASH_REDIS_REST_TOKEN", "token");
    expect((await load())().driver).toBe("upstash");
  });

  it("prefers Redis, and opening it throws nothing when it is away", async () => {
    vi.stubEnv("REDIS_URL", "redis://127.0.0.1:1");
    vi.stubEnv("LOG_LEVEL", "silent");
    vi.stubEnv("UPSTASH_REDIS_REST_URL", "https://example.upstash.io");
    vi.stubEnv("UPSTASH_REDIS_REST_TOKEN", "token");
    expect((await load())().driver).toBe("redis");
  });
});
