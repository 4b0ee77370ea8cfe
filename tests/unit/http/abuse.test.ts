import { describe, expect, it } from "vitest";
import { compileAccessRules, judge, normalizePattern } from "#lib/core/abuse/access-rules.ts";
import { classifyTarget } from "#lib/core/abuse/classify-target.ts";
import {
  BLOCK_DURATIONS_MS,
  BLOCK_THRESHOLD,
  blockFor,
  crossesThreshold,
  STRIKE_WEIGHTS,
} from "#lib/core/abuse/escalation.ts";
import { compileGlob, matchesGlob } from "#lib/core/abuse/glob.ts";

describe("classifyTarget", () => {
  it.each([
    "/.env",
    "/.env.production",
    "/.git/config",
    "/app/.aws/credentials",
    "/.DS_Store",
    "/wp-login.php",
    "/blog/wp-admin/",
    "/WP-Content/plugins/x",
    "/xmlrpc.php",
    "/index.php?x=1",
    "/cgi-bin/luci",
    "/phpmyadmin/",
    "/vendor/phpunit/phpunit/src/Util/PHP/eval-stdin.php",
    "/actuator/health",
    "/_ignition/execute-solution",
    "/owa/auth/logon.aspx",
    "/backup.sql.gz",
    "/server.key",
    "/id_rsa",
    "/%2eenv",
    "/%252eenv",
    "/api/.env",
  ])("takes %s for a scanner", (target) => {
    expect(classifyTarget("GET", target)).toBe("scanner");
  });

  it.each([
    "/../etc/passwd",
    "/static/../../etc/passwd",
    "/..%2f..%2fetc/passwd",
    "/%2e%2e/%2e%2e/etc/passwd",
    "/%252e%252e%252fetc",
    "/%25252e%25252e/etc",
    "/..%5c..%5cwindows/win.ini",
    "/..\\..\\windows",
    "/%c0%ae%c0%ae/%c0%afetc",
    "/..;/manager/html",
    "/a/..",
    "/file%00.html",
  ])("takes %s for a traversal", (target) => {
    expect(classifyTarget("GET", target)).toBe("traversal");
  });

  it.each([
    ["TRACE", "/"],
    ["PROPFIND", "/"],
    ["DEBUG", "/"],
    ["GET", "http://other.example/"],
    ["POST", "*"],
    ["GET", ""],
  ])("takes %s %s for odd", (method, target) => {
    expect(classifyTarget(method, target)).toBe("odd");
  });

  it.each([
    "/",
    "/space",
    "/sapce",
    "/an/old/link.html",
    "/favicon.ico",
    "/apple-touch-icon-precomposed.png",
    "/robots.txt",
    "/.well-known/security.txt",
    "/.well-known/assetlinks.json",
    "/a..b/c",
    "/...",
    "/%E4%BD%A0%E5%A5%BD",
    "/100%25",
    "/%zz",
    "/environment",
    "/_next/static/chunks/app.js",
    "/api/pages?url=https://blog.example/wp-login.php",
    "/api/pages?url=https://x.example/../../.env",
    "/space?url=https%3A%2F%2Fx.example%2Fphpmyadmin%2F",
    "/api/media?id=..%2f..%2f",
  ])("lets %s pass", (target) => {
    expect(classifyTarget("GET", target)).toBeNull();
  });

  it("lets every ordinary method and OPTIONS * pass", () => {
    for (const method of ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]) {
      expect(classifyTarget(method, "/")).toBeNull();
    }
    expect(classifyTarget("OPTIONS", "*")).toBeNull();
  });

  it("reads a long hostile path in a bounded number of steps", () => {
    const path = `/${"%25".repeat(50_000)}2e%2e/`;
    expect(() => classifyTarget("GET", path)).not.toThrow();
  });
});

describe("escalation", () => {
  it("is never reached by one probe, nor by two", () => {
    expect(2 * STRIKE_WEIGHTS.scanner).toBeLessThan(BLOCK_THRESHOLD);
    expect(3 * STRIKE_WEIGHTS.scanner).toBeGreaterThanOrEqual(BLOCK_THRESHOLD);
  });

  it("needs more than a hundred refusals for speed", () => {
    expect(100 * STRIKE_WEIGHTS.rateLimited).toBeLessThan(BLOCK_THRESHOLD);
  });

  it("has no weight for an ordinary 404", () => {
    expect(Object.keys(STRIKE_WEIGHTS)).toEqual([
      "scanner",
      "traversal",
      "odd",
      "rule",
      "unauthorized",
      "rateLimited",
    ]);
  });

  it("is raised by exactly one of many strikes that arrive at once", () => {
    const weight = STRIKE_WEIGHTS.scanner;
    const scores = Array.from({ length: 50 }, (_, index) => (index + 1) * weight);
    expect(scores.filter((scoreAfter) => crossesThreshold({ scoreAfter, weight }))).toHaveLength(1);
  });

  it("blocks longer each time, up to a day", () => {
    const durations = [0, 1, 2, 3, 4, 5, 50].map((level) => blockFor(level).durationMs);
    expect(durations).toEqual([60_000, 300_000, 1_800_000, 14_400_000, 86_400_000, 86_400_000, 86_400_000]);
    expect([...BLOCK_DURATIONS_MS].sort((a, b) => a - b)).toEqual([...BLOCK_DURATIONS_MS]);
    expect(blockFor(0).level).toBe(1);
    expect(blockFor(7).level).toBe(8);
  });
});

