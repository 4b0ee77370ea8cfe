import type {
  BlockContent,
  DefinitionContent,
  FootnoteDefinition,
  Image,
  ImageReference,
  List,
  Node,
  Nodes,
  PhrasingContent,
  RootContent,
  Table,
} from "mdast";
import { codeBlocks } from "#lib/node/reader/formats/code-blocks.ts";
import type { MediaRegistry } from "#lib/node/reader/html/media-registry.ts";
import type { PageUrls } from "#lib/node/reader/html/page-url.ts";
import { type InlineStyle, PLAIN, withMark } from "#lib/node/reader/html/run-writer.ts";
import type { Block, Cell, Run } from "#lib/protocol/document.ts";

/** Deeper inline nesting is flattened to its text. */
const INLINE_DEPTH_MAX = 100;

export interface MarkdownContext {
  urls: PageUrls;
  media: MediaRegistry;
  /** What `#name` links lead to: headings by their slug, footnotes by `fn-label`. */
  anchors: Map<string, Block>;
  footnotes: Map<string, { node: FootnoteDefinition; number: number }>;
  definitions: Map<string, string>;
}

/** The blocks of one parsed piece. Raw HTML becomes text or code: nothing in it is interpreted. */
export function markdownBlocks(nodes: readonly Node[], context: MarkdownContext): Block[] {
  return (nodes as RootContent[]).flatMap((node) => blocksOf(node, context));
}

function blocksOf(node: RootContent, context: MarkdownContext): Block[] {
  switch (node.type) {
    case "heading": {
      const runs = inlineRuns(node.children, context);
      if (runs.length === 0) return imagesOnly(node.children, context);
      const block: Block = { id: "", type: "heading", level: node.depth, runs };
      addAnchor(context.anchors, slugOf(plainText(node)), block);
      return [block];
    }
    case "paragraph":
      return paragraphBlocks(node.children, context);
    case "blockquote":
      return wrap(node.children, context, (blocks) => ({ id: "", type: "quote", blocks }));
    case "list":
      return listBlock(node, context);
    case "code":
      return codeBlocks(node.value, node.lang ?? undefined);
    case "thematicBreak":
      return [{ id: "", type: "separator" }];
    case "table":
      return [tableBlock(node, context)];
    case "html":
      return htmlBlocks(node.value);
    case "definition":
    case "footnoteDefinition":
    case "yaml":
      return [];
    default:
      return paragraphBlocks([node as PhrasingContent], context);
  }
}

function wrap(
  nodes: readonly (BlockContent | DefinitionContent)[],
  context: MarkdownContext,
  build: (blocks: Block[]) => Block,
): Block[] {
  const blocks = markdownBlocks(nodes, context);
  return blocks.length > 0 ? [build(blocks)] : [];
}

function listBlock(node: List, context: MarkdownContext): Block[] {
  const items = node.children
    .map((item) => {
      const blocks = markdownBlocks(item.children, context);
      if (typeof item.checked !== "boolean") return blocks;
      const box = item.checked ? "☑ " : "☐ ";
      const [first] = blocks;
      if (first?.type === "paragraph") first.runs.unshift({ text: box });
      else blocks.unshift({ id: "", type: "paragraph", runs: [{ text: box.trim() }] });
      return blocks;
    })
    .filter((item) => item.length > 0);
  if (items.length === 0) return [];
  const start = node.ordered && node.start != null && node.start !== 1 ? { start: node.start } : {};
  return [{ id: "", type: "list", ordered: node.ordered === true, ...start, items }];
}

function tableBlock(node: Table, context: MarkdownContext): Block {
  const rows: Cell[][] = node.children.map((row) =>
    row.children.map((cell) => ({ runs: inlineRuns(cell.children, context) })),
  );
  const [header = [], ...body] = rows;
  return { id: "", type: "table", header, rows: body };
}

function htmlBlocks(html: string): Block[] {
  const shown = html.replace(/<!--[\s\S]*?(?:-->|$)/g, "").trim();
  return shown === "" ? [] : codeBlocks(shown, "html");
}

/** A paragraph, cut where an image stands in it, since an image is a block of its own. */
function paragraphBlocks(nodes: readonly PhrasingContent[], context: MarkdownContext): Block[] {
  const blocks: Block[] = [];
  let inline: PhrasingContent[] = [];
  const flush = () => {
    const runs = inlineRuns(inline, context);
    if (runs.some((run) => /\S/.test(run.text)))
      blocks.push({ id: "", type: "paragraph", runs: trimRuns(runs) });
    inline = [];
  };
  for (const node of nodes) {
    const image = soleImage(node);
    const block = image && imageBlock(image.node, context, image.href);
    if (block) {
      flush();
      blocks.push(block);
    } else inline.push(node);
  }
  flush();
  return blocks;
}

function imagesOnly(nodes: readonly PhrasingContent[], context: MarkdownContext): Block[] {
  return paragraphBlocks(nodes, context).filter((block) => block.type === "image");
}

/** An image, or a link around nothing but one. */
function soleImage(node: PhrasingContent): { node: Image | ImageReference; href: string | null } | null {
  if (node.type === "image" || node.type === "imageReference") return { node, href: null };
  const [only, ...others] = node.type === "link" ? node.children : [];
  if (node.type !== "link" || others.length > 0 || !only) return null;
  return only.type === "image" || only.type === "imageReference" ? { node: only, href: node.url } : null;
}

