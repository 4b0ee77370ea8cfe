import { describe, expect, it } from "vitest";
import { parseBearer } from "#lib/core/http/bearer.ts";
import { isLoopbackHost } from "#lib/core/http/loopback-host.ts";
import { plainPage } from "#lib/core/http/plain-page.ts";
import { chooseRequestId } from "#lib/core/http/request-id.ts";
import { isSameOrigin } from "#lib/core/http/same-origin.ts";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe("chooseRequestId", () => {
  it("keeps an id of harmless characters", () => {
    expect(chooseRequestId("edge-7f3a.4_b")).toBe("edge-7f3a.4_b");
  });

  it.each([
    null,
    "",
    "short",
    `a${"b".repeat(64)}`,
    'quote"quote"',
    "line\nbreak",
    "späce-späce",
    "-leading-dash",
    "<script>alert",
  ])("replaces %j by a fresh one", (incoming) => {
    expect(chooseRequestId(incoming)).toMatch(UUID);
  });
});

describe("isSameOrigin", () => {
  const post = { method: "POST", origin: null, fetchSite: null, host: "qui.example" };

  it("lets reading through from anywhere", () => {
    expect(
      isSameOrigin({ ...post, method: "GET", origin: "https://evil.example", fetchSite: "cross-site" }),
    ).toBe(true);
  });

  it("lets our own pages change state, also where a proxy spells our host another way", () => {
    expect(isSameOrigin({ ...post, origin: "https://qui.example", fetchSite: "same-origin" })).toBe(true);
    expect(
      isSameOrigin({ ...post, origin: "https://qui.example", fetchSite: "same-origin", host: "app:3000" }),
    ).toBe(true);
    expect(isSameOrigin({ ...post, origin: "http://10.0.0.5:3000", host: "10.0.0.5:3000" })).toBe(true);
  });

  it("lets programs through, which send neither header", () => {
    expect(isSameOrigin(post)).toBe(true);
  });

  it.each([
    ["another site's form", { origin: "https://evil.example", fetchSite: "cross-site" }],
    ["another site without Sec-Fetch-Site", { origin: "https://evil.example" }],
    ["a neighbouring subdomain", { origin: "https://blog.qui.example", fetchSite: "same-site" }],
    ["another port of our host", { origin: "https://qui.example:8443" }],
    ["a sandboxed frame, whose origin is null", { origin: "null", fetchSite: "cross-site" }],
    ["an old browser's cross-site request without Origin", { fetchSite: "cross-site" }],
    ["our name as a user name", { origin: "https://qui.example@evil.example" }],
    ["a request without Host", { origin: "https://qui.example", host: null }],
  ])("refuses %s", (_, evidence) => {
    expect(isSameOrigin({ ...post, ...evidence })).toBe(false);
  });
});

describe("parseBearer", () => {
  it("reads the token whatever the scheme's case", () => {
    expect(parseBearer("Bearer abc.DEF-123~+/=")).toBe("abc.DEF-123~+/=");
    expect(parseBearer("bearer  abc")).toBe("abc");
  });

  it.each([
    null,
    undefined,
    "",
    "Basic abc",
    "Bearer",
    "Bearer a b",
    "Bearer a,b",
    `Bearer ${"a".repeat(5000)}`,
  ])("finds none in %j", (header) => {
    expect(parseBearer(header)).toBeNull();
  });
});

it("knows the names of this machine, and no look-alikes", () => {
  const own = [
    "localhost",
    "localhost:3000",
    "LOCALHOST",
    "127.0.0.1:80",
    "127.1.2.3",
    "[::1]:3000",
    "[::1]",
    "qui.localhost",
  ];
  const others = [
    null,
    "",
    "localhost.evil.example",
    "127.0.0.1.evil.example",
    "evil.example:127",
    "0.0.0.0",
    "::1x",
  ];
  expect(own.filter((host) => !isLoopbackHost(host))).toEqual([]);
  expect(others.filter((host) => isLoopbackHost(host))).toEqual([]);
});

it("shows a refusal's text as text, whatever is in it", () => {
  const page = plainPage({
    title: "<b>",
    paragraphs: ['"quoted" & <script>'],
    items: ["<i>"],
    requestId: "abc",
    nonce: "n0nce==",
  });
  expect(page).toContain("<h1>&lt;b&gt;</h1>");
  expect(page).toContain("<p>&quot;quoted&quot; &amp; &lt;script&gt;</p>");
  expect(page).toContain("<li>&lt;i&gt;</li>");
  expect(page).toContain('<style nonce="n0nce==">');
  expect(page).not.toContain("<script");
});
