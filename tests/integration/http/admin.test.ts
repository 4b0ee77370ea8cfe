import { afterAll, beforeAll, expect, it } from "vitest";
import { accessRuleSchema, accessRulesSchema } from "#lib/protocol/access-rules.ts";
import { createTestDatabase, type TestDatabase } from "../setup/test-database.ts";

const TOKEN = "an-administrators-token";

type Route = (request: Request) => Promise<Response>;
let database: TestDatabase;
let rules: { GET: Route; POST: Route; DELETE: Route };
let cleanup: Route;
let unknownApi: Route;

beforeAll(async () => {
  database = await createTestDatabase();
  process.env.DATABASE_URL = database.url;
  process.env.QUI_ADMIN_TOKEN = TOKEN;
  process.env.CRON_SECRET = "a-schedulers-secret";
  process.env.REDIS_URL = "";
  process.env.QUI_RATE_LIMIT_SCALE = "50";
  // On Vercel's terms, so that a request can say which client it comes from, without all that Vercel needs besides.
  process.env.VERCEL = "1";
  const { getHttpServices, setHttpServices } = await import("#lib/server/http/services.ts");
  setHttpServices({ ...getHttpServices(), missing: [] });
  // Loaded after the environment is set, which is read once.
  rules = await import("../../../app/api/admin/access-rules/route.ts");
  ({ GET: cleanup } = await import("../../../app/api/cron/cleanup/route.ts"));
  ({ GET: unknownApi } = await import("../../../app/api/[...path]/route.ts"));
});

afterAll(async () => {
  const { getDb } = await import("#lib/server/db/client.ts");
  await getDb().$disconnect();
  await database.drop();
});

function request(method: string, options: { body?: unknown; search?: string; token?: string } = {}): Request {
  const { body, search = "", token = TOKEN } = options;
  return new Request(`https://qui.example/api/admin/access-rules${search}`, {
    method,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

function visit(client: string, path = "/api/nothing-here"): Promise<Response> {
  return unknownApi(
    new Request(`https://qui.example${path}`, { headers: { "x-vercel-forwarded-for": client } }),
  );
}

async function list() {
  return accessRulesSchema.parse(await (await rules.GET(request("GET"))).json()).rules;
}

it("keeps everyone without the token out, of reading too", async () => {
  for (const [method, route] of Object.entries(rules)) {
    expect((await route(request(method, { token: "wrong" }))).status).toBeGreaterThanOrEqual(400);
  }
  expect((await rules.GET(request("GET", { token: "wrong" }))).status).toBe(401);
});

it("shuts a client out at once, whatever spelling the administrator used, and lets it back in", async () => {
  expect((await visit("198.51.100.7")).status).toBe(404);
  const created = await rules.POST(
    request("POST", {
      body: { kind: "CLIENT", pattern: "::ffff:198.51.100.7", action: "BLOCK", reason: "floods search" },
    }),
  );
  expect(created.status).toBe(201);
  const rule = accessRuleSchema.parse(await created.json());
  expect(rule).toMatchObject({ pattern: "198.51.100.7", reason: "floods search", expiresAt: null });
  expect(await list()).toEqual([rule]);

  const refused = await visit("198.51.100.7");
  expect(refused.status).toBe(403);
  expect((await refused.json()).error.code).toBe("client_blocked");
  expect((await visit("198.51.100.8")).status).toBe(404);

  expect((await rules.DELETE(request("DELETE", { search: `?id=${rule.id}` }))).status).toBe(204);
  expect((await visit("198.51.100.7")).status).toBe(404);
  expect(await list()).toEqual([]);
});

it("lifts the block of a client that probed too often", async () => {
  for (let probes = 0; probes < 3; probes++) await visit("203.0.113.5", "/api/.env");
  expect((await visit("203.0.113.5")).status).toBe(403);
  const body = { kind: "CLIENT", pattern: "203.0.113.5", action: "ALLOW", reason: "our own security test" };
  await rules.POST(request("POST", { body }));
  expect((await visit("203.0.113.5")).status).toBe(404);
});

it("replaces the rule for the same pattern", async () => {
  const body = { kind: "PATH_PATTERN", pattern: "/api/trap/**", action: "BLOCK", reason: "first" };
  const first = accessRuleSchema.parse(await (await rules.POST(request("POST", { body }))).json());
  const again = { ...body, reason: "second", expiresAt: "2999-01-01T00:00:00Z" };
  const second = accessRuleSchema.parse(await (await rules.POST(request("POST", { body: again }))).json());
  expect(second).toMatchObject({ id: first.id, reason: "second", expiresAt: "2999-01-01T00:00:00.000Z" });
});

it.each([
  ["a pattern that is no address", { kind: "CLIENT", pattern: "everyone" }],
  ["a path that is not absolute", { kind: "PATH_PATTERN", pattern: "trap" }],
  ["an unknown kind", { kind: "COUNTRY", pattern: "/x" }],
  ["a field nobody knows", { kind: "PATH_PATTERN", pattern: "/x", id: "1" }],
  ["an expiry that is no date", { kind: "PATH_PATTERN", pattern: "/x", expiresAt: "tomorrow" }],
])("refuses %s", async (_, rule) => {
  const response = await rules.POST(request("POST", { body: { action: "BLOCK", reason: "r", ...rule } }));
  expect(response.status).toBe(400);
});

it("says so when the rule to delete is not there", async () => {
  const search = "?id=0190a8c0-0000-7000-8000-000000000000";
  expect((await rules.DELETE(request("DELETE", { search }))).status).toBe(404);
  expect((await rules.DELETE(request("DELETE", { search: "?id=1" }))).status).toBe(400);
});

it("removes expired rules on schedule, for the scheduler alone", async () => {
  const body = {
    kind: "CLIENT",
    pattern: "192.0.2.1",
    action: "BLOCK",
    reason: "r",
    expiresAt: "2000-01-01T00:00:00Z",
  };
  await rules.POST(request("POST", { body }));
  const call = (authorization: string) =>
    cleanup(new Request("https://qui.example/api/cron/cleanup", { headers: { authorization } }));
  expect((await call("Bearer wrong")).status).toBe(401);
  expect(await (await call("Bearer a-schedulers-secret")).json()).toEqual({ status: "done", accessRules: 1 });
  expect(await (await call("Bearer a-schedulers-secret")).json()).toEqual({ status: "done", accessRules: 0 });
});

it("never runs a scheduled job twice at once", async () => {
  const { withCron } = await import("#lib/server/http/with-cron.ts");
  const gate = Promise.withResolvers<void>();
  let runs = 0;
  const job = withCron("test", async () => {
    runs += 1;
    await gate.promise;
    return {};
  });
  const call = () =>
    job(new Request("https://qui.example/", { headers: { authorization: "Bearer a-schedulers-secret" } }));
  const first = call();
  await expect.poll(() => runs).toBe(1);
  expect(await (await call()).json()).toEqual({ status: "running" });
  gate.resolve();
  expect(await (await first).json()).toEqual({ status: "done" });
  expect(await (await call()).json()).toEqual({ status: "done" });
});