/** Badges state something in a few letters: they read better as the words they stand for. */
const BADGE = /shields\.io|badge|\/workflows\/.*\.svg|travis-ci|codecov|coveralls/i;

function imageBlock(
  node: Image | ImageReference,
  context: MarkdownContext,
  href: string | null,
): Block | null {
  const source = node.type === "image" ? node.url : context.definitions.get(node.identifier);
  const url = source && context.urls.resource(source);
  if (!url || BADGE.test(url)) return null;
  const alt = (node.alt ?? "").slice(0, 1_000);
  const media = context.media.add({ kind: "image", url, width: null, height: null, alt });
  if (!media) return null;
  const target = href === null ? null : context.urls.href(href);
  const title = (node.type === "image" && node.title) || (target ? alt || target : "");
  const caption: Run[] = title === "" ? [] : [target ? { text: title, href: target } : { text: title }];
  return { id: "", type: "image", media: media.id, alt, caption };
}

export function inlineRuns(nodes: readonly PhrasingContent[], context: MarkdownContext): Run[] {
  const runs: Run[] = [];
  writeRuns(nodes, PLAIN, context, runs, 0);
  return runs;
}

function writeRuns(
  nodes: readonly PhrasingContent[],
  style: InlineStyle,
  context: MarkdownContext,
  runs: Run[],
  depth: number,
): void {
  for (const node of nodes) {
    const inside = (inner: InlineStyle) => {
      if (!("children" in node)) return;
      if (depth >= INLINE_DEPTH_MAX) pushRun(runs, plainText(node), inner);
      else writeRuns(node.children, inner, context, runs, depth + 1);
    };
    switch (node.type) {
      case "text":
        pushRun(runs, node.value.replace(/\s*\n\s*/g, " "), style);
        break;
      case "strong":
        inside(withMark(style, "bold"));
        break;
      case "emphasis":
        inside(withMark(style, "italic"));
        break;
      case "delete":
        inside(withMark(style, "strike"));
        break;
      case "inlineCode":
        pushRun(runs, node.value, withMark(style, "code"));
        break;
      case "break":
        pushRun(runs, "\n", PLAIN);
        break;
      case "link":
        inside(linked(style, node.url, context));
        break;
      case "linkReference":
        inside(linked(style, context.definitions.get(node.identifier) ?? "", context));
        break;
      case "image":
      case "imageReference":
        pushRun(runs, node.alt ?? "", style);
        break;
      case "footnoteReference": {
        const footnote = context.footnotes.get(node.identifier);
        const reference = { ...withMark(style, "sup"), href: footnote ? `#fn-${node.identifier}` : null };
        pushRun(runs, `[${footnote?.number ?? node.label ?? node.identifier}]`, reference);
        break;
      }
      case "html":
        if (/^<br\s*\/?>$/i.test(node.value)) pushRun(runs, "\n", PLAIN);
        else if (!node.value.startsWith("<!--")) pushRun(runs, node.value, style);
        break;
    }
  }
}

function linked(style: InlineStyle, target: string, context: MarkdownContext): InlineStyle {
  const href = target === "" ? null : context.urls.href(target);
  return href ? { ...style, href } : style;
}

function pushRun(runs: Run[], text: string, style: InlineStyle): void {
  if (text === "") return;
  const last = runs.at(-1);
  const isSame =
    last &&
    (last.href ?? null) === style.href &&
    (last.marks ?? []).join() === style.marks.join() &&
    text !== "\n";
  if (isSame) last.text += text;
  else {
    runs.push({
      text,
      ...(style.marks.length > 0 ? { marks: [...style.marks] } : {}),
      ...(style.href ? { href: style.href } : {}),
    });
  }
}

function trimRuns(runs: Run[]): Run[] {
  const first = runs[0];
  const last = runs.at(-1);
  if (first) first.text = first.text.trimStart();
  if (last) last.text = last.text.trimEnd();
  return runs.filter((run) => run.text !== "");
}

/** A heading's anchor as GitHub makes it: lower case, punctuation gone, spaces as hyphens, numbered when taken. */
function slugOf(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, "")
    .replaceAll(" ", "-");
}

function addAnchor(anchors: Map<string, Block>, slug: string, block: Block): void {
  let name = slug;
  for (let i = 1; anchors.has(name) && i < 1_000; i++) name = `${slug}-${i}`;
  anchors.set(name, block);
}

/** Definitions of a piece, added to what the context knows. */
export function noteDefinitions(nodes: readonly Nodes[], context: MarkdownContext, ownEnd: number): void {
  for (const node of nodes) {
    if (node.type === "definition" && !context.definitions.has(node.identifier)) {
      context.definitions.set(node.identifier, node.url);
    }
    const isOwn = (node.position?.start.offset ?? 0) < ownEnd;
    if (node.type === "footnoteDefinition" && isOwn && !context.footnotes.has(node.identifier)) {
      context.footnotes.set(node.identifier, { node, number: context.footnotes.size + 1 });
    }
  }
}

function plainText(node: Nodes): string {
  if ("value" in node) return node.value;
  if ("alt" in node) return node.alt ?? "";
  return "children" in node ? node.children.map(plainText).join("") : "";
}
