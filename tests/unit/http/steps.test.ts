import { afterEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { AppError } from "#lib/core/errors/app-error.ts";
import { createLog, setLog } from "#lib/node/log/log.ts";
import { setHttpServices } from "#lib/server/http/services.ts";
import { matchesEtag } from "#lib/server/http/steps/cache.ts";
import { createInFlight } from "#lib/server/http/steps/dedupe.ts";
import { withRoute } from "#lib/server/http/with-route.ts";
import { useHttpServices } from "../../fixtures/http-services.ts";

const open = { name: "thing.get", auth: "public", limit: "media" } as const;
const query = z.object({ q: z.string().optional(), r: z.string().optional() });

afterEach(() => setHttpServices(undefined));

function get(path: string, init: RequestInit = {}): Request {
  return new Request(`https://qui.example${path}`, init);
}

describe("the cache step", () => {
  function counting(cache: { store: { ttlMs: number; tags?: string[] } }) {
    let runs = 0;
    const route = withRoute({ ...open, query, cache }, ({ query }) => {
      runs += 1;
      return Response.json({ query, run: runs });
    });
    return { route, runs: () => runs };
  }

  it("runs the handler once for the same question, whatever the order of its parameters", async () => {
    useHttpServices();
    const { route, runs } = counting({ store: { ttlMs: 60_000 } });
    const first = await (await route(get("/api/thing?q=a&r=b"))).json();
    expect(await (await route(get("/api/thing?r=b&q=a"))).json()).toEqual(first);
    expect(runs()).toBe(1);
    await route(get("/api/thing?q=other"));
    expect(runs()).toBe(2);
  });

  it("runs it again when the time is over, and when the tag is dropped", async () => {
    const { store, advance } = useHttpServices();
    const { route, runs } = counting({ store: { ttlMs: 1000, tags: ["things"] } });
    await route(get("/api/thing"));
    advance(1001);
    await route(get("/api/thing"));
    expect(runs()).toBe(2);
    await store.deleteByTag("things");
    await route(get("/api/thing"));
    expect(runs()).toBe(3);
  });

  it("answers 304 to whoever has it already", async () => {
    useHttpServices();
    const { route } = counting({ store: { ttlMs: 60_000 } });
    const etag = (await route(get("/api/thing"))).headers.get("etag") ?? "";
    const again = await route(get("/api/thing", { headers: { "if-none-match": `"x", W/${etag}` } }));
    expect([again.status, await again.text()]).toEqual([304, ""]);
    const changed = await route(get("/api/thing", { headers: { "if-none-match": '"other"' } }));
    expect(changed.status).toBe(200);
  });

  it("keeps no failure", async () => {
    useHttpServices();
    let runs = 0;
    const route = withRoute({ ...open, cache: { store: { ttlMs: 60_000 } } }, () => {
      runs += 1;
      if (runs === 1) throw new AppError("origin_failed");
      return Response.json({ runs });
    });
    expect((await route(get("/api/thing"))).status).toBe(502);
    expect(await (await route(get("/api/thing"))).json()).toEqual({ runs: 2 });
  });

  it("runs the handler when what it finds in the store makes no sense", async () => {
    const { store } = useHttpServices();
    const { route, runs } = counting({ store: { ttlMs: 60_000 } });
    const broken = { ...store, get: async () => "{broken", driver: "memory" as const };
    useHttpServices({ kv: broken });
    expect((await route(get("/api/thing"))).status).toBe(200);
    expect(runs()).toBe(1);
  });

  it("compares validators weakly", () => {
    expect(matchesEtag('W/"a"', '"a"')).toBe(true);
    expect(matchesEtag('"b", "a"', 'W/"a"')).toBe(true);
    expect(matchesEtag("*", '"a"')).toBe(true);
    expect(matchesEtag('"ab"', '"a"')).toBe(false);
    expect(matchesEtag(null, '"a"')).toBe(false);
  });
});

describe("the de-duplicating step", () => {
  it("runs the handler once for a hundred identical requests and answers all of them", async () => {
    useHttpServices();
    let runs = 0;
    const gate = Promise.withResolvers<void>();
    const route = withRoute({ ...open, query, dedupe: true }, async () => {
      runs += 1;
      await gate.promise;
      return Response.json({ runs }, { headers: { "x-kept": "yes" } });
    });
    const waiting = Array.from({ length: 100 }, () => route(get("/api/thing?q=a")));
    gate.resolve();
    const answers = await Promise.all(waiting);
    expect(runs).toBe(1);
    expect(await Promise.all(answers.map((answer) => answer.text()))).toEqual(Array(100).fill('{"runs":1}'));
    expect(new Set(answers.map((answer) => answer.headers.get("x-request-id"))).size).toBe(100);
    expect(answers[99]?.headers.get("x-kept")).toBe("yes");
    await route(get("/api/thing?q=a"));
    expect(runs).toBe(2);
  });

  it("keeps different questions apart", async () => {
    useHttpServices();
    const seen: (string | undefined)[] = [];
    const route = withRoute({ ...open, query, dedupe: true }, async ({ query }) => {
      seen.push(query.q);
      return new Response();
    });
    await Promise.all([route(get("/api/thing?q=a")), route(get("/api/thing?q=b"))]);
    expect(seen).toEqual(["a", "b"]);
  });

  it("gives a failure to everyone who waited", async () => {
    useHttpServices();
    const route = withRoute({ ...open, dedupe: true }, async () => {
      throw new AppError("origin_failed");
    });
    const answers = await Promise.all([route(get("/api/thing")), route(get("/api/thing"))]);
    expect(answers.map(({ status }) => status)).toEqual([502, 502]);
  });

  it("goes on for the others when one leaves, and stops when the last one does", async () => {
    const inFlight = createInFlight();
    const controllers = [new AbortController(), new AbortController()];
    let runSignal: AbortSignal | undefined;
    const run = (signal: AbortSignal) => {
      runSignal = signal;
      return new Promise<Response>((_, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason));
      });
    };
    const waiting = controllers.map(({ signal }) => inFlight.share("key", signal, run));
    const outcomes = Promise.allSettled(waiting);
    controllers[0]?.abort();
    await expect(waiting[0]).rejects.toThrow("aborted");
    expect(runSignal?.aborted).toBe(false);
    controllers[1]?.abort();
    expect((await outcomes).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(runSignal?.aborted).toBe(true);
  });

  it("never joins requests that change something", async () => {
    useHttpServices();
    let runs = 0;
    const route = withRoute({ ...open, dedupe: true }, async () => {
      runs += 1;
      return new Response();
    });
    await Promise.all([
      route(get("/api/thing", { method: "POST" })),
      route(get("/api/thing", { method: "POST" })),
    ]);
    expect(runs).toBe(2);
  });
});

