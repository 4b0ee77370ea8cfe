import { describe, expect, test } from "vitest";
import { declaredStreamMime, sniffMedia } from "#lib/core/media/sniff-media.ts";

const bytes = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0));
const sniff = (text: string) => sniffMedia(bytes(text));
const pad = "\0".repeat(40);

describe("pictures", () => {
  test.each([
    ["png", `\x89PNG\r\n\x1a\n${pad}`],
    ["jpeg", `\xff\xd8\xff\xe0${pad}`],
    ["gif", `GIF89a${pad}`],
    ["gif", `GIF87a${pad}`],
    ["webp", `RIFF\x10\0\0\0WEBPVP8 ${pad}`],
    ["avif", `\0\0\0\x20ftypavif\0\0\0\0avifmif1`],
    ["avif", `\0\0\0\x20ftypavis\0\0\0\0avis`],
    ["avif", `\0\0\0\x20ftypmif1\0\0\0\0mif1avif`],
    ["ico", `\0\0\x01\0\x01\0\x10\x10\0\0\x01\0\x20\0${pad}`],
    ["svg", "<svg xmlns='http://www.w3.org/2000/svg'/>"],
    ["svg", "<svg>"],
    ["svg", "<svg:svg xmlns:svg='http://www.w3.org/2000/svg'/>"],
    ["svg", "\xef\xbb\xbf \n<?xml version='1.0'?>\n<!-- made by <svg> hand -->\n<SVG width='1'>"],
    ["svg", "<!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' 'http://x/svg11.dtd'><svg>"],
    ["svg", "<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY a 'b>c'>\n]><svg>"],
    ["svg", "<?xml-stylesheet href='a.css'?><!--a--><!--b--><svg>"],
  ])("%s is known by its bytes", (type, text) => {
    expect(sniff(text)).toEqual({ kind: "image", type });
  });
});

describe("sound and film", () => {
  const ogg = (packet: string) => `OggS\0\x02${"\0".repeat(20)}\x01\x1e${packet}`;
  const ebml = (docType: string) => `\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84${docType}`;
  test.each([
    ["video/mp4", `\0\0\0\x20ftypisom\0\0\x02\0isomiso2`],
    ["video/mp4", `\0\0\0\x1cftypmp42`],
    ["video/quicktime", `\0\0\0\x14ftypqt  `],
    ["audio/mp4", `\0\0\0\x1cftypM4A `],
    ["video/webm", ebml("webm")],
    ["video/x-matroska", ebml("matroska")],
    ["video/ogg", ogg("\x80theora")],
    ["audio/ogg", ogg("OpusHead")],
    ["audio/ogg", ogg("\x01vorbis")],
    ["audio/wav", `RIFF\x10\0\0\0WAVEfmt `],
    ["audio/flac", `fLaC${pad}`],
    ["audio/mpeg", `ID3\x04\0${pad}`],
    ["audio/mpeg", `\xff\xfb\x90\0${pad}`],
    ["audio/aac", `\xff\xf1\x50\x80${pad}`],
  ])("%s is known by its bytes", (mime, text) => {
    expect(sniff(text)).toEqual({ kind: mime.split("/")[0], mime });
  });
});

test.each([
  ["nothing", ""],
  ["a page", "<!DOCTYPE html><html><svg></svg></html>"],
  ["a page behind a comment", "<!-- --><html>"],
  ["a script", "alert(1)"],
  ["a script that begins like an SVG's name", "<svgx>"],
  ["an SVG behind text", "x <svg>"],
  ["a PDF", "%PDF-1.7"],
  ["a zip", "PK\x03\x04"],
  ["a compressed SVG", "\x1f\x8b\x08"],
  ["a playlist, which would name further addresses", "#EXTM3U\nhttp://127.0.0.1/"],
  ["a cursor", `\0\0\x02\0\x01\0\x10\x10\0\0${pad}`],
  ["HEIC, which has no decoder here", `\0\0\0\x20ftypheic\0\0\0\0mif1heic`],
  ["UTF-16", "\xff\xfe<\0s\0v\0g\0>\0"],
  ["an EBML file of another kind", `\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84other`],
])("%s is unknown", (_what, text) => {
  expect(sniff(text)).toEqual({ kind: "unknown" });
});

test("an endless row of instructions and comments is given up on, in one pass", () => {
  expect(sniff("<?a?>".repeat(100_000))).toEqual({ kind: "unknown" });
  expect(sniff("<!---->".repeat(100_000))).toEqual({ kind: "unknown" });
  expect(sniff("<!".repeat(100_000))).toEqual({ kind: "unknown" });
});

test("only sound and film may be passed on by their header alone", () => {
  expect(declaredStreamMime("Video/MP4; codecs=avc1")).toBe("video/mp4");
  expect(declaredStreamMime("audio/mpeg")).toBe("audio/mpeg");
  for (const type of ["text/html", "image/svg+xml", "application/javascript", "video/mp4x", "", undefined]) {
    expect(declaredStreamMime(type)).toBeNull();
  }
});
