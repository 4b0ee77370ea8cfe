import { describe, expect, test } from "vitest";
import { decideHost } from "#lib/core/egress/decide-host.ts";
import { decideUrl } from "#lib/core/egress/decide-url.ts";
import { createEgressPolicy } from "#lib/core/egress/egress-policy.ts";

const policy = createEgressPolicy({ ports: ["80", "443", "8080", "8443"], allow: [] });
const codeOf = (url: string) => {
  const decision = decideUrl(url, policy);
  return decision.ok ? decision.url : decision.code;
};

test("accepts public names and addresses and answers their canonical form", () => {
  expect(decideUrl("HTTPS://ExAmple.com./a b?q=ä#x", policy)).toEqual({
    ok: true,
    url: "https://example.com/a%20b?q=%C3%A4#x",
    protocol: "https:",
    host: "example.com",
    port: 443,
    literal: false,
    allowed: false,
  });
  expect(codeOf("http://bücher.example:8080")).toBe("http://xn--bcher-kva.example:8080/");
  expect(codeOf("http://134744072/")).toBe("http://8.8.8.8/");
  expect(codeOf("https://[2606:4700::1111]:8443/")).toBe("https://[2606:4700::1111]:8443/");
  expect(codeOf("http://some_thing.example.com/")).toBe("http://some_thing.example.com/");
});

describe("refuses loopback in every spelling", () => {
  test.each([
    "http://127.0.0.1/",
    "http://127.0.0.1./",
    "http://127.1/",
    "http://127.0.1/",
    "http://0177.0.0.1/",
    "http://0177.1/",
    "http://0x7f.0.0.1/",
    "http://0x7F000001/",
    "http://017700000001/",
    "http://00000000177.0.0.1/",
    "http://2130706433/",
    "http://2130706433./",
    "http://%31%32%37.0.0.1/",
    "http://127%2e0%2e0%2e1/",
    "http://①②⑦.⓪.⓪.①/",
    "http://１２７.０.０.１/",
    "http://𝟏𝟐𝟕.𝟎.𝟎.𝟏/",
    "http://127。0。0。1/",
    "http://127．0．0．1/",
    "http://127｡0｡0｡1/",
    "http://1\u00ad27.0.0.1/",
    "http://12\u200b7.0.0.1/",
    "http://12\t7.0.0.1/",
    "http:\\\\127.0.0.1\\",
    "http:127.0.0.1",
    "http:////127.0.0.1/",
    "http://127.0.0.1:80\\@example.com/",
    "http://127.0.0.1#@example.com/",
    "http://127.0.0.1?@example.com/",
    "http://[::1]/",
    "http://[0:0:0:0:0:0:0:1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[::127.0.0.1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[64:ff9b::127.0.0.1]/",
    "http://[64:ff9b:1::127.0.0.1]/",
    "http://[2002:7f00:1::]/",
    "http://[2001::80ff:fffe]/",
    "http://[2a00:1450::5efe:127.0.0.1]/",
    "http://0/",
    "http://0.0.0.0/",
    "http://[::]/",
    "http://localhost/",
    "http://LOCALHOST/",
    "http://localhost./",
    "http://localhost。/",
    "http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/",
    "http://ｌｏｃａｌｈｏｓｔ/",
    "http://%6cocalhost/",
    "http://a.localhost/",
    "http://a.localhost./",
  ])("%s", (url) => {
    expect(codeOf(url)).toBe("blocked_address");
  });
});

test.each([
  "http://169.254.169.254/latest/meta-data/",
  "http://2852039166/",
  "http://0xa9fea9fe/",
  "http://[fd00:ec2::254]/",
  "http://100.100.100.200/",
  "http://metadata.google.internal/",
  "http://metadata/",
  "http://printer.local/",
  "http://ｐｒｉｎｔｅｒ.ｌｏｃａｌ/",
  "http://router.lan/",
  "http://nas.home.arpa/",
  "http://db.corp./",
  "http://intranet/",
  "http://10.0.0.1/",
  "http://192.168.1.1:8080/",
  "http://172.31.255.255/",
  "http://255.255.255.255/",
  "http://224.0.0.1/",
  "http://[fe80::1]/",
  "http://[fc00::1]/",
  "http://[ff02::1]/",
])("refuses what is private or local by name: %s", (url) => {
  expect(codeOf(url)).toBe("blocked_address");
});