describe("the audit step", () => {
  afterEach(() => setLog(undefined));

  it("writes down who did what with which outcome, refusals included, and nothing of what was sent", async () => {
    const lines: string[] = [];
    setLog(createLog({ level: "info", destination: { write: (line) => void lines.push(line) } }));
    useHttpServices({ env: { QUI_ADMIN_TOKEN: "a-token-of-enough-length" } });
    const spec = {
      ...open,
      auth: { kind: "bearer", token: "QUI_ADMIN_TOKEN" },
      audit: "thing.delete",
      query: z.object({ secret: z.string() }),
    } as const;
    const route = withRoute(spec, () => new Response());
    const call = (token: string, id: string) =>
      route(
        get("/api/thing?secret=s3cret", {
          headers: { authorization: `Bearer ${token}`, "x-request-id": id },
        }),
      );
    await call("a-token-of-enough-length", "request-1");
    await call("wrong", "request-2");

    const audits = lines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === "audit");
    expect(audits.map(({ audit }) => audit)).toEqual([
      {
        action: "thing.delete",
        principal: { kind: "token", token: "QUI_ADMIN_TOKEN" },
        requestId: "request-1",
        clientKey: "unknown",
        outcome: "succeeded",
        status: 200,
      },
      {
        action: "thing.delete",
        principal: { kind: "anonymous" },
        requestId: "request-2",
        clientKey: "unknown",
        outcome: "refused",
        status: 401,
      },
    ]);
    expect(lines.join()).not.toMatch(/s3cret|a-token/);
  });
});
