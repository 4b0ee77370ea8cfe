import { describe, expect, test } from "vitest";
import { AppError } from "#lib/core/errors/app-error.ts";
import { readPdf } from "#lib/node/reader/formats/read-pdf.ts";
import { documentSchema } from "#lib/protocol/document.ts";
import { buildPdf, deflate, deflateBomb, type PdfSpec, showText } from "./build-pdf.ts";
import { outlineBlocks } from "./outline-blocks.ts";
import { readingInput } from "./reading-input.ts";

const input = (bytes: Uint8Array) => readingInput(bytes, { url: "https://example.com/papers/a%20paper.pdf" });
const read = (spec: PdfSpec) => readPdf(input(buildPdf(spec)));
const outline = async (spec: PdfSpec) => outlineBlocks((await read(spec)).document.blocks);

/** Lines of a paragraph, 14 points apart, from `y` down. */
const lines = (y: number, texts: string[], { size = 11, x = 72, font = "F1" as "F1" | "F2" } = {}) =>
  texts.map((text, i) => [size, x, y - i * 14, text, font] as const);

const PROSE = [
  "The quick brown fox jumps over the lazy dog and runs across the wide green field",
  "until it comes to a small river where it stops to drink for a while before it goes",
  "on to the hills.",
];

describe("readPdf", () => {
  test("joins the lines of a paragraph and tells headings, lists and code by their looks", async () => {
    const page = showText([
      [22, 72, 740, "A Title"],
      ...lines(700, PROSE),
      [15, 72, 640, "1. Section"],
      ...lines(612, PROSE),
      ...lines(560, ["\x95 first item", "\x95 second item of the list"]),
      ...lines(520, ["let a = 1;", "  let b = 2;"], { size: 10, font: "F2" }),
    ]);
    expect(await outline({ pages: [page] })).toEqual([
      "page 1",
      "h1 A Title",
      `p ${PROSE.join(" ")}`,
      "h2 1. Section",
      `p ${PROSE.join(" ")}`,
      "ul",
      " -",
      "  p first item",
      " -",
      "  p second item of the list",
      'code "let a = 1;\\n  let b = 2;"',
    ]);
  });

  test("undoes hyphens at line ends, but not those of compound words", async () => {
    const page = showText(
      lines(700, [
        "Some words are divided at the end of the line because the type-",
        "setter needed room, and a well-known word like well-",
        "known keeps its own hyphen wherever the line may end in it.",
      ]),
    );
    expect((await outline({ pages: [page] }))[1]).toBe(
      "p Some words are divided at the end of the line because the typesetter needed room, and a well-known word like well-known keeps its own hyphen wherever the line may end in it.",
    );
  });

  test("numbers its pages and leaves running heads and page numbers out", async () => {
    const page = (n: number) =>
      showText([
        [9, 72, 770, `Journal of Tests ${n}`],
        ...lines(700, [`${PROSE[0]}`, `on page ${n} ends here.`]),
        [9, 300, 30, String(n)],
      ]);
    expect(await outline({ pages: [page(1), page(2), page(3)] })).toEqual(
      [1, 2, 3].flatMap((n) => [`page ${n}`, `p ${PROSE[0]} on page ${n} ends here.`]),
    );
  });

  test("reads a table whose columns stand below each other", async () => {
    const row = (y: number, cells: string[]) => cells.map((cell, i) => [11, 72 + i * 120, y, cell] as const);
    const page = showText([
      ...row(700, ["Name", "Size", "Count"]),
      ...row(684, ["alpha", "10", "3"]),
      ...row(668, ["beta", "200", "4"]),
    ]);
    expect(await outline({ pages: [page] })).toEqual([
      "page 1",
      "table",
      "  Name | Size | Count",
      "  alpha | 10 | 3",
      "  beta | 200 | 4",
    ]);
  });

  test("reads two columns one after the other", async () => {
    const column = (x: number, word: string) =>
      lines(
        700,
        [`${word} column begins here and`, "goes on for some lines of", "text until its very end."],
        { x },
      );
    const page = showText([...column(72, "Left"), ...column(330, "Right")]);
    expect(await outline({ pages: [page] })).toEqual([
      "page 1",
      "p Left column begins here and goes on for some lines of text until its very end.",
      "p Right column begins here and goes on for some lines of text until its very end.",
    ]);
  });

  test("links the words under a link, and nothing that would run", async () => {
    const spec = {
      pages: [showText(lines(700, ["See our site for more of this."]))],
      annotations:
        "<</Type/Annot/Subtype/Link/Rect[90 697 132 712]/A<</S/URI/URI(https://example.com/more)>>>> <</Type/Annot/Subtype/Link/Rect[150 697 220 712]/A<</S/URI/URI(javascript:alert\\(1\\))>>>> <</Type/Annot/Subtype/Link/Rect[150 697 220 712]/A<</S/JavaScript/JS(app.alert\\(1\\))>>>>",
    };
    expect(await outline(spec)).toEqual([
      "page 1",
      "p See [our site](https://example.com/more) for more of this.",
    ]);
    expect((await read(spec)).links).toEqual([
      { href: "https://example.com/more", text: "our site", internal: true },
    ]);
  });

  test("takes headings from the outline where there is one", async () => {
    const page = showText([
      ...lines(740, ["Part One"]),
      ...lines(700, PROSE),
      ...lines(620, ["Details of it"]),
      ...lines(590, PROSE),
    ]);
    const blocks = await outline({
      pages: [page],
      catalog: "/Outlines 100 0 R",
      objects: [
        "<</Type/Outlines/First 101 0 R/Last 101 0 R/Count 2>>",
        "<</Title(1 Part One)/Parent 100 0 R/First 102 0 R/Last 102 0 R/Count 1/Dest[10 0 R/Fit]>>",
        "<</Title(Details of it)/Parent 101 0 R/Dest[10 0 R/Fit]>>",
      ],
    });
    expect(blocks.filter((line) => line.startsWith("h"))).toEqual(["h2 Part One", "h3 Details of it"]);
  });

  test("states title, author, language and date; a made-up title counts for nothing", async () => {
    const spec = {
      pages: [showText([[22, 72, 740, "The Real Title"], ...lines(700, PROSE)])],
      info: "/Title(A Study)/Author(Ada Lovelace)/CreationDate(D:20260102030405+01'00')",
      catalog: "/Lang(en-GB)",
    };
    expect((await read(spec)).document).toMatchObject({
      kind: "pdf",
      title: "A Study",
      byline: "Ada Lovelace",
      lang: "en-GB",
      publishedAt: "2026-01-02T02:04:05.000Z",
    });
    expect((await read({ ...spec, info: "/Title(Microsoft Word - draft3.doc)" })).document.title).toBe(
      "The Real Title",
    );
    expect((await read({ pages: [showText(lines(700, PROSE))] })).document.title).toBe("a paper.pdf");
  });

  test("a scan says that it has no text", async () => {
    expect(await outline({ pages: ["0 0 100 100 re f"] })).toEqual([
      "p {italic:This PDF holds pictures of its pages and no text, so there is nothing to read here.}",
    ]);
  });

  test("the caller's bytes stay whole", async () => {
    const bytes = buildPdf({ pages: [showText(lines(700, PROSE))] });
    const copy = Buffer.from(bytes);
    await readPdf(input(bytes));
    expect(Buffer.from(bytes).equals(copy)).toBe(true);
  });
});

