import { describe, expect, test } from "vitest";
import { unwrapRedirect } from "#lib/core/url/unwrap-redirect.ts";

const TARGET = "https://example.com/a?b=c";
const ENCODED = encodeURIComponent(TARGET);

describe("unwrapRedirect", () => {
  test.each([
    `https://www.google.com/url?sa=t&q=${ENCODED}&usg=x`,
    `https://www.google.co.uk/url?url=${ENCODED}`,
    `https://l.facebook.com/l.php?u=${ENCODED}&h=AT0`,
    `https://duckduckgo.com/l/?uddg=${ENCODED}&rut=1`,
    `https://www.youtube.com/redirect?event=x&q=${ENCODED}`,
    `https://eur01.safelinks.protection.outlook.com/?url=${ENCODED}&data=x`,
    `https://r.search.yahoo.com/_ylt=x/RV=2/RE=1/RO=10/RU=${ENCODED}/RK=2/RS=x-`,
    `https://www.bing.com/ck/a?!&&p=x&u=a1${Buffer.from(TARGET).toString("base64url")}&ntb=1`,
  ])("%s leads to its target", (url) => {
    expect(unwrapRedirect(url)).toBe(TARGET);
  });

  test("an AMP viewer leads to the page itself", () => {
    expect(unwrapRedirect("https://www.google.com/amp/s/example.com/story")).toBe(
      "https://example.com/story",
    );
  });

  test("a redirector in a redirector is unwrapped to the end", () => {
    const inner = `https://l.facebook.com/l.php?u=${ENCODED}`;
    expect(unwrapRedirect(`https://www.google.com/url?q=${encodeURIComponent(inner)}`)).toBe(TARGET);
  });

  test.each([
    TARGET,
    "https://www.google.com/search?q=https%3A%2F%2Fexample.com",
    "https://www.google.com/url?q=javascript%3Aalert(1)",
    "https://www.google.com/url?q=https%3A%2F%2Fuser%3Apw%40example.com%2F",
    "https://www.google.com/url?q=%2Frelative",
    "https://web.archive.org/web/2020/https://example.com/",
    "https://google.com.evil.example/url?q=https%3A%2F%2Fexample.com",
    "not an address",
  ])("%s stays as it is", (url) => {
    expect(unwrapRedirect(url)).toBeNull();
  });
});
