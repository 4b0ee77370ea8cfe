import iconv from "iconv-lite";
import { describe, expect, test } from "vitest";
import { type DecodeOptions, decodeText } from "#lib/node/reader/formats/decode-text.ts";

const RUSSIAN = "Быстрая коричневая лиса прыгает через ленивую собаку, и никто этого не замечает вечером.";
const JAPANESE =
  "吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。何でも薄暗いじめじめした所で泣いていた。";
const CHINESE =
  "道可道，非常道。名可名，非常名。无名天地之始；有名万物之母。故常无欲，以观其妙；常有欲，以观其徼。";
const FRENCH = "Les élèves de français ont reçu à Noël une très belle leçon où l'été paraît déjà là.";

function decode(bytes: Uint8Array, options: Partial<DecodeOptions> = {}) {
  return decodeText(bytes, { contentType: null, kind: "html", ...options });
}

describe("decodeText", () => {
  test("a byte order mark beats the header and the meta element", () => {
    const utf8 = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from('<meta charset="koi8-r">é')]);
    expect(decode(utf8, { contentType: "text/html; charset=iso-8859-1" })).toEqual({
      text: '<meta charset="koi8-r">é',
      charset: "utf-8",
    });
    const wide = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from("héé", "utf16le")]);
    expect(decode(wide)).toEqual({ text: "héé", charset: "utf-16le" });
    const big = Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from("héé", "utf16le").swap16()]);
    expect(decode(big)).toEqual({ text: "héé", charset: "utf-16be" });
  });

  test("the header beats the meta element", () => {
    const bytes = iconv.encode(`<meta charset="iso-8859-1"><p>${RUSSIAN}`, "windows-1251");
    const decoded = decode(bytes, { contentType: "text/html; charset=windows-1251" });
    expect(decoded.charset).toBe("windows-1251");
    expect(decoded.text).toContain(RUSSIAN);
  });

  test.each([
    ['<meta charset="windows-1251">', "windows-1251"],
    ["<meta charset=windows-1251>", "windows-1251"],
    ["<META CHARSET = 'cp1251' />", "windows-1251"],
    ['<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">', "koi8-r"],
    ["<meta content='text/html;charset=KOI8-R' http-equiv=content-type>", "koi8-r"],
    ['<!-- <meta charset="utf-8"> --><html lang="ru"><meta charset="windows-1251">', "windows-1251"],
    ['<div title="<meta charset=utf-8>"></div><meta charset="windows-1251">', "windows-1251"],
    ['<?xml version="1.0" encoding="windows-1251"?>', "windows-1251"],
  ])("reads the declaration %s", (head, charset) => {
    const decoded = decode(iconv.encode(`${head}<p>${RUSSIAN}`, charset));
    expect(decoded).toEqual({ text: `${head}<p>${RUSSIAN}`, charset });
  });

  test("a label alias means what the standard says", () => {
    const bytes = Buffer.from([0x93, 0x61, 0x94, 0x80]);
    expect(decode(bytes, { contentType: "text/html; charset=iso-8859-1" })).toEqual({
      text: "“a”€",
      charset: "windows-1252",
    });
    const gb = iconv.encode(CHINESE, "gb18030");
    expect(decode(gb, { contentType: 'text/html; charset="gb2312"' })).toEqual({
      text: CHINESE,
      charset: "gbk",
    });
  });

  test("an unknown label is as good as none", () => {
    expect(decode(Buffer.from("<p>é"), { contentType: "text/html; charset=klingon" })).toEqual({
      text: "<p>é",
      charset: "utf-8",
    });
    expect(decode(Buffer.from("<p>é"), { contentType: "text/html; charset=iso-2022-kr" }).charset).toBe(
      "utf-8",
    );
  });

  test("a meta element that claims UTF-16 means UTF-8", () => {
    expect(decode(Buffer.from('<meta charset="utf-16"><p>é')).text).toBe('<meta charset="utf-16"><p>é');
  });

  test("an XML declaration counts in XML, a meta element does not", () => {
    const xml = `<?xml version='1.0' encoding='ISO-8859-2'?><a>Žluťoučký kůň</a>`;
    expect(decode(iconv.encode(xml, "iso-8859-2"), { kind: "xml" })).toEqual({
      text: xml,
      charset: "iso-8859-2",
    });
    expect(decode(Buffer.from('<meta charset="koi8-r"/>é'), { kind: "xml" }).charset).toBe("utf-8");
  });

  test("UTF-8 without any declaration is recognised", () => {
    expect(decode(Buffer.from(FRENCH), { kind: "text" })).toEqual({ text: FRENCH, charset: "utf-8" });
  });

  test("UTF-16 without a mark is recognised, with and without a header", () => {
    const bytes = Buffer.from(`<p>${FRENCH}</p>`, "utf16le");
    expect(decode(bytes)).toEqual({ text: `<p>${FRENCH}</p>`, charset: "utf-16le" });
    expect(decode(bytes, { contentType: "text/html; charset=utf-16" }).text).toBe(`<p>${FRENCH}</p>`);
    expect(decode(Buffer.from(bytes).swap16()).text).toBe(`<p>${FRENCH}</p>`);
  });

  test("a header that claims UTF-16 for text in UTF-8 is not believed", () => {
    expect(decode(Buffer.from(FRENCH), { contentType: "text/html; charset=utf-16" })).toEqual({
      text: FRENCH,
      charset: "utf-8",
    });
  });

  test.each([
    ["windows-1251", RUSSIAN],
    ["koi8-r", RUSSIAN],
    ["shift_jis", JAPANESE],
    ["euc-jp", JAPANESE],
    ["gb18030", CHINESE],
    ["windows-1252", FRENCH],
  ])("detects undeclared %s", (charset, text) => {
    const html = `<html><head><title>x</title></head><body>${`<p class="text">${text}</p>`.repeat(6)}</body></html>`;
    expect(decode(iconv.encode(html, charset)).text).toBe(html);
    expect(decode(iconv.encode(text.repeat(4), charset), { kind: "text" }).text).toBe(text.repeat(4));
  });

  test("ISO-2022-JP, which is all ASCII bytes, is recognised by its escapes", () => {
    const bytes = Buffer.from("1b244224332473244b24412f1b2842", "hex");
    expect(decode(bytes, { kind: "text" }).charset).toBe("iso-2022-jp");
    expect(decode(bytes, { kind: "text" }).text).toMatch(/^こんにち/);
  });

  test("valid UTF-8 declared as a legacy encoding is read as UTF-8", () => {
    expect(decode(Buffer.from(FRENCH), { contentType: "text/html; charset=iso-8859-1" }).text).toBe(FRENCH);
    expect(decode(Buffer.from(CHINESE), { contentType: "text/html; charset=gbk" }).text).toBe(CHINESE);
  });

  test("a short GBK text that happens to be valid UTF-8 is read as declared", () => {
    const bytes = iconv.encode("联通", "gbk");
    expect(decode(bytes, { contentType: "text/html; charset=gbk" }).text).toBe("联通");
  });

  test("text declared UTF-8 that is something else is read as what the meta element says, or detected", () => {
    const html = `<meta charset="windows-1251">${RUSSIAN}`;
    expect(decode(iconv.encode(html, "windows-1251"), { contentType: "text/html; charset=utf-8" }).text).toBe(
      html,
    );
    expect(
      decode(iconv.encode(RUSSIAN, "windows-1251"), {
        contentType: "text/plain; charset=utf-8",
        kind: "text",
      }).text,
    ).toBe(RUSSIAN);
  });

  test("a few bad bytes in UTF-8 are replaced and the rest is kept", () => {
    const bytes = Buffer.concat([Buffer.from(FRENCH), Buffer.from([0xff, 0xfe]), Buffer.from(FRENCH)]);
    expect(decode(bytes, { contentType: "text/html; charset=utf-8" })).toEqual({
      text: `${FRENCH}\ufffd\ufffd${FRENCH}`,
      charset: "utf-8",
    });
  });

  test("a body cut off inside a character keeps its encoding", () => {
    const bytes = Buffer.from(FRENCH);
    const cut = bytes.subarray(0, bytes.lastIndexOf(0xc3) + 1);
    expect(decode(cut, { kind: "text" })).toEqual({
      text: `${FRENCH.slice(0, FRENCH.lastIndexOf("à"))}\ufffd`,
      charset: "utf-8",
    });
  });

  test("a declaration after the first 1,024 bytes is used only when all else fails", () => {
    const late = `<!--${" ".repeat(2000)}--><meta charset="windows-1251"><p>`;
    expect(decode(iconv.encode(`${late}Ж`, "windows-1251")).text).toBe(`${late}Ж`);
    expect(decode(Buffer.from(`${late}Ж`)).text).toBe(`${late}Ж`);
  });

  test("bytes of no language at all become windows-1252", () => {
    expect(decode(Buffer.from([0x61, 0xe9, 0x62]), { kind: "text" })).toEqual({
      text: "aéb",
      charset: "windows-1252",
    });
  });

  test("an empty body is empty text", () => {
    expect(decode(new Uint8Array())).toEqual({ text: "", charset: "utf-8" });
  });
});
