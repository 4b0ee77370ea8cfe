import { domainToASCII } from "node:url";
import { describe, expect, it } from "vitest";
import { decodeHost, decodePunycode } from "#lib/core/omnibox/decode-host.ts";
import { describeAddress, editableAddress, shortAddress } from "#lib/core/omnibox/describe-address.ts";
import { droppedAddress } from "#lib/core/omnibox/dropped-address.ts";

describe("internationalised hosts", () => {
  // Sample strings of RFC 3492, section 7.1.
  it.each([
    ["ihqwcrb4cv8a8dqg056pqjye", "他们为什么不说中文"],
    ["Proprostnemluvesky-uyb24dma41a", "Pročprostěnemluvíčesky"],
    ["4dbcagdahymbxekheh6e0a7fei0b", "למההםפשוטלאמדבריםעברית"],
    ["b1abfaaepdrnnbgefbadotcwatmq2g4l", "почемужеонинеговорятпорусски"],
    ["-> $1.00 <--", "-> $1.00 <-"],
  ])("decodes %s", (encoded, decoded) => {
    expect(decodePunycode(encoded)).toBe(decoded);
  });

  it.each(["99999999", "a-!!!", "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzz"])(
    "refuses the damaged label %s",
    (label) => {
      expect(decodePunycode(label)).toBeNull();
    },
  );

  it.each(["bücher.example", "例え.jp", "почта.рф", "παράδειγμα.gr", "한국.kr", "москва.example"])(
    "shows %s in its script",
    (host) => {
      expect(decodeHost(domainToASCII(host))).toBe(host);
    },
  );

  it.each([
    ["аррӏе.com", "whole name of Cyrillic letters that pass for Latin"],
    ["pаypal.com", "Latin with one Cyrillic letter"],
    ["ѕсоре.com", "look-alikes only"],
    ["gооgle.com", "mixed scripts"],
    ["faß․example", "a dot that is not one"],
  ])("keeps %s in punycode: %s", (host) => {
    const ascii = domainToASCII(host);
    expect(decodeHost(ascii)).toBe(ascii);
  });

  it("shows look-alike letters under a suffix of their own script, where nobody expects Latin", () => {
    expect(decodeHost(domainToASCII("сор.рф"))).toBe("сор.рф");
  });
});

describe("an address for people", () => {
  it.each([
    ["https://www.example.org/", "example.org"],
    ["https://example.org/wiki/Caf%C3%A9?q=1#top", "example.org/wiki/Café?q=1#top"],
    ["http://localhost:8080/a", "localhost:8080/a"],
    ["?two words", "two words"],
    ["https://example.org/a%20b%E2%80%AEc", "example.org/a%20b%E2%80%AEc"],
    ["https://example.org/100%", "example.org/100%"],
  ])("%s is shown as %s", (url, shown) => {
    expect(shortAddress(url)).toBe(shown);
  });

  it("says how Qui fetched it", () => {
    expect(describeAddress("https://a.example/").security).toBe("secure");
    expect(describeAddress("http://a.example/").security).toBe("insecure");
    expect(describeAddress("?words").security).toBe("none");
  });

  it("is edited whole", () => {
    expect(editableAddress("https://www.example.org/a")).toBe("https://www.example.org/a");
    expect(editableAddress("?two words")).toBe("two words");
  });
});

describe("something dropped", () => {
  const origin = "https://qui.example";
  const drop = (text: string, uriList = "") => droppedAddress({ uriList, text }, origin);

  it("opens the first address of a list, past its comments", () => {
    expect(drop("ignored", "# copied from somewhere\r\nhttps://a.example/\r\nhttps://b.example/")).toBe(
      "https://a.example/",
    );
  });

  it("follows a link into Qui to the page it means", () => {
    expect(drop("", `${origin}/space?url=${encodeURIComponent("https://a.example/x?y=1")}`)).toBe(
      "https://a.example/x?y=1",
    );
    expect(drop("", `${origin}/space`)).toBeNull();
  });

  it("searches for other text and refuses other schemes", () => {
    expect(drop("two words")).toBe("?two words");
    expect(drop("javascript:alert(1)")).toBeNull();
    expect(drop("", `${origin}/space?url=${encodeURIComponent("data:text/html,x")}`)).toBeNull();
    expect(drop("")).toBeNull();
  });
});
