import { afterEach, describe, expect, it } from "vitest";
import { createLog, setLog } from "#lib/node/log/log.ts";
import { createAbuseGuard } from "#lib/server/http/abuse-guard.ts";
import type { Client } from "#lib/server/http/client.ts";
import { setHttpServices } from "#lib/server/http/services.ts";
import { withRoute } from "#lib/server/http/with-route.ts";
import { useHttpServices } from "../../fixtures/http-services.ts";

const MINUTE = 60_000;
const client: Client = { key: "192.0.2.7", address: "192.0.2.7", local: false, shared: false, probe: null };
const scanner = { client, path: "/.env", probe: "scanner" } as const;
const reader = { client, path: "/space", probe: null } as const;

afterEach(() => {
  setHttpServices(undefined);
  setLog(undefined);
});

async function block(guard: ReturnType<typeof useHttpServices>["services"]["guard"]) {
  for (let probes = 0; probes < 3; probes++) await guard.check(scanner);
}

describe("the abuse guard", () => {
  it("turns a probe away as if nothing were there, and lets the same client read on", async () => {
    const { guard } = useHttpServices().services;
    expect(await guard.check(scanner)).toEqual({ kind: "probe" });
    expect(await guard.check(reader)).toBeNull();
  });

  it("blocks a scanner after three probes, for a minute", async () => {
    const { services, advance } = useHttpServices();
    await block(services.guard);
    expect(await services.guard.check(reader)).toEqual({ kind: "blocked", retryAfterMs: MINUTE });
    advance(MINUTE - 1);
    expect(await services.guard.check(reader)).toMatchObject({ kind: "blocked" });
    advance(1);
    expect(await services.guard.check(reader)).toBeNull();
  });

  it("blocks whoever comes back for longer each time, and forgets after two days without offence", async () => {
    const { services, advance } = useHttpServices();
    const seen: (number | null)[] = [];
    for (let round = 0; round < 4; round++) {
      await block(services.guard);
      const refusal = await services.guard.check(reader);
      const retryAfterMs = refusal?.kind === "blocked" ? refusal.retryAfterMs : null;
      seen.push(retryAfterMs && retryAfterMs / MINUTE);
      advance(retryAfterMs ?? 0);
    }
    expect(seen).toEqual([1, 5, 30, 240]);
    advance(48 * 60 * MINUTE + 1);
    await block(services.guard);
    expect(await services.guard.check(reader)).toEqual({ kind: "blocked", retryAfterMs: MINUTE });
  });

  it("raises the level once for a burst of probes that arrive together", async () => {
    const { services, advance } = useHttpServices();
    await Promise.all(Array.from({ length: 50 }, () => services.guard.check(scanner)));
    expect(await services.guard.check(reader)).toEqual({ kind: "blocked", retryAfterMs: MINUTE });
    advance(MINUTE);
    expect(await services.guard.check(reader)).toBeNull();
  });

  it("forgets two probes when ten minutes pass before the third", async () => {
    const { services, advance } = useHttpServices();
    await services.guard.check(scanner);
    await services.guard.check(scanner);
    advance(10 * MINUTE + 1);
    await services.guard.check(scanner);
    expect(await services.guard.check(reader)).toBeNull();
  });

  it("blocks a client only, and nobody beside it", async () => {
    const { guard } = useHttpServices().services;
    await block(guard);
    const neighbour = { ...client, key: "192.0.2.8" };
    expect(await guard.check({ ...reader, client: neighbour })).toBeNull();
  });

  it("takes over a block that another process decided within five seconds", async () => {
    const { services, store, advance } = useHttpServices();
    expect(await services.guard.check(reader)).toBeNull();
    const untilMs = Date.UTC(2026, 0, 1) + MINUTE;
    await store.set("abuse:block:192.0.2.7", JSON.stringify({ untilMs, level: 1 }), { ttlMs: MINUTE });
    advance(5_001);
    expect(await services.guard.check(reader)).toMatchObject({ kind: "blocked" });
  });

  it("is not talked out of a block by an answer from before it", async () => {
    const { store } = useHttpServices();
    const asked = Promise.withResolvers<void>();
    const gate = Promise.withResolvers<null>();
    let slow = true;
    const get = (key: string) => {
      if (!slow || !key.startsWith("abuse:block:")) return store.get(key);
      slow = false;
      asked.resolve();
      return gate.promise;
    };
    const { guard } = useHttpServices({ kv: { ...store, get } }).services;
    const early = guard.check(reader);
    await asked.promise;
    for (let probes = 0; probes < 3; probes++) await guard.strike(client, "scanner");
    gate.resolve(null);
    await early;
    expect(await guard.check(reader)).toMatchObject({ kind: "blocked" });
  });

  it("blocks nobody for a stored value that makes no sense", async () => {
    const { services, store } = useHttpServices();
    await store.set("abuse:block:192.0.2.7", "{broken", { ttlMs: MINUTE });
    expect(await services.guard.check(reader)).toBeNull();
  });

  it("never blocks an address that many people share", async () => {
    const { guard } = useHttpServices().services;
    const proxy = { ...client, shared: true };
    for (let probes = 0; probes < 10; probes++) await guard.check({ ...scanner, client: proxy });
    expect(await guard.check({ ...reader, client: proxy })).toBeNull();
  });

  it("never locks a developer out of their own machine", async () => {
    const { services } = useHttpServices();
    const guard = createAbuseGuard({ kv: services.kv, rules: services.rules.get, sparesLoopback: true });
    const own = { ...client, key: "127.0.0.1", address: "127.0.0.1", local: true };
    for (let probes = 0; probes < 10; probes++) await guard.check({ ...scanner, client: own });
    expect(await guard.check({ ...reader, client: own })).toBeNull();
  });

  it("writes down whom it shut out, for how long and why", async () => {
    const lines: string[] = [];
    setLog(createLog({ level: "info", destination: { write: (line) => void lines.push(line) } }));
    await block(useHttpServices().services.guard);
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({
        level: "warn",
        client: "192.0.2.7",
        kind: "scanner",
        seconds: 60,
        msg: "client blocked",
      }),
    ]);
  });
});

