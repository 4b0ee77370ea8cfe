import { describe, expect, it } from "vitest";
import {
  documentPolicy,
  resourcePolicy,
  scriptPolicy,
} from "#lib/core/security-headers/content-security-policy.ts";
import { nextHeaderRules } from "#lib/core/security-headers/next-headers.ts";
import { answerKindOf, SECURITY_HEADERS } from "#lib/core/security-headers/security-headers.ts";

function directive(policy: string, name: string): string[] | undefined {
  return policy
    .split("; ")
    .map((part) => part.split(" "))
    .find(([first]) => first === name)
    ?.slice(1);
}

describe("the policy of documents", () => {
  const policy = documentPolicy({ nonce: "bm9uY2U=" });

  it("runs only scripts that carry the nonce, and what those load", () => {
    expect(directive(policy, "script-src")).toEqual([
      "'self'",
      "'nonce-bm9uY2U='",
      "'strict-dynamic'",
      "'wasm-unsafe-eval'",
    ]);
    expect(directive(policy, "script-src-elem")).toBeUndefined();
    expect(directive(policy, "script-src-attr")).toBeUndefined();
  });

  it("allows no inline or evaluated script, and inline style only as an attribute", () => {
    // Compiling WebAssembly is another matter: it reaches nothing a script cannot.
    expect(policy.replace("'wasm-unsafe-eval'", "")).not.toContain("unsafe-eval");
    expect(policy.split("; ").filter((part) => part.includes("unsafe-inline"))).toEqual([
      "style-src-attr 'unsafe-inline'",
    ]);
  });

  it("starts from nothing and loads everything from our own origin", () => {
    expect(directive(policy, "default-src")).toEqual(["'none'"]);
    for (const name of ["font-src", "worker-src", "manifest-src", "form-action"]) {
      expect(directive(policy, name)).toEqual(["'self'"]);
    }
    expect(policy).not.toMatch(/https?:|\*/);
  });

  it("cannot be framed, rebased or made to embed plug-ins", () => {
    for (const name of ["frame-ancestors", "base-uri", "object-src"]) {
      expect(directive(policy, name)).toEqual(["'none'"]);
    }
  });

  it("requires trusted types, with the two policies that exist", () => {
    expect(directive(policy, "require-trusted-types-for")).toEqual(["'script'"]);
    expect(directive(policy, "trusted-types")).toEqual(["default", "nextjs"]);
  });

  it("adds the origins it is told scripts may talk to", () => {
    const withLive = documentPolicy({ nonce: "x", connectOrigins: ["wss://live.example"] });
    expect(directive(withLive, "connect-src")).toEqual(["'self'", "data:", "blob:", "wss://live.example"]);
  });

  it("is loosened in development only, for the tools there", () => {
    const development = documentPolicy({ nonce: "x", development: true });
    expect(directive(development, "script-src")).toContain("'unsafe-eval'");
    expect(directive(development, "script-src")).not.toContain("'unsafe-inline'");
    expect(directive(development, "require-trusted-types-for")).toBeUndefined();
  });
});

it("lets a worker import and fetch from our origin only", () => {
  expect(directive(scriptPolicy(), "script-src")).toEqual(["'self'"]);
  expect(directive(scriptPolicy(), "default-src")).toEqual(["'self'", "data:", "blob:"]);
});

it("sandboxes data and media that are opened on their own", () => {
  expect(directive(resourcePolicy(), "default-src")).toEqual(["'none'"]);
  expect(directive(resourcePolicy(), "sandbox")).toEqual([]);
});

it("grants gamepads, the microphone and the headset's tracking to our origin, and no power to anyone else", () => {
  const granted = SECURITY_HEADERS["Permissions-Policy"].split(", ").filter((part) => !part.endsWith("=()"));
  expect(granted).toEqual(["gamepad=(self)", "microphone=(self)", "xr-spatial-tracking=(self)"]);
  expect(SECURITY_HEADERS["Permissions-Policy"]).toContain("camera=()");
  expect(SECURITY_HEADERS["Permissions-Policy"]).toContain("geolocation=()");
});

it("puts the same headers on every path, and a policy on what does not pass the proxy", () => {
  const rules = nextHeaderRules();
  expect(rules[0]?.source).toBe("/:path*");
  expect(rules[0]?.headers.map(({ key }) => key)).toEqual(Object.keys(SECURITY_HEADERS));
  expect(rules.slice(1).map(({ source }) => source)).toEqual(["/api/:path*", "/_next/static/:path*"]);
});

it.each([
  ["/", "document"],
  ["/space", "document"],
  ["/old.html", "document"],
  ["/v1.2/guide", "document"],
  ["/sw.js", "script"],
  ["/serwist/sw.js", "script"],
  ["/icons/192.png", "file"],
  ["/manifest.webmanifest", "file"],
] as const)("takes %s for a %s", (path, kind) => {
  expect(answerKindOf(path)).toBe(kind);
});
