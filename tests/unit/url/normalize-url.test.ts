import { expect, test } from "vitest";
import { AppError } from "#lib/core/errors/app-error.ts";
import { normalizeUrl } from "#lib/core/url/normalize-url.ts";

test.each([
  ["HTTP://Example.COM:80/a/../b", "http://example.com/b"],
  ["https://example.com:443", "https://example.com/"],
  ["https://example.com/#part", "https://example.com/"],
  ["https://example.com/?#x", "https://example.com/"],
  ["https://example.com/%7euser/%41?q=%61%2f", "https://example.com/~user/A?q=a%2F"],
  ["https://bücher.de/ä", "https://xn--bcher-kva.de/%C3%A4"],
  ["https://example.com/a%2Fb", "https://example.com/a%2Fb"],
  ["https://example.com/?b=1&a=2&utm_source=x", "https://example.com/?b=1&a=2&utm_source=x"],
])("%s and %s are one page", (text, expected) => {
  expect(normalizeUrl(text)).toBe(expected);
  expect(normalizeUrl(expected)).toBe(expected);
});

test("an address that cannot be opened is refused with its code", () => {
  const codeOf = (text: string) => {
    try {
      return normalizeUrl(text);
    } catch (error) {
      return error instanceof AppError ? error.code : error;
    }
  };
  expect(codeOf("not an address")).toBe("invalid_url");
  expect(codeOf("javascript:alert(1)")).toBe("unsupported_scheme");
  expect(codeOf("file:///etc/passwd")).toBe("unsupported_scheme");
});
