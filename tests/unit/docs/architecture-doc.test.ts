import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const root = join(import.meta.dirname, "../../..");
const text = readFileSync(join(root, "docs/architecture.md"), "utf8");
const schema = readFileSync(join(root, "prisma/schema.prisma"), "utf8");

const MODULE =
  /`((?:app|components|lib|prisma|public|services|scripts|deploy|docs|tests)\/[\w./[\]-]+|proxy\.ts)`/g;

/** Modules named on lines that do not call themselves planned. */
function modulesNamed(): string[] {
  const lines = text.split("\n").filter((line) => !/planned/i.test(line));
  return [...new Set(lines.flatMap((line) => [...line.matchAll(MODULE)].map((match) => match[1] ?? "")))];
}

/** Entity or model names with their fields' names, in order. */
function fieldsOf(source: string, block: RegExp, isField: (line: string) => boolean, place: number) {
  return Object.fromEntries(
    [...source.matchAll(block)].map(([, name = "", body = ""]) => [
      name,
      body
        .split("\n")
        .map((line) => line.trim())
        .filter(isField)
        .map((line) => line.split(/\s+/)[place]),
    ]),
  );
}

it("names enough modules to be a map", () => {
  expect(modulesNamed().length).toBeGreaterThan(30);
});

it.each(modulesNamed())("names %s, which exists", (path) => {
  expect(existsSync(join(root, path))).toBe(true);
});

it("draws the data model that the Prisma schema declares", () => {
  const diagram = /```mermaid\nerDiagram\n([\s\S]*?)```/.exec(text)?.[1] ?? "";
  const drawn = fieldsOf(diagram, /^ {2}(\w+) \{\n([\s\S]*?)^ {2}\}/gm, (line) => line !== "", 1);
  const isField = (line: string) => line !== "" && !line.startsWith("//") && !line.startsWith("@@");
  const declared = fieldsOf(schema, /^model (\w+) \{\n([\s\S]*?)^\}/gm, isField, 0);
  expect(Object.keys(declared).length).toBeGreaterThan(0);
  expect(drawn).toEqual(declared);
});

it("lists every decision record", () => {
  const records = readdirSync(join(root, "docs/adr")).filter((name) => name.endsWith(".md"));
  for (const record of records) expect(text).toContain(`(adr/${record})`);
});