describe("readPdf, by the author's tags", () => {
  const marked = (id: number, text: string) => `/P <</MCID ${id}>> BDC\n${text}\nEMC`;
  const tagged = (structure: string[], page: string): PdfSpec => ({
    pages: [page],
    catalog: "/MarkInfo<</Marked true>>/StructTreeRoot 100 0 R",
    objects: structure,
  });

  test("follows structure, not looks, and leaves artifacts out", async () => {
    const spec = tagged(
      [
        "<</Type/StructTreeRoot/K 101 0 R/ParentTree<</Nums[0[102 0 R 103 0 R 106 0 R 107 0 R]]>>>>",
        "<</S/Document/P 100 0 R/K[102 0 R 103 0 R 104 0 R]>>",
        "<</S/H2/P 101 0 R/Pg 10 0 R/K 0>>",
        "<</S/P/P 101 0 R/Pg 10 0 R/K 1>>",
        "<</S/Table/P 101 0 R/K[105 0 R]>>",
        "<</S/TR/P 104 0 R/K[106 0 R 107 0 R]>>",
        "<</S/TH/P 105 0 R/Pg 10 0 R/K 2>>",
        "<</S/TH/P 105 0 R/Pg 10 0 R/K 3>>",
      ],
      [
        marked(0, showText([[11, 72, 700, "Looks like text"]])),
        marked(1, showText([[22, 72, 660, "Looks like a title"]])),
        marked(2, showText([[11, 72, 620, "a"]])),
        marked(3, showText([[11, 80, 620, "b"]])),
        `/Artifact BMC\n${showText([[9, 72, 20, "page 1 of 1"]])}\nEMC`,
      ].join("\n"),
    );
    expect(await outline(spec)).toEqual([
      "page 1",
      "h2 Looks like text",
      "p Looks like a title",
      "table",
      "  a | b",
    ]);
  });

  test("tags that leave text out are not trusted", async () => {
    const spec = tagged(
      [
        "<</Type/StructTreeRoot/K 101 0 R/ParentTree<</Nums[0[101 0 R]]>>>>",
        "<</S/P/P 100 0 R/Pg 10 0 R/K 0>>",
      ],
      [marked(0, showText([[11, 72, 700, "Tagged words."]])), showText(lines(650, PROSE))].join("\n"),
    );
    expect(await outline(spec)).toEqual(["page 1", "p Tagged words.", `p ${PROSE.join(" ")}`]);
  });
});

