import { joinLines } from "#lib/node/reader/formats/pdf/join-lines.ts";
import { codeText, linesToBlocks, runsOfLine } from "#lib/node/reader/formats/pdf/pdf-blocks.ts";
import type { PdfItem } from "#lib/node/reader/formats/pdf/pdf-item.ts";
import { pdfLines } from "#lib/node/reader/formats/pdf/pdf-lines.ts";
import type { PdfStyle } from "#lib/node/reader/formats/pdf/pdf-style.ts";
import type { Block, Cell, Run } from "#lib/protocol/document.ts";

/** The structure tree of one page of a tagged PDF (ISO 32000-1 §14.8.4), as the parser gives it. */
export type StructureNode =
  | { role: string; alt?: string; children: readonly StructureNode[] }
  | { type: string; id: string };

/** Share of a page's text that its tags must cover to be trusted. */
const COVERAGE_MIN = 0.9;
const DEPTH_MAX = 64;

/**
 * The blocks of a page by its author's own tags, which say what no layout can:
 * what is a heading, a list, a table, and what is no part of the text. Null when
 * there are no tags, or too much stands outside of them.
 */
export function structureToBlocks(
  root: StructureNode | null,
  items: readonly PdfItem[],
  style: PdfStyle,
): Block[] | null {
  if (!root || !("children" in root)) return null;
  const byId = new Map<string, PdfItem[]>();
  let units = 0;
  for (const item of items) {
    if (item.isArtifact) continue;
    units += item.text.trim().length;
    if (item.contentId) byId.set(item.contentId, [...(byId.get(item.contentId) ?? []), item]);
  }
  const reader = new StructureReader(byId, style);
  const blocks = reader.blocks(root.children, 0);
  return units > 0 && reader.unitsRead >= units * COVERAGE_MIN ? blocks : null;
}

class StructureReader {
  unitsRead = 0;
  private readonly byId: ReadonlyMap<string, PdfItem[]>;
  private readonly style: PdfStyle;

  constructor(byId: ReadonlyMap<string, PdfItem[]>, style: PdfStyle) {
    this.byId = byId;
    this.style = style;
  }

  /** Content that stands between block elements makes paragraphs of its own. */
  blocks(nodes: readonly StructureNode[], depth: number): Block[] {
    const blocks: Block[] = [];
    let inline: StructureNode[] = [];
    const flush = () => {
      blocks.push(...this.layOut(inline, depth));
      inline = [];
    };
    for (const node of nodes) {
      if (!("children" in node) || INLINE.test(node.role)) inline.push(node);
      else {
        flush();
        blocks.push(...this.block(node, depth + 1));
      }
    }
    flush();
    return blocks;
  }

  private block(node: Extract<StructureNode, { role: string }>, depth: number): Block[] {
    if (depth > DEPTH_MAX) return this.layOut([node], depth);
    const heading = /^H([1-6])?$/.exec(node.role) ?? (node.role === "Title" ? ["", "1"] : null);
    if (heading) {
      const runs = this.runs([node], depth);
      const level = heading[1] ? Number(heading[1]) : 2;
      return runs.length === 0
        ? []
        : [{ id: "", type: "heading", level: level as 1 | 2 | 3 | 4 | 5 | 6, runs }];
    }
    switch (node.role) {
      case "P":
      case "Caption":
      case "Note":
      case "TOCI":
        return hasBlocks(node) ? this.blocks(node.children, depth) : this.paragraph(node, depth);
      case "L":
      case "TOC":
        return this.list(node, depth);
      case "Table":
        return this.table(node, depth);
      case "BlockQuote": {
        const blocks = this.blocks(node.children, depth);
        return blocks.length > 0 ? [{ id: "", type: "quote", blocks }] : [];
      }
      case "Figure":
      case "Formula": {
        const inner = this.blocks(node.children, depth);
        const words = node.alt?.trim();
        return inner.length > 0 || !words
          ? inner
          : [{ id: "", type: "paragraph", runs: [{ text: words, marks: ["italic"] }] }];
      }
      case "Artifact":
        return [];
      default:
        return this.blocks(node.children, depth);
    }
  }

