import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { installTrustedTypes } from "#lib/client/security/install-trusted-types.ts";

interface Rules {
  createScriptURL(url: string): string | null;
  createHTML(markup: string): string | null;
}

let created: [string, Rules][];

beforeEach(() => {
  created = [];
  const factory = {
    defaultPolicy: null as unknown,
    createPolicy(name: string, rules: Rules) {
      created.push([name, rules]);
      factory.defaultPolicy = rules;
    },
  };
  vi.stubGlobal("trustedTypes", factory);
  vi.stubGlobal("location", new URL("https://qui.example/space"));
});
afterEach(() => {
  vi.unstubAllGlobals();
});

function policy(): Rules {
  installTrustedTypes();
  const rules = created[0]?.[1];
  if (!rules) throw new Error("no policy was made");
  return rules;
}

it("lets scripts and workers of our own origin load", () => {
  const { createScriptURL } = policy();
  for (const url of ["/_next/static/chunks/a.js", "https://qui.example/sw.js", "sw.js?v=2"]) {
    expect(createScriptURL(url)).toBe(url);
  }
});

it("lets no other script load", () => {
  const { createScriptURL } = policy();
  for (const url of [
    "https://evil.example/x.js",
    "//evil.example/x.js",
    "http://qui.example/x.js",
    "data:text/javascript,1",
    "blob:https://qui.example/0190",
    "javascript:1",
  ]) {
    expect(createScriptURL(url), url).toBeNull();
  }
});

it("lets text become the text of a style element, and no markup anywhere", () => {
  const { createHTML } = policy();
  expect(createHTML(".a > .b { color: red }")).toBe(".a > .b { color: red }");
  expect(createHTML("<script></script>")).toBe("<script></script>");
  for (const markup of [
    "<b>x</b>",
    "<img src=x onerror=1>",
    "<script>1</script>",
    "<",
    " <script></script>",
  ]) {
    expect(createHTML(markup), markup).toBeNull();
  }
});

it("makes the policy once, and none in browsers that do not know them", () => {
  installTrustedTypes();
  installTrustedTypes();
  expect(created.map(([name]) => name)).toEqual(["default"]);
  vi.stubGlobal("trustedTypes", undefined);
  expect(installTrustedTypes).not.toThrow();
});
