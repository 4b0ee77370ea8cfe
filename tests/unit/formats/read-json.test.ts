import { describe, expect, test } from "vitest";
import { readJson } from "#lib/node/reader/formats/read-json.ts";
import { outlineBlocks } from "./outline-blocks.ts";
import { readingInput } from "./reading-input.ts";

const read = (text: string) =>
  readJson(readingInput(text, { url: "https://example.com/api/data.json", contentType: "application/json" }));
const outline = (text: string) => outlineBlocks(read(text).document.blocks);

describe("readJson", () => {
  test("indents, and keeps short groups on one line", () => {
    expect(read('{"a":[1,2,3],"b":{"c":{},"d":"x: [y], {z}"},"e":[]}').document.blocks).toMatchObject([
      {
        type: "code",
        language: "json",
        text: '{\n  "a": [1, 2, 3],\n  "b": {\n    "c": {},\n    "d": "x: [y], {z}"\n  },\n  "e": []\n}',
      },
    ]);
  });

  test("keeps numbers, repeated keys and escapes as written", () => {
    expect(outline('{"id":12345678901234567890,"id":1.10,"s":"\\u00e9\\""}')).toEqual([
      `code:json ${JSON.stringify('{\n  "id": 12345678901234567890,\n  "id": 1.10,\n  "s": "\\u00e9\\""\n}')}`,
    ]);
  });

  test("shows arrays of like records as tables, with links, before the source", () => {
    const text = '{"data":{"users":[{"id":1,"url":"https://a.example/"},{"id":2,"name":null,"tags":[1,2]}]}}';
    expect(outline(text).slice(0, 5)).toEqual([
      "table data › users (2)",
      "  id | url | name | tags",
      "  1 | [https://a.example/](https://a.example/) |  | ",
      "  2 |  |  | [2 items]",
      "h2 Source",
    ]);
    expect(outline('[{"a":1},{"a":2}]')[0]).toBe("table Records (2)");
  });

  test("records that are not flat make no table", () => {
    expect(outline('[{"a":{}},{"a":{}}]')[0]).toMatch(/^code:json/);
    expect(outline('[{"a":1}]')[0]).toMatch(/^code:json/);
  });

  test("JSON Lines are records", () => {
    expect(outline('{"a":1}\n{"a":2}\n')).toEqual([
      "table Records (2)",
      "  a",
      "  1",
      "  2",
      "h2 Source",
      'code:json "{\\"a\\":1}\\n{\\"a\\":2}"',
    ]);
  });

  test("what is not valid JSON is shown as it came, and says so", () => {
    expect(outline("{'a': 1}")).toEqual([
      "p {italic:This is not valid JSON, so it is shown as it came.}",
      "code:json \"{'a': 1}\"",
    ]);
  });

  test("a guard against script inclusion is no part of the data", () => {
    expect(outline(")]}'\n[1,2]")).toEqual(['code:json "[1, 2]"']);
    expect(outline("while(1);[1]")).toEqual(['code:json "[1]"']);
  });

  test("an empty body says so", () => {
    expect(outline("")).toEqual(["p {italic:This file is empty.}"]);
  });

  test("nesting of any depth is shown, up to the limit", { timeout: 60_000 }, () => {
    const depth = 200_000;
    const blocks = read("[".repeat(depth) + "]".repeat(depth)).document.blocks;
    expect(blocks.at(-1)).toMatchObject({ runs: [{ text: "The rest of this file is not shown." }] });
    expect(read('{"a":'.repeat(depth)).document.blocks[0]).toMatchObject({ type: "paragraph" });
  });

  test("millions of records make one bounded table", { timeout: 60_000 }, () => {
    const text = `[${'{"id":1,"name":"x"},'.repeat(300_000)}{"id":2}]`;
    const [table] = read(text).document.blocks;
    expect(table).toMatchObject({ type: "table", caption: "Records (first 1000 of 300001)" });
  });

  test("a file too large to parse is shown from its beginning", { timeout: 60_000 }, () => {
    const { blocks } = read(`[${"1,".repeat(5_000_000)}1]`).document;
    expect(blocks[0]).toMatchObject({ runs: [{ text: "This file is too large to be laid out." }] });
    expect(blocks.length).toBeLessThan(20);
  });
});