describe("an administrator's rules", () => {
  const rule = { expiresAt: null, action: "BLOCK" } as const;

  it("shut a client out for as long as they stand", async () => {
    const { guard } = useHttpServices({
      rules: [{ ...rule, kind: "CLIENT", pattern: "192.0.2.7" }],
    }).services;
    expect(await guard.check(reader)).toEqual({ kind: "blocked", retryAfterMs: null });
  });

  it("let a client in whatever it did", async () => {
    const rules = [{ ...rule, kind: "CLIENT", pattern: "192.0.2.7", action: "ALLOW" } as const];
    const { guard } = useHttpServices({ rules }).services;
    await block(guard);
    expect(await guard.check(reader)).toBeNull();
    expect(await guard.check(scanner)).toBeNull();
  });

  it("make a path an offence, or take a built-in offence back", async () => {
    const rules = [
      { ...rule, kind: "PATH_PATTERN", pattern: "/trap/**" } as const,
      { ...rule, kind: "PATH_PATTERN", pattern: "/index.php", action: "ALLOW" } as const,
    ];
    const { guard } = useHttpServices({ rules }).services;
    expect(await guard.check({ ...reader, path: "/trap/door" })).toEqual({ kind: "probe" });
    expect(await guard.check({ client, path: "/index.php", probe: "scanner" })).toBeNull();
  });
});

describe("the pipeline with the guard", () => {
  const spec = { name: "thing.get", auth: "public", limit: "media" } as const;
  const ask = (path: string, method = "GET") => new Request(`https://qui.example${path}`, { method });

  it("answers probes with 404 like any path that does not exist", async () => {
    useHttpServices();
    const route = withRoute(spec, () => new Response("never"));
    const response = await route(ask("/api/.git/config"));
    expect(response.status).toBe(404);
    expect((await response.json()).error.code).toBe("not_found");
  });

  it("answers a blocked client 403 with the time to wait, except where the route admits it", async () => {
    const { services } = useHttpServices();
    services.guard.check = async () => ({ kind: "blocked", retryAfterMs: 90_500 });
    const refused = await withRoute(spec, () => new Response("never"))(ask("/api/thing"));
    expect(refused.status).toBe(403);
    expect(refused.headers.get("retry-after")).toBe("91");
    expect((await refused.json()).error.code).toBe("client_blocked");
    const admitted = await withRoute(
      { ...spec, admitsBlocked: true },
      () => new Response("ok"),
    )(ask("/api/thing"));
    expect(admitted.status).toBe(200);
  });

  it("holds refusals for speed and wrong tokens against the client, and nothing else", async () => {
    const { services } = useHttpServices({ env: { QUI_ADMIN_TOKEN: "a-token-of-enough-length" } });
    const strikes: string[] = [];
    services.guard.strike = async (_, kind) => void strikes.push(kind);
    const open = withRoute({ ...spec, limit: "search" }, () => new Response());
    const closed = withRoute(
      { ...spec, auth: { kind: "bearer", token: "QUI_ADMIN_TOKEN" } },
      () => new Response(),
    );
    for (let sent = 0; sent < 11; sent++) await open(ask("/api/thing"));
    await closed(ask("/api/thing"));
    expect(strikes).toEqual(["rateLimited", "unauthorized"]);
  });
});