  private paragraph(node: StructureNode, depth: number): Block[] {
    const lines = pdfLines(this.items([node], depth));
    if (lines.length === 0) return [];
    if (lines.every((line) => line.isMono) && !this.style.isMonoThroughout) {
      return [{ id: "", type: "code", text: codeText(lines) }];
    }
    const runs = joinLines(lines.map(runsOfLine), this.style.words);
    return runs.some((run) => /\S/.test(run.text)) ? [{ id: "", type: "paragraph", runs }] : [];
  }

  private list(node: Extract<StructureNode, { role: string }>, depth: number): Block[] {
    const items: Block[][] = [];
    let label = "";
    for (const child of node.children) {
      if (!("children" in child)) continue;
      if (child.role === "L" || child.role === "TOC") {
        const nested = this.list(child, depth + 1);
        const last = items.at(-1);
        if (last) last.push(...nested);
        else items.push(nested);
        continue;
      }
      const labels = child.children.filter((part) => "role" in part && part.role === "Lbl");
      const bodies = child.children.filter((part) => !labels.includes(part));
      const text = this.runs(labels, depth)
        .map((run) => run.text)
        .join("");
      if (items.length === 0) label = text;
      const item = this.blocks(bodies, depth + 1);
      if (item.length > 0) items.push(item);
    }
    if (items.length === 0) return [];
    const number = /^\(?(\d{1,4})[.)]?$/.exec(label.trim())?.[1];
    const start = number !== undefined && number !== "1" ? { start: Number(number) } : {};
    return [{ id: "", type: "list", ordered: number !== undefined, ...start, items }];
  }

  private table(node: Extract<StructureNode, { role: string }>, depth: number): Block[] {
    const rows = rowsOf(node);
    const cells = rows.map((row) =>
      row.children
        .filter((cell) => "children" in cell)
        .map((cell): Cell => ({ runs: this.runs([cell], depth) })),
    );
    const isHeader = rows[0]?.children.every((cell) => "role" in cell && cell.role === "TH") ?? false;
    const header = isHeader ? (cells.shift() ?? []) : [];
    const body = cells.filter((row) => row.some((cell) => cell.runs.length > 0));
    if (body.length === 0 && header.length === 0) return [];
    // One column is a frame around text, not a table.
    if ([header, ...body].every((row) => row.length < 2)) return this.blocks(node.children, depth + 1);
    return [{ id: "", type: "table", header, rows: body }];
  }

  private layOut(nodes: readonly StructureNode[], depth: number): Block[] {
    const items = this.items(nodes, depth);
    return items.length === 0 ? [] : linesToBlocks(pdfLines(items), this.style);
  }

  private runs(nodes: readonly StructureNode[], depth: number): Run[] {
    return joinLines(pdfLines(this.items(nodes, depth)).map(runsOfLine), this.style.words);
  }

  private items(nodes: readonly StructureNode[], depth: number): PdfItem[] {
    const items: PdfItem[] = [];
    for (const node of nodes) {
      if (!("children" in node)) {
        const own = this.byId.get(node.id) ?? [];
        items.push(...own);
        for (const item of own) this.unitsRead += item.text.trim().length;
      } else if (depth <= DEPTH_MAX * 2 && node.role !== "Artifact")
        items.push(...this.items(node.children, depth + 1));
    }
    return items;
  }
}

const INLINE =
  /^(?:Span|Link|Quote|Reference|BibEntry|Code|Annot|Ruby|RB|RT|RP|Warichu|WT|WP|Em|Strong|Sub|Lbl)$/;
const BLOCKS = /^(?:P|H[1-6]?|L|Table|BlockQuote|TOC|Figure)$/;

function hasBlocks(node: Extract<StructureNode, { role: string }>): boolean {
  return node.children.some((child) => "role" in child && BLOCKS.test(child.role));
}

function rowsOf(node: Extract<StructureNode, { role: string }>): Extract<StructureNode, { role: string }>[] {
  return node.children.flatMap((child) => {
    if (!("children" in child)) return [];
    return child.role === "TR" ? [child] : /^T(?:Head|Body|Foot)$/.test(child.role) ? rowsOf(child) : [];
  });
}
