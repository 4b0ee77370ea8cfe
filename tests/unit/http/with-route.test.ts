import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { AppError } from "#lib/core/errors/app-error.ts";
import { getRegistry } from "#lib/node/metrics/registry.ts";
import { errorResponseSchema } from "#lib/protocol/errors.ts";
import { setHttpServices } from "#lib/server/http/services.ts";
import { withRoute } from "#lib/server/http/with-route.ts";
import { useHttpServices } from "../../fixtures/http-services.ts";

const ORIGIN = "https://qui.example";
const TOKEN = "a-token-of-enough-length";

let pipeline: ReturnType<typeof useHttpServices>;
beforeEach(() => {
  pipeline = useHttpServices({ env: { QUI_ADMIN_TOKEN: TOKEN } });
});
afterEach(() => setHttpServices(undefined));

function get(path = "/api/thing", headers: Record<string, string> = {}): Request {
  return new Request(`${ORIGIN}${path}`, { headers });
}

function post(body: unknown, headers: Record<string, string> = {}): Request {
  return new Request(`${ORIGIN}/api/thing`, {
    method: "POST",
    body: typeof body === "string" ? body : JSON.stringify(body),
    headers: { "content-type": "application/json", host: "qui.example", ...headers },
  });
}

async function errorOf(response: Response) {
  return errorResponseSchema.parse(await response.json()).error;
}

const open = { name: "thing.get", auth: "public", limit: "api" } as const;

describe("request id", () => {
  const route = withRoute(open, ({ requestId }) => new Response(requestId));

  it("comes in, reaches the handler and leaves", async () => {
    const response = await route(get("/api/thing", { "x-request-id": "from-the-edge-1" }));
    expect(response.headers.get("x-request-id")).toBe("from-the-edge-1");
    expect(await response.text()).toBe("from-the-edge-1");
  });

  it("is fresh for each request that brings none, and stands in errors", async () => {
    const failing = withRoute(open, () => {
      throw new AppError("origin_not_found");
    });
    const first = await failing(get());
    const second = await failing(get());
    expect((await errorOf(first)).requestId).toBe(first.headers.get("x-request-id"));
    expect(first.headers.get("x-request-id")).not.toBe(second.headers.get("x-request-id"));
  });
});

