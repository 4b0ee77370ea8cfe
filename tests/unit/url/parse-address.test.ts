import { describe, expect, test } from "vitest";
import { parseAddress } from "#lib/core/url/parse-address.ts";

const url = (address: string) => ({ kind: "url", url: address });
const search = (query: string) => ({ kind: "search", query });
const unsupported = (scheme: string) => ({ kind: "unsupported", scheme });

describe("parseAddress", () => {
  test.each([
    ["https://example.com", "https://example.com/"],
    ["HTTP://EXAMPLE.com/A", "http://example.com/A"],
    ["example.com", "https://example.com/"],
    ["  example.com  ", "https://example.com/"],
    ["example.com.", "https://example.com./"],
    ["example.com/a b", "https://example.com/a%20b"],
    ["example.com?q=a b", "https://example.com/?q=a%20b"],
    ["example.com#part two", "https://example.com/#part%20two"],
    ["example.com\\path", "https://example.com/path"],
    ["example.co.uk/x", "https://example.co.uk/x"],
    ["my_site.example.com", "https://my_site.example.com/"],
    ["github.io", "https://github.io/"],
    ["example.com:443/", "https://example.com/"],
    ["example.com:8443", "https://example.com:8443/"],
    ["example.com:8080/path", "http://example.com:8080/path"],
    ["localhost", "http://localhost/"],
    ["localhost:3000", "http://localhost:3000/"],
    ["localhost/path", "http://localhost/path"],
    ["app.localhost:3000", "http://app.localhost:3000/"],
    ["127.0.0.1", "http://127.0.0.1/"],
    ["192.168.0.1:8080/x", "http://192.168.0.1:8080/x"],
    ["[::1]:3000/x", "http://[::1]:3000/x"],
    ["[2001:db8::1]", "http://[2001:db8::1]/"],
    ["nas.local", "http://nas.local/"],
    ["router.home.arpa", "http://router.home.arpa/"],
    ["intranet:8080", "http://intranet:8080/"],
    ["intranet/", "http://intranet/"],
    ["http://intranet", "http://intranet/"],
    ["http:example.com", "http://example.com/"],
    ["https:/example.com", "https://example.com/"],
    ["//example.com/x", "https://example.com/x"],
    ["http//example.com", "http://example.com/"],
    ["https//example.com", "https://example.com/"],
    ["ttps://example.com", "https://example.com/"],
    ["hhttps://example.com", "https://example.com/"],
    ["htp://example.com", "http://example.com/"],
    ["<https://example.com/a>", "https://example.com/a"],
    ["https://example.com/?q=what is", "https://example.com/?q=what%20is"],
    ["a:b@example.com", "https://a:b@example.com/"],
  ])("%j is an address", (text, expected) => {
    expect(parseAddress(text)).toEqual(url(expected));
  });

  test.each([
    ["bücher.de", "https://xn--bcher-kva.de/"],
    ["例え.テスト/", "http://xn--r8jz45g.xn--zckzah/"],
    ["пример.рф", "https://xn--e1afmkfd.xn--p1ai/"],
    ["example。com", "https://example.com/"],
    ["ｅｘａｍｐｌｅ.com", "https://example.com/"],
  ])("%j becomes its ASCII form", (text, expected) => {
    expect(parseAddress(text)).toEqual(url(expected));
  });

  test.each([
    ["what is node.js", "what is node.js"],
    ["node.js", "node.js"],
    ["node.js/express tutorial", "node.js/express tutorial"],
    ["hello", "hello"],
    ["hello.", "hello."],
    ["and/or", "and/or"],
    ["example.com is down", "example.com is down"],
    ["is example.com down", "is example.com down"],
    ["example.com / path", "example.com / path"],
    ["example.com,", "example.com,"],
    ['"example.com"', '"example.com"'],
    ["me@example.com", "me@example.com"],
    ["site:example.com cats", "site:example.com cats"],
    ["define:word", "define:word"],
    ["javascript: the good parts", "javascript: the good parts"],
    ["c++", "c++"],
    ["C#", "C#"],
    ["1.5", "1.5"],
    ["1.2.3", "1.2.3"],
    ["3/4", "3/4"],
    ["12:30", "12:30"],
    ["100%", "100%"],
    ["999.1.1.1", "999.1.1.1"],
    ["1.2.3.4.5", "1.2.3.4.5"],
    ["2130706433", "2130706433"],
    ["0x7f.1", "0x7f.1"],
    ["com", "com"],
    [".com", ".com"],
    ["..", ".."],
    ["a..b.com", "a..b.com"],
    ["foo:99999", "foo:99999"],
    ["foo:0", "foo:0"],
    ["-x.com", "-x.com"],
    ["http://", "http://"],
    ["https://exa mple.com", "https://exa mple.com"],
    ["/etc/hosts", "/etc/hosts"],
    ["? example.com", "example.com"],
    ["two   spaces", "two spaces"],
    ["", ""],
  ])("%j is a search", (text, query) => {
    expect(parseAddress(text)).toEqual(search(query));
  });

  test.each([
    ["javascript:alert(1)", "javascript"],
    ["JavaScript:alert(document.cookie)", "javascript"],
    ["java\u200bscript:alert(1)", "javascript"],
    ["data:text/html,<h1>x", "data"],
    ["blob:https://example.com/1", "blob"],
    ["vbscript:msgbox(1)", "vbscript"],
    ["file:///etc/passwd", "file"],
    ["ftp://example.com/x", "ftp"],
    ["about:blank", "about"],
    ["mailto:me@example.com", "mailto"],
    ["view-source:https://example.com", "view-source"],
    ["steam://run/1", "steam"],
  ])("%j is neither opened nor searched for", (text, scheme) => {
    expect(parseAddress(text)).toEqual(unsupported(scheme));
  });

  test("a pasted address broken over lines is joined", () => {
    expect(parseAddress("https://example.com/a/\n  long/path\r\n?q=1")).toEqual(
      url("https://example.com/a/long/path?q=1"),
    );
    expect(parseAddress("example.com/a\nb")).toEqual(url("https://example.com/ab"));
  });

  test("pasted prose over lines is one search", () => {
    expect(parseAddress("hello\nworld")).toEqual(search("hello world"));
    expect(parseAddress("example.com\nis down")).toEqual(search("example.com is down"));
  });

  test("invisible and direction-changing characters cannot disguise a host", () => {
    expect(parseAddress("\u202eexample.com\u200b")).toEqual(url("https://example.com/"));
  });

  test("long text is answered without backtracking", () => {
    expect(parseAddress("a.".repeat(100_000)).kind).toBe("search");
    expect(parseAddress(`${"a@".repeat(100_000)}b`).kind).toBe("search");
  });
});