test.each([
  ["", "invalid_url"],
  ["example.com", "invalid_url"],
  ["http://", "invalid_url"],
  ["http://[::1%25eth0]/", "invalid_url"],
  ["http://[fe80::1%eth0]/", "invalid_url"],
  ["http://256.1.1.1/", "invalid_url"],
  ["http://1.2.3.4.5/", "invalid_url"],
  ["http://4294967296/", "invalid_url"],
  ["http://foo.0x7f/", "invalid_url"],
  ["http://127.0.0.1../", "invalid_url"],
  ["http://127.0.0.1%00.example.com/", "invalid_url"],
  ["http://example.com%2f@127.0.0.1.evil/", "credentials_in_url"],
  ["http://a..example.com/", "invalid_url"],
  ["http://.example.com/", "invalid_url"],
  ["http://a!b.example.com/", "invalid_url"],
  [`http://${"a".repeat(64)}.example.com/`, "invalid_url"],
  [`http://${"abcdefgh.".repeat(30)}example.com/`, "invalid_url"],
  [`http://example.com/${"a".repeat(9000)}`, "invalid_url"],
  ["http://example.com:99999/", "invalid_url"],
  ["ftp://example.com/", "unsupported_scheme"],
  ["file:///etc/passwd", "unsupported_scheme"],
  ["data:text/html,x", "unsupported_scheme"],
  ["javascript:alert(1)", "unsupported_scheme"],
  ["gopher://127.0.0.1:6379/_x", "unsupported_scheme"],
  ["blob:https://example.com/x", "unsupported_scheme"],
  ["ws://example.com/", "unsupported_scheme"],
  ["http://user@example.com/", "credentials_in_url"],
  ["http://user:pw@example.com/", "credentials_in_url"],
  ["http://:pw@example.com/", "credentials_in_url"],
  ["http://8.8.8.8@127.0.0.1/", "credentials_in_url"],
  ["http://example.com:22/", "blocked_port"],
  ["http://example.com:6379/", "blocked_port"],
  ["http://example.com:0/", "blocked_port"],
  ["https://127.0.0.1:5432/", "blocked_port"],
])("answers %s with %s", (url, code) => {
  expect(codeOf(url)).toBe(code);
});

describe("a policy of one's own", () => {
  const open = createEgressPolicy({
    ports: ["8000"],
    allow: ["LocalHost.:3001", "127.0.0.1:3002", "[::1]:3003", "wiki:80"],
  });
  const passes = (url: string) => decideUrl(url, open).ok;

  test("opens exactly the named pairs, in whatever spelling they are asked for", () => {
    expect(passes("http://localhost:3001/")).toBe(true);
    expect(passes("https://localhost.:3001/")).toBe(true);
    expect(passes("http://127.1:3002/")).toBe(true);
    expect(passes("http://[0::1]:3003/")).toBe(true);
    expect(passes("http://wiki/")).toBe(true);
  });

  test("keeps everything beside them closed", () => {
    expect(passes("http://localhost:8000/")).toBe(false);
    expect(passes("http://a.localhost:3001/")).toBe(false);
    expect(passes("http://127.0.0.2:3002/")).toBe(false);
    expect(passes("http://[::ffff:127.0.0.1]:3002/")).toBe(false);
    expect(passes("https://wiki/")).toBe(false);
    expect(passes("http://example.com/")).toBe(false);
    expect(passes("http://example.com:8000/")).toBe(true);
  });

  test.each([
    "localhost",
    "localhost:0",
    "localhost:70000",
    "http://a:80",
    "a/b:80",
    "*.corp:80",
    "u@h:80",
    "a b:80",
    "",
  ])("stops at the wrong allow entry %j", (entry) => {
    expect(() => createEgressPolicy({ ports: [], allow: [entry] })).toThrow("QUI_EGRESS_ALLOW");
  });

  test.each(["0", "65536", "http", "80-90", "-1", "8e1"])("stops at the wrong port %j", (entry) => {
    expect(() => createEgressPolicy({ ports: [entry], allow: [] })).toThrow("QUI_EGRESS_PORTS");
  });
});

test("a proxy that hands over an unparsed host gets no odd spelling through", () => {
  for (const hostname of [
    "127.1",
    "0x7f.1",
    "2130706433",
    "0177.0.0.1",
    "127.0.0.1.",
    "LOCALHOST",
    "::1",
    "[::1]",
    "a.b.7",
  ]) {
    expect([hostname, decideHost({ hostname, port: 443 }, policy).ok]).toEqual([hostname, false]);
  }
});