describe("rate limit", () => {
  const route = withRoute(open, () => new Response("ok"));

  it("admits the burst, refuses the next with 429 and says when to come back", async () => {
    const statuses: number[] = [];
    for (let sent = 0; sent < 30; sent++) statuses.push((await route(get())).status);
    expect(new Set(statuses)).toEqual(new Set([200]));
    const refused = await route(get());
    expect(refused.status).toBe(429);
    expect(refused.headers.get("retry-after")).toBe("1");
    expect(refused.headers.get("ratelimit-policy")).toBe('"api";q=30;w=6');
    expect(refused.headers.get("ratelimit")).toBe('"api";r=0;t=1');
    expect((await errorOf(refused)).code).toBe("rate_limited");
  });

  it("admits again after the time it told, and 5 requests in each second", async () => {
    for (let sent = 0; sent < 31; sent++) await route(get());
    pipeline.advance(1000);
    const statuses: number[] = [];
    for (let sent = 0; sent < 6; sent++) statuses.push((await route(get())).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
  });

  it("tells what is left on admitted requests", async () => {
    const response = await route(get());
    expect(response.headers.get("ratelimit")).toBe('"api";r=29;t=1');
  });

  it("lets a handler charge a costlier limit, which refuses with that limit's name", async () => {
    const costly = withRoute({ ...open, limit: "media" }, async ({ charge }) => {
      await charge("search", 10);
      return new Response("ok");
    });
    expect((await costly(get())).status).toBe(200);
    const refused = await costly(get());
    expect(refused.status).toBe(429);
    expect(refused.headers.get("ratelimit-policy")).toBe('"search";q=10;w=20');
    expect(refused.headers.get("retry-after")).toBe("20");
  });

  it("counts refusals by limit", async () => {
    const count = async () => {
      const metric = await getRegistry().getSingleMetric("qui_rate_limit_refusals_total")?.get();
      return metric?.values.find(({ labels }) => labels.limit === "api")?.value ?? 0;
    };
    const before = await count();
    for (let sent = 0; sent < 33; sent++) await route(get());
    expect((await count()) - before).toBe(3);
  });
});

describe("validation", () => {
  const query = z.object({ n: z.coerce.number().int().max(9), word: z.string().default("none") });
  const route = withRoute({ ...open, query }, ({ query }) => Response.json(query));

  it("hands the parsed query to the handler", async () => {
    expect(await (await route(get("/api/thing?n=7"))).json()).toEqual({ n: 7, word: "none" });
  });

  it("names the wrong field, never its value", async () => {
    const response = await route(get("/api/thing?n=secret-value"));
    expect(response.status).toBe(400);
    const { code, message } = await errorOf(response);
    expect(code).toBe("bad_request");
    expect(message).toMatch(/^That request was not understood\. n: /);
    expect(message).not.toContain("secret-value");
  });

  it("refuses a parameter given twice where one is meant", async () => {
    expect((await route(get("/api/thing?n=1&word=a&word=b"))).status).toBe(400);
  });

  it("cannot be led to set a prototype by a parameter's name", async () => {
    const response = await route(get("/api/thing?n=1&__proto__=x&constructor=y"));
    expect(await response.json()).toEqual({ n: 1, word: "none" });
  });

  it("checks dynamic segments", async () => {
    const params = z.object({ id: z.uuid() });
    const one = withRoute({ ...open, params }, ({ params }) => new Response(params.id));
    const id = "0190a8c0-0000-7000-8000-000000000000";
    expect(await (await one(get(), { params: Promise.resolve({ id }) })).text()).toBe(id);
    expect((await one(get(), { params: Promise.resolve({ id: "../x" }) })).status).toBe(400);
  });

  describe("of bodies", () => {
    const body = z.object({ title: z.string() });
    const create = withRoute({ ...open, body, bodyBytesMax: 100 }, ({ body }) => new Response(body.title));

    it("hands the parsed body to the handler", async () => {
      expect(await (await create(post({ title: "A panel" }))).text()).toBe("A panel");
    });

    it.each([
      [
        "another type",
        post("title=x", { "content-type": "application/x-www-form-urlencoded" }),
        415,
        "unsupported_body",
      ],
      ["broken JSON", post("{"), 400, "bad_request"],
      ["the wrong shape", post({ title: 1 }), 400, "bad_request"],
      ["nothing", post(""), 400, "bad_request"],
      ["a declared length over the limit", post({ title: "x".repeat(200) }), 413, "body_too_large"],
    ])("refuses %s", async (_, request, status, code) => {
      const response = await create(request);
      expect([response.status, (await errorOf(response)).code]).toEqual([status, code]);
    });

    it("stops reading at the limit when no length is declared", async () => {
      let pulled = 0;
      const endless = new ReadableStream({
        pull(controller) {
          pulled += 1;
          controller.enqueue(new Uint8Array(64));
        },
      });
      const request = new Request(`${ORIGIN}/api/thing`, {
        method: "POST",
        body: endless,
        duplex: "half",
        headers: { "content-type": "application/json" },
      } as RequestInit);
      expect((await create(request)).status).toBe(413);
      expect(pulled).toBeLessThan(10);
    });
  });
});

describe("session", () => {
  const route = withRoute({ ...open, auth: { kind: "bearer", token: "QUI_ADMIN_TOKEN" } }, ({ principal }) =>
    Response.json(principal),
  );

  it("admits the right token", async () => {
    const response = await route(get("/api/thing", { authorization: `Bearer ${TOKEN}` }));
    expect(await response.json()).toEqual({ kind: "token", token: "QUI_ADMIN_TOKEN" });
  });

  it.each([
    {},
    { authorization: "Bearer wrong" },
    { authorization: `Basic ${TOKEN}` },
    { authorization: `Bearer ${TOKEN}x` },
  ])("answers 401 to %j", async (headers) => {
    const response = await route(get("/api/thing", headers as Record<string, string>));
    expect(response.status).toBe(401);
    expect(response.headers.get("www-authenticate")).toBe('Bearer realm="qui"');
  });

  it("answers 403 and says what to set while the server has no token", async () => {
    useHttpServices();
    const response = await route(get("/api/thing", { authorization: "Bearer anything" }));
    expect(response.status).toBe(403);
    expect((await errorOf(response)).message).toContain("QUI_ADMIN_TOKEN");
  });

  it("does not take a client for this machine because it says so", async () => {
    useHttpServices();
    const metrics = withRoute(
      { ...open, auth: { kind: "loopback-or-bearer", token: "METRICS_TOKEN" } },
      () => new Response(),
    );
    const spoofed = {
      host: "localhost",
      "x-forwarded-for": "127.0.0.1",
      "x-real-ip": "127.0.0.1",
      "x-qui-door": "x;127.0.0.1;l;",
    };
    expect((await metrics(get("/api/metrics", spoofed))).status).toBe(403);
  });
});

describe("policy", () => {
  const route = withRoute({ ...open, body: z.object({}) }, () => new Response("changed"));

  it("refuses a change that another site's page asks for", async () => {
    const response = await route(
      post({}, { origin: "https://evil.example", "sec-fetch-site": "cross-site" }),
    );
    expect(response.status).toBe(403);
    expect((await errorOf(response)).code).toBe("forbidden");
  });

  it("lets our own pages and programs change things", async () => {
    expect((await route(post({}, { origin: ORIGIN, "sec-fetch-site": "same-origin" }))).status).toBe(200);
    expect((await route(post({}))).status).toBe(200);
  });
});

describe("the order of the steps", () => {
  const body = z.object({ title: z.string() });
  const route = withRoute(
    { ...open, body, auth: { kind: "bearer", token: "QUI_ADMIN_TOKEN" } },
    () => new Response(),
  );
  const exhaust = async () => {
    for (let sent = 0; sent < 40; sent++) await route(post({}));
  };

  it("limits before it validates", async () => {
    await exhaust();
    expect((await route(post("{"))).status).toBe(429);
  });

  it("validates before it asks who calls", async () => {
    expect((await route(post({ title: 1 }))).status).toBe(400);
  });

  it("asks who calls before it looks at where from", async () => {
    const evil = { origin: "https://evil.example" };
    expect((await route(post({ title: "x" }, evil))).status).toBe(401);
  });
});

describe("errors", () => {
  it("leave with their code's status and sentence", async () => {
    const route = withRoute(open, () => {
      throw new AppError("origin_not_found", { detail: "https://private.example/page" });
    });
    const response = await route(get());
    expect(response.status).toBe(404);
    const body = await response.text();
    expect(JSON.parse(body).error.code).toBe("origin_not_found");
    expect(body).not.toContain("private.example");
    expect(response.headers.get("cache-control")).toBe("no-store");
  });

  it("become a generic 500 when they are unknown, without a word of the original", async () => {
    const route = withRoute(open, () => {
      throw new TypeError("select * from accounts where password = 'x'");
    });
    const response = await route(get());
    const text = await response.text();
    expect(response.status).toBe(500);
    expect(JSON.parse(text).error.code).toBe("internal");
    expect(text).not.toMatch(/select|password|TypeError|at /);
  });

  it("pass the framework's own signals on", async () => {
    const { notFound, redirect } = await import("next/navigation");
    await expect(withRoute(open, () => notFound())(get())).rejects.toThrow("NEXT_HTTP_ERROR_FALLBACK;404");
    await expect(withRoute(open, () => redirect("/x"))(get())).rejects.toThrow("NEXT_REDIRECT");
  });

  it("are not made of a client that went away", async () => {
    const controller = new AbortController();
    const route = withRoute(open, async ({ signal }) => {
      controller.abort();
      signal.throwIfAborted();
      return new Response();
    });
    const response = await route(new Request(`${ORIGIN}/api/thing`, { signal: controller.signal }));
    expect(response.status).toBe(499);
  });
});

describe("response", () => {
  it("is never cached unless the spec or the handler says so", async () => {
    const plain = withRoute(open, () => new Response());
    const spec = withRoute({ ...open, cache: { control: "public, max-age=60" } }, () => new Response());
    const own = withRoute(
      open,
      () => new Response(null, { headers: { "cache-control": "private, max-age=5" } }),
    );
    const cacheControl = async (route: typeof plain) => (await route(get())).headers.get("cache-control");
    expect(await cacheControl(plain)).toBe("no-store");
    expect(await cacheControl(spec)).toBe("public, max-age=60");
    expect(await cacheControl(own)).toBe("private, max-age=5");
  });

  it("gets its headers even when the handler's are frozen", async () => {
    const route = withRoute(open, () => Response.redirect("https://qui.example/elsewhere", 307));
    const response = await route(get("/api/thing", { "x-request-id": "frozen-headers" }));
    expect(response.status).toBe(307);
    expect(response.headers.get("location")).toBe("https://qui.example/elsewhere");
    expect(response.headers.get("x-request-id")).toBe("frozen-headers");
  });
});
