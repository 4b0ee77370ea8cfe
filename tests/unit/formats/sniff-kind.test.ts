import { describe, expect, test } from "vitest";
import { sniffKind } from "#lib/node/reader/formats/sniff-kind.ts";

const PNG = Buffer.from("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "latin1");
const PDF = Buffer.from("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "latin1");
const RSS = '<?xml version="1.0"?>\n<!-- a feed -->\n<rss version="2.0"><channel></channel></rss>';
const ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"></feed>';
const JSON_FEED = '{"version": "https://jsonfeed.org/version/1.1", "title": "x", "items": []}';

function kind(body: string | Uint8Array, contentType: string | null, url = "https://example.com/x") {
  return sniffKind({ bytes: typeof body === "string" ? Buffer.from(body) : body, contentType, url });
}

describe("sniffKind", () => {
  test.each([
    ["<!doctype html><p>x", "text/html; charset=utf-8", "html"],
    ["<!DOCTYPE html><p>x", null, "html"],
    ["\ufeff  <html><p>x", "application/octet-stream", "html"],
    ['<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0"><html/>', "application/xml", "html"],
    ["just words", "text/html", "html"],
    ["", "text/html", "html"],
    ["", null, "text"],
    [RSS, "application/rss+xml", "feed"],
    [RSS, "text/html", "feed"],
    [RSS, "text/plain", "feed"],
    [RSS, null, "feed"],
    [ATOM, "application/xml", "feed"],
    ['<rdf:RDF xmlns="http://purl.org/rss/1.0/"></rdf:RDF>', "text/xml", "feed"],
    [JSON_FEED, "application/feed+json", "feed"],
    [JSON_FEED, "application/json", "feed"],
    ["<!doctype html><title>Not found</title>", "application/rss+xml", "html"],
    ['{"a":1}', "application/json", "json"],
    ['{"a":1}', "application/vnd.api+json", "json"],
    ["not json", "application/json", "json"],
    ["<html><h1>Error</h1>", "application/json", "html"],
    ['{"a":1}', "text/html", "json"],
    ["{not json}", "text/html", "html"],
    ["[1, 2]", null, "json"],
    ["# Title", "text/markdown", "markdown"],
    ["plain", "text/plain", "text"],
    ["<!doctype html><p>source", "text/plain", "text"],
    ["<svg></svg>", "text/plain", "text"],
    ["a,b\n1,2", "text/csv", "text"],
    ["body{}", "text/css", "text"],
    ["let a", "application/javascript", "text"],
    ["<note><to>x</to></note>", "application/xml", "text"],
    ['<svg xmlns="http://www.w3.org/2000/svg"></svg>', "image/svg+xml", "image"],
    ["words without a type", null, "text"],
    ["words", "application/octet-stream", "text"],
  ] as const)("%j as %s is %s", (body, contentType, expected) => {
    expect(kind(body, contentType)).toBe(expected);
  });

  test("the name of a file tells Markdown and JSON from plain text", () => {
    expect(kind("# Title", "text/plain", "https://example.com/README.md?raw=1")).toBe("markdown");
    expect(kind("{}", "text/plain", "https://example.com/a.json")).toBe("json");
    expect(kind("<!doctype html>", "text/html", "https://example.com/README.md")).toBe("html");
  });

  test("images and PDF are known by their bytes, whatever they are called", () => {
    expect(kind(PNG, "text/html")).toBe("image");
    expect(kind(Buffer.from("GIF89a\x01\0\x01\0", "latin1"), null)).toBe("image");
    expect(
      kind(Buffer.from("\0\0\0\x1cftypavif\0\0\0\0avifmif1", "latin1"), "application/octet-stream"),
    ).toBe("image");
    expect(kind(PDF, "text/html")).toBe("pdf");
    expect(kind(Buffer.concat([Buffer.from("junk\n"), PDF]), null)).toBe("pdf");
  });

  test("prose that mentions %PDF-1.7 is not a PDF", () => {
    expect(kind("Every file begins with %PDF-1.7 and so on.", "text/plain")).toBe("text");
  });

  test("HTML that is called an image or a PDF is HTML", () => {
    expect(kind("<!doctype html><p>x", "image/png")).toBe("html");
    expect(kind("<!doctype html><p>x", "application/pdf")).toBe("html");
  });

  test("a stray control character leaves a page of markup a page", () => {
    expect(kind("<!doctype html><p>a\0b\x01c", "text/html")).toBe("html");
    expect(kind("<!doctype html><p>a\0b", "application/octet-stream")).toBe("unsupported");
  });

  test("binary bytes that no reader knows are unsupported", () => {
    expect(kind(Buffer.from("PK\x03\x04\x14\0\0\0", "latin1"), "text/html")).toBe("unsupported");
    expect(kind(Buffer.from("\0\0\0\x18ftypmp42\0\0\0\0", "latin1"), "video/mp4")).toBe("unsupported");
    expect(kind(Buffer.from("ID3\x04\0\0\0", "latin1"), "audio/mpeg")).toBe("unsupported");
  });

  test("UTF-16 text is not binary", () => {
    expect(kind(Buffer.from("<!doctype html><p>x", "utf16le"), "text/html")).toBe("html");
    expect(kind(Buffer.from("\ufeffplain words", "utf16le"), "text/plain")).toBe("text");
  });

  test("a damaged body called a PDF goes to the PDF reader, which says what is wrong", () => {
    expect(kind(Buffer.from("\x01\x02\x03broken", "latin1"), "application/pdf")).toBe("pdf");
  });
});