describe("readPdf, with what is not a good PDF", () => {
  const codeOf = async (bytes: Uint8Array) => {
    try {
      await readPdf(input(bytes));
      return "read";
    } catch (error) {
      return error instanceof AppError ? `${error.code}: ${error.userMessage}` : error;
    }
  };

  test("a damaged file says so", async () => {
    expect(await codeOf(Buffer.from("%PDF-1.7\nnothing else"))).toMatch(/^bad_response: This PDF is damaged/);
    expect(await codeOf(Buffer.from("not a PDF"))).toMatch(/^bad_response/);
    expect(await codeOf(new Uint8Array())).toMatch(/^bad_response/);
  });

  test("a file that needs a password says so", async () => {
    const bytes = buildPdf({
      pages: [showText(lines(700, PROSE))],
      trailer: `/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<${"ab".repeat(32)}>/U<${"cd".repeat(32)}>>>`,
    });
    expect(await codeOf(bytes)).toMatch(/^unsupported_type: This PDF is protected by a password/);
  });

  test("a file cut off in the middle shows what is left, or says that it is damaged", async () => {
    const bytes = buildPdf({ pages: [showText(lines(700, PROSE)), showText(lines(700, PROSE))] });
    for (const share of [0.3, 0.5, 0.7, 0.9, 0.99]) {
      expect(await codeOf(bytes.subarray(0, bytes.length * share))).toMatch(/^read$|^bad_response/);
    }
  });

  test("streams that unfold to gigabytes are given up, other pages are read", {
    timeout: 60_000,
  }, async () => {
    const good = showText(lines(700, PROSE));
    const inner = deflateBomb(1024);
    const bytes = buildPdf({
      pages: [
        { data: inner, filter: "/FlateDecode" },
        { data: deflate(inner), filter: "[/FlateDecode/FlateDecode]" },
        good,
      ],
    });
    expect(bytes.length).toBeLessThan(3_000_000);
    const before = process.memoryUsage().arrayBuffers;
    const { document } = await readPdf(input(bytes));
    expect(outlineBlocks(document.blocks).at(-1)).toBe(`p ${PROSE.join(" ")}`);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(700 * 1024 * 1024);
    expect(globalThis.Uint8Array.name).toBe("Uint8Array");
    expect(new Uint8Array(2).length).toBe(2);
  });

  test("page trees that lie, loop or nest are bounded", async () => {
    const page = showText(lines(700, PROSE));
    expect(await codeOf(buildPdf({ pages: [page], count: 2_000_000_000 }))).toMatch(/^read$|^bad_response/);
    const loop = Buffer.from(
      "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[2 0 R]/Count 5>>endobj trailer<</Root 1 0 R>>",
    );
    expect(await codeOf(loop)).toMatch(/^read$|^bad_response/);
    const nested = `${"[".repeat(50_000)}${"]".repeat(50_000)}`;
    expect(await codeOf(buildPdf({ pages: [page], catalog: `/Names ${nested}` }))).toMatch(
      /^read$|^bad_response/,
    );
  });

  test("an outline that loops ends", async () => {
    const spec = {
      pages: [showText(lines(700, PROSE))],
      catalog: "/Outlines 100 0 R",
      objects: [
        "<</First 101 0 R/Last 101 0 R>>",
        "<</Title(A)/Parent 100 0 R/Next 101 0 R/First 101 0 R/Dest[10 0 R/Fit]>>",
      ],
    };
    expect((await outline(spec)).at(-1)).toBe(`p ${PROSE.join(" ")}`);
  });

  test("pages beyond the limit are left out, with a note", async () => {
    const page = showText([[11, 72, 700, "Words of a page."]]);
    const { document } = await read({ pages: Array.from({ length: 310 }, () => page) });
    expect(outlineBlocks(document.blocks).at(-1)).toBe("p {italic:Pages 1 to 300 of 310 are shown.}");
    expect(documentSchema.safeParse(document).success).toBe(true);
  });

  test("a page of a hundred thousand scraps makes a bounded document", { timeout: 60_000 }, async () => {
    const scraps = Array.from(
      { length: 100_000 },
      (_, i) => [8, (i * 37) % 600, (i * 91) % 780, "x"] as const,
    );
    const { document } = await read({ pages: [showText(scraps)] });
    expect(document.blocks.length).toBeLessThan(41_000);
  });
});
