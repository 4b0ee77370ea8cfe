import { unstable_doesMiddlewareMatch as doesProxyMatch } from "next/experimental/testing/server";
import { NextRequest } from "next/server";
import { afterEach, describe, expect, it } from "vitest";
import { guardDocument } from "#lib/server/http/guard-document.ts";
import { setHttpServices } from "#lib/server/http/services.ts";
import { withRoute } from "#lib/server/http/with-route.ts";
import { config } from "../../../proxy.ts";
import { useHttpServices } from "../../fixtures/http-services.ts";

afterEach(() => setHttpServices(undefined));

const browser = { accept: "text/html,application/xhtml+xml" };

function visit(path: string, headers: Record<string, string> = browser): Promise<Response> {
  return guardDocument(new NextRequest(`https://qui.example${path}`, { headers }));
}

/** What the page behind the proxy will find among its request's headers. */
function forwarded(response: Response, name: string): string | null {
  return response.headers.get(`x-middleware-request-${name}`);
}

describe("a document", () => {
  it("gets a nonce of its own, the same in the policy that leaves and in what the page reads", async () => {
    useHttpServices();
    const [first, second] = [await visit("/"), await visit("/")];
    const nonce = forwarded(first, "x-nonce");
    expect(nonce).toMatch(/^[A-Za-z0-9+/]{22}==$/);
    expect(first.headers.get("content-security-policy")).toContain(`'nonce-${nonce}'`);
    expect(forwarded(first, "content-security-policy")).toBe(first.headers.get("content-security-policy"));
    expect(forwarded(second, "x-nonce")).not.toBe(nonce);
  });

  it("cannot be given a nonce by the client", async () => {
    useHttpServices();
    const response = await visit("/", {
      ...browser,
      "x-nonce": "chosen",
      "content-security-policy": "script-src *",
    });
    expect(forwarded(response, "x-nonce")).not.toBe("chosen");
    expect(forwarded(response, "content-security-policy")).not.toContain("*");
  });

  it("carries its request's id in and out", async () => {
    useHttpServices();
    const response = await visit("/", { ...browser, "x-request-id": "edge-1234" });
    expect(response.headers.get("x-request-id")).toBe("edge-1234");
    expect(forwarded(response, "x-request-id")).toBe("edge-1234");
  });

  it("has a limit of its own, and says so to a person in a page without scripts", async () => {
    useHttpServices();
    for (let visits = 0; visits < 60; visits++) expect((await visit("/")).status).toBe(200);
    const refused = await visit("/");
    const page = await refused.text();
    const nonce = /<style nonce="([^"]+)">/.exec(page)?.[1];
    expect(refused.status).toBe(429);
    expect(refused.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(refused.headers.get("retry-after")).toBe("1");
    expect(refused.headers.get("content-security-policy")).toContain(`'nonce-${nonce}'`);
    expect(page).toContain("<h1>One moment</h1>");
    expect(page).toContain(refused.headers.get("x-request-id"));
    expect(page).not.toContain("<script");
  });

  it("is refused in JSON to whoever does not read HTML", async () => {
    const { services } = useHttpServices();
    services.guard.check = async () => ({ kind: "blocked", retryAfterMs: 60_000 });
    const refused = await visit("/", { accept: "*/*" });
    expect([refused.status, (await refused.json()).error.code]).toEqual([403, "client_blocked"]);
  });
});

it("says on a server that is not set up what to set, to people and to programs", async () => {
  const missing = [{ variable: "DATABASE_URL", why: "Qui keeps its data in PostgreSQL." }];
  useHttpServices({ missing });
  const page = await visit("/");
  expect(page.status).toBe(503);
  expect(await page.text()).toContain("<li>DATABASE_URL: Qui keeps its data in PostgreSQL.</li>");
  const spec = { name: "thing.get", auth: "public", limit: "api" } as const;
  const request = () => new Request("https://qui.example/api/thing");
  const refused = await withRoute(spec, () => new Response())(request());
  expect(refused.status).toBe(503);
  expect((await refused.json()).error).toMatchObject({
    code: "not_configured",
    message: "This server is not set up yet. Missing: DATABASE_URL.",
  });
  expect(
    (await withRoute({ ...spec, worksWithoutSetup: true }, () => new Response())(request())).status,
  ).toBe(200);
});

it("gives a script file the policy a worker needs, and no nonce", async () => {
  useHttpServices();
  const response = await visit("/sw.js");
  expect(response.headers.get("content-security-policy")).toContain("script-src 'self'");
  expect(response.headers.get("content-security-policy")).not.toContain("nonce");
});

it("answers probes without rendering anything", async () => {
  useHttpServices();
  const response = await visit("/wp-login.php");
  expect(response.status).toBe(404);
  expect(response.headers.get("x-middleware-next")).toBeNull();
});

it("lets a page full of icons load", async () => {
  useHttpServices();
  for (let file = 0; file < 500; file++) expect((await visit(`/icons/${file}.png`)).status).toBe(200);
});

it.each([
  ["/", true],
  ["/space", true],
  ["/sw.js", true],
  ["/manifest.webmanifest", true],
  ["/.env", true],
  ["/wp-admin/setup.php", true],
  ["/apis", true],
  ["/api/pages", false],
  ["/api/health/live", false],
  ["/_next/static/chunks/a.js", false],
])("the proxy runs for %s: %s", (url, runs) => {
  expect(doesProxyMatch({ config, nextConfig: {}, url })).toBe(runs);
});
