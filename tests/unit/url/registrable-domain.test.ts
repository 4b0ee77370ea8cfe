import { parse } from "tldts";
import { describe, expect, test } from "vitest";
import { isSameSite, registrableDomain } from "#lib/core/url/registrable-domain.ts";
import { isTopLevelDomain } from "#lib/core/url/top-level-domains.ts";

describe("registrableDomain", () => {
  test.each([
    ["https://a.b.example.co.uk/x", "example.co.uk"],
    ["www.example.com", "example.com"],
    ["https://user.github.io/", "user.github.io"],
    ["http://127.0.0.1:3000/", "127.0.0.1"],
    ["http://[::1]:3000/", "[::1]"],
    ["http://localhost:3000/", "localhost"],
    ["http://Intranet/", "intranet"],
    ["https://пример.рф/", "xn--e1afmkfd.xn--p1ai"],
  ])("%s belongs to %s", (url, domain) => {
    expect(registrableDomain(url)).toBe(domain);
  });

  test("two people on one hosting service are two sites", () => {
    expect(isSameSite("https://a.github.io/", "https://b.github.io/")).toBe(false);
    expect(isSameSite("https://a.example.com/", "http://b.example.com:8080/")).toBe(true);
    expect(isSameSite("http://10.0.0.1/", "http://10.0.0.2/")).toBe(false);
  });
});

describe("isTopLevelDomain", () => {
  test("agrees with the public suffix list", () => {
    for (const label of ["com", "de", "io", "md", "museum", "xn--p1ai", "xn--fiqs8s", "za", "zip", "arpa"]) {
      expect(isTopLevelDomain(label), label).toBe(true);
    }
    for (const label of ["js", "html", "json", "local", "localhost", "internal", "example", "", "exe"]) {
      expect(isTopLevelDomain(label), label).toBe(false);
    }
    // Every two-letter label either is a country on both sides or on neither.
    for (let a = 97; a < 123; a++) {
      for (let b = 97; b < 123; b++) {
        const label = String.fromCharCode(a, b);
        const known = parse(`example.${label}`).isIcann || parse(`example.co.${label}`).isIcann;
        expect(isTopLevelDomain(label), label).toBe(known === true);
      }
    }
  });
});