describe("access rules", () => {
  const nowMs = Date.UTC(2026, 0, 1);
  const line = { expiresAt: null, action: "BLOCK" } as const;
  const ask = (rules: Parameters<typeof compileAccessRules>[0], path: string, clientKey = "192.0.2.7") =>
    judge(compileAccessRules(rules), { clientKey, path, nowMs });

  it("match a client by its key", () => {
    const rules = [{ ...line, kind: "CLIENT", pattern: "2001:db8:1:2::/64" } as const];
    expect(ask(rules, "/", "2001:db8:1:2::/64").client).toBe("block");
    expect(ask(rules, "/", "2001:db8:1:3::/64").client).toBeNull();
  });

  it("match a path by a glob: one star within a segment, two across", () => {
    const star = [{ ...line, kind: "PATH_PATTERN", pattern: "/old/*" } as const];
    const stars = [{ ...line, kind: "PATH_PATTERN", pattern: "/old/**" } as const];
    expect(ask(star, "/old/a").path).toBe("block");
    expect(ask(star, "/OLD/a").path).toBe("block");
    expect(ask(star, "/old/a/b").path).toBeNull();
    expect(ask(stars, "/old/a/b").path).toBe("block");
    expect(ask(stars, "/older").path).toBeNull();
  });

  it("take every other character literally", () => {
    const rules = [{ ...line, kind: "PATH_PATTERN", pattern: "/a.b+(c)[d]" } as const];
    expect(ask(rules, "/a.b+(c)[d]").path).toBe("block");
    expect(ask(rules, "/aXb+(c)[d]").path).toBeNull();
  });

  it("let an exception win over a block", () => {
    const rules = [
      { ...line, kind: "PATH_PATTERN", pattern: "/**" },
      { ...line, kind: "PATH_PATTERN", pattern: "/feed.php", action: "ALLOW" },
    ] as const;
    expect(ask(rules, "/feed.php").path).toBe("allow");
    expect(ask(rules, "/other.php").path).toBe("block");
  });

  it("match any number of wildcards in a bounded time, against paths made for it", () => {
    const rules = [{ ...line, kind: "PATH_PATTERN", pattern: `/${"**a*".repeat(60)}b` } as const];
    expect(ask(rules, `/${"a".repeat(2000)}`).path).toBeNull();
    expect(ask(rules, `/${"a".repeat(2000)}b`).path).toBe("block");
  });

  it.each([
    ["/a/**/z", "/a/b/c/z", true],
    ["/a/**/z", "/a/z", false],
    ["/a**z", "/az", true],
    ["/a/*/z", "/a/b/z", true],
    ["/a/*/z", "/a/b/c/z", false],
    ["/**/*.bak", "/x/y/z.bak", true],
    ["/**/*.bak", "/x/y/z.bak/more", false],
    ["/*", "/", true],
    ["/*", "/a/", false],
    ["/**b*d/e", "/xb/bcd/e", true],
    ["/", "/", true],
    ["/a", "/ab", false],
  ])("%s beside %s: %s", (pattern, path, matches) => {
    expect(matchesGlob(compileGlob(pattern), path)).toBe(matches);
  });

  it("are stored in the one spelling they are compared in", () => {
    const stored = (kind: "CLIENT" | "PATH_PATTERN", pattern: string) => {
      const outcome = normalizePattern(kind, pattern);
      return outcome.ok ? outcome.pattern : null;
    };
    expect(stored("CLIENT", "::ffff:192.0.2.7")).toBe("192.0.2.7");
    expect(stored("CLIENT", "2001:DB8:1:2::99")).toBe("2001:db8:1:2::/64");
    expect(stored("CLIENT", "2001:db8:1:2::/64")).toBe("2001:db8:1:2::/64");
    expect(stored("CLIENT", "10.0.0.0/8")).toBeNull();
    expect(stored("CLIENT", "everyone")).toBeNull();
    expect(stored("PATH_PATTERN", "/a/**")).toBe("/a/**");
    expect(stored("PATH_PATTERN", "a/**")).toBeNull();
  });

  it("say nothing once they have expired", () => {
    const past = new Date(nowMs - 1);
    const rules = [
      { ...line, kind: "CLIENT", pattern: "192.0.2.7", expiresAt: past },
      { ...line, kind: "PATH_PATTERN", pattern: "/**", expiresAt: past },
    ] as const;
    expect(ask(rules, "/x")).toEqual({ client: null, path: null });
  });
});
