import { INLINE_MARKS, SKIPPED, TRANSPARENT_INLINE } from "#lib/node/reader/html/block-rules.ts";
import { LIMITS } from "#lib/node/reader/html/limits.ts";
import type { MediaRegistry } from "#lib/node/reader/html/media-registry.ts";
import {
  descendants,
  type ElementNode,
  findFirst,
  plainText,
  type TreeNode,
} from "#lib/node/reader/html/node.ts";
import type { PageUrls } from "#lib/node/reader/html/page-url.ts";
import { codeLanguage, codeText } from "#lib/node/reader/html/read-code.ts";
import { embedTarget } from "#lib/node/reader/html/read-embed.ts";
import { isDisplayMath, isRenderedMath, mathTex } from "#lib/node/reader/html/read-math.ts";
import { readPlayer } from "#lib/node/reader/html/read-player.ts";
import { readTable } from "#lib/node/reader/html/read-table.ts";
import { type InlineStyle, PLAIN, RunWriter, withMark } from "#lib/node/reader/html/run-writer.ts";
import type { Block, Run } from "#lib/protocol/document.ts";

export interface BlockContext {
  urls: PageUrls;
  media: MediaRegistry;
  /** Text nodes and subtrees that are not part of the text. */
  skip: ReadonlySet<TreeNode>;
  /** Subtrees that become one finished block: posts and cards; null for one that turned out empty. */
  replace: ReadonlyMap<ElementNode, () => Block | null>;
  /** Element ids and what they stand for, for links within the page. */
  anchors: Map<string, Block>;
  pendingAnchors: string[];
  budget: { blocks: number; textUnits: number };
}

/** Turns a subtree into blocks. Recursion is bounded by the parser's depth cap. */
export function buildBlocks(root: TreeNode, context: BlockContext): Block[] {
  const builder = new BlockBuilder(context);
  builder.visit(root, PLAIN);
  return builder.finish();
}

export function buildChildren(root: ElementNode, context: BlockContext, style: InlineStyle = PLAIN): Block[] {
  const builder = new BlockBuilder(context);
  builder.visitChildren(root, style);
  return builder.finish();
}

/** The inline content of a subtree as one paragraph's runs; images and other blocks inside are left out. */
export function buildRuns(root: ElementNode, context: BlockContext): Run[] {
  const writer = new RunWriter();
  const builder = new BlockBuilder(context, writer);
  builder.visitChildren(root, PLAIN);
  return writer.take();
}

class BlockBuilder {
  private readonly blocks: Block[] = [];
  private readonly context: BlockContext;
  private readonly runs: RunWriter;
  /** Blocks inside are flattened to text with a space between. */
  private readonly inlineOnly: boolean;

  constructor(context: BlockContext, runs?: RunWriter) {
    this.context = context;
    this.runs = runs ?? new RunWriter();
    this.inlineOnly = runs !== undefined;
  }

  finish(): Block[] {
    this.flush();
    return this.blocks;
  }

  visitChildren(node: ElementNode, style: InlineStyle): void {
    let afterElement = false;
    for (const child of node.children) {
      if (afterElement && !child.isText) this.runs.seam();
      afterElement = !child.isText;
      this.visit(child, style);
    }
  }

  visit(node: TreeNode, style: InlineStyle): void {
    const { context } = this;
    if (node.isText) {
      if (context.budget.textUnits <= 0 || context.skip.has(node)) return;
      const text = node.text.slice(0, context.budget.textUnits);
      context.budget.textUnits -= text.length;
      this.runs.text(text, style);
      return;
    }
    if (context.skip.has(node) || SKIPPED.has(node.tag) || node.hidden) {
      this.skipOver(node);
      return;
    }
    this.noteAnchor(node);
    const replacement = context.replace.get(node);
    if (replacement && !this.inlineOnly) {
      this.flush();
      const block = replacement();
      if (block) this.push(block);
      return;
    }
    const mark = INLINE_MARKS.get(node.tag);
    if (mark) {
      this.visitChildren(node, withMark(style, mark));
      return;
    }
    if (TRANSPARENT_INLINE.has(node.tag)) {
      this.visitInline(node, style);
      return;
    }
    if (this.inlineOnly) {
      this.flatten(node, style);
      return;
    }
    this.visitBlock(node, style);
  }

  /** Math stays text where it stands inside a sentence. */
  private skipOver(node: ElementNode): void {
    if (node.tag === "math") {
      const tex = mathTex(node);
      if (tex) this.runs.text(tex, { ...PLAIN, marks: ["code"] });
    }
  }

  private visitInline(node: ElementNode, style: InlineStyle): void {
    if (node.tag === "a") {
      const href = this.context.urls.href(node.attribute("href"));
      this.visitChildren(node, href ? { ...style, href } : style);
      return;
    }
    if (node.tag === "math" || isRenderedMath(node)) {
      this.visitMath(node, style);
      return;
    }
    this.visitChildren(node, style);
  }

  private visitMath(node: ElementNode, style: InlineStyle): void {
    const tex = mathTex(node);
    if (!tex) {
      if (node.tag === "math") this.runs.text(plainText(node, 2_000), style);
      else this.visitChildren(node, style);
      return;
    }
    if (isDisplayMath(node) && !this.inlineOnly) this.pushBlock({ id: "", type: "math", tex });
    else this.runs.text(tex, withMark(style, "code"));
  }

  private flatten(node: ElementNode, style: InlineStyle): void {
    if (node.tag === "br" || node.tag === "hr") {
      this.runs.lineBreak();
      return;
    }
    if (node.tag === "img" || node.tag === "video" || node.tag === "audio" || node.tag === "iframe") return;
    this.runs.text(" ", style);
    this.visitChildren(node, style);
    this.runs.text(" ", style);
  }

  private visitBlock(node: ElementNode, style: InlineStyle): void {
    switch (node.tag) {
      case "br":
        this.runs.lineBreak();
        return;
      case "h1":
      case "h2":
      case "h3":
      case "h4":
      case "h5":
      case "h6":
        this.visitHeading(node);
        return;
      case "ul":
      case "ol":
      case "menu":
      case "dir":
        this.visitList(node);
        return;
      case "dt":
        this.visitTerm(node, style);
        return;
      case "blockquote":
        this.visitQuote(node);
        return;
      case "pre":
      case "xmp":
      case "listing":
        this.visitCode(node);
        return;
      case "table":
        this.visitTable(node, style);
        return;
      case "hr":
        this.visitSeparator();
        return;
      case "img":
        this.visitImage(node, []);
        return;
      case "figure":
        this.visitFigure(node, style);
        return;
      case "video":
      case "audio":
        this.visitPlayer(node);
        return;
      case "iframe":
      case "embed":
      case "object":
        this.visitEmbed(node);
        return;
      case "details":
        this.visitDetails(node);
        return;
      case "noscript":
        this.visitNoscript(node, style);
        return;
      default:
        this.flush();
        this.visitChildren(node, style);
        this.flush();
    }
  }

  private visitHeading(node: ElementNode): void {
    const runs = buildRuns(node, this.context);
    if (runs.length > 0) {
      const level = Number(node.tag[1]) as 1 | 2 | 3 | 4 | 5 | 6;
      this.pushBlock({ id: "", type: "heading", level, runs });
    }
    for (const inner of descendants(node)) if (inner.tag === "img") this.visitImage(inner, []);
  }

  private visitList(node: ElementNode): void {
    this.flush();
    if (node.children.some((child) => !child.isText && this.context.replace.has(child))) {
      // A list of cards or posts: each stands for itself.
      this.visitChildren(node, PLAIN);
      return;
    }
    const items: Block[][] = [];
    for (const child of node.children) {
      if (child.isText) {
        if (child.text.trim() !== "") items.push(buildBlocks(child, this.context));
        continue;
      }
      const item = child.tag === "li" ? this.listItem(child) : buildBlocks(child, this.context);
      const last = items.at(-1);
      // A list straight inside a list belongs to the item before it.
      if (last && (child.tag === "ul" || child.tag === "ol")) last.push(...item);
      else if (item.length > 0) items.push(item);
    }
    if (items.length === 0) return;
    const ordered = node.tag === "ol";
    const start = Number.parseInt(node.attribute("start"), 10);
    const numbered = ordered && Number.isFinite(start) && start !== 1 ? { start } : {};
    this.push({ id: "", type: "list", ordered, ...numbered, items });
  }

  private listItem(node: ElementNode): Block[] {
    if (this.context.skip.has(node) || node.hidden) return [];
    this.noteAnchor(node);
    return buildChildren(node, this.context);
  }

  private visitTerm(node: ElementNode, style: InlineStyle): void {
    this.flush();
    this.visitChildren(node, withMark(style, "bold"));
    this.flush();
  }

  private visitQuote(node: ElementNode): void {
    this.flush();
    const blocks = buildChildren(node, this.context);
    if (blocks.length === 0) return;
    const citation = findFirst(node, (at) => at.tag === "cite" || at.tag === "footer");
    const cite = citation ? plainText(citation, 300) : "";
    this.push({ id: "", type: "quote", blocks, ...(cite ? { cite } : {}) });
  }

  private visitCode(node: ElementNode): void {
    this.flush();
    const text = codeText(node);
    if (text.trim() === "") return;
    this.context.budget.textUnits -= text.length;
    const language = codeLanguage(node);
    this.push({ id: "", type: "code", text, ...(language ? { language } : {}) });
  }

  private visitTable(node: ElementNode, style: InlineStyle): void {
    this.flush();
    const table = readTable(node, {
      skip: this.context.skip,
      readRuns: (cell) => buildRuns(cell, this.context),
    });
    if (table === "layout") {
      this.visitChildren(node, style);
      this.flush();
    } else if (table) {
      for (const block of table) this.push(block);
    }
  }

  private visitSeparator(): void {
    this.flush();
    const last = this.blocks.at(-1);
    if (last && last.type !== "separator") this.push({ id: "", type: "separator" });
  }

  private visitImage(node: ElementNode, caption: Run[]): void {
    const media = this.context.media.addImage(node);
    // Sliders and lazy loaders put one picture into the page several times.
    if (!media || !this.context.media.claim(media)) return;
    this.pushBlock({ id: "", type: "image", media: media.id, alt: media.alt, caption });
  }

  private visitFigure(node: ElementNode, style: InlineStyle): void {
    this.flush();
    const captionNode = findFirst(node, (at) => at.tag === "figcaption");
    const images = [...descendants(node)].filter((at) => at.tag === "img" && !at.hidden);
    const holdsText = findFirst(
      node,
      (at) => /^(pre|table|blockquote|p|ul|ol|video|audio|iframe)$/.test(at.tag) && at.parent !== captionNode,
    );
    if (images.length === 0 || holdsText) {
      this.visitChildren(node, style);
      this.flush();
      return;
    }
    const caption =
      captionNode && !this.context.skip.has(captionNode) ? buildRuns(captionNode, this.context) : [];
    const before = this.blocks.length;
    images.forEach((image, i) => {
      this.visitImage(image, i === images.length - 1 ? caption : []);
    });
    if (this.blocks.length === before && caption.length > 0)
      this.push({ id: "", type: "paragraph", runs: caption });
  }

  private visitPlayer(node: ElementNode): void {
    this.flush();
    const player = readPlayer(node, this.context);
    if (player) this.push(player);
  }

  private visitEmbed(node: ElementNode): void {
    const target = embedTarget(node, this.context.urls);
    if (target) this.pushBlock({ id: "", type: "embed", ...target });
  }

  private visitDetails(node: ElementNode): void {
    this.flush();
    const summaryNode = node.children.find((child) => !child.isText && child.tag === "summary") as
      | ElementNode
      | undefined;
    const summary = summaryNode ? buildRuns(summaryNode, this.context) : [];
    const builder = new BlockBuilder(this.context);
    for (const child of node.children) if (child !== summaryNode) builder.visit(child, PLAIN);
    const blocks = builder.finish();
    if (summary.length > 0 || blocks.length > 0) this.push({ id: "", type: "details", summary, blocks });
  }

  /** The fallback of a lazy image stands in `<noscript>`; its text ("enable JavaScript") is not for a reader. */
  private visitNoscript(node: ElementNode, style: InlineStyle): void {
    if (this.runs.isEmpty && this.blocks.at(-1)?.type === "image") return;
    for (const inner of descendants(node)) if (inner.tag === "img") this.visit(inner, style);
  }

  private pushBlock(block: Block): void {
    this.flush();
    this.push(block);
  }

  private flush(): void {
    if (this.inlineOnly || this.runs.isEmpty) return;
    const runs = this.runs.take();
    if (runs.length > 0) this.push({ id: "", type: "paragraph", runs });
  }

  private push(block: Block): void {
    const { budget, anchors, pendingAnchors } = this.context;
    if (budget.blocks <= 0) return;
    budget.blocks--;
    for (const name of pendingAnchors) if (!anchors.has(name)) anchors.set(name, block);
    pendingAnchors.length = 0;
    this.blocks.push(block);
  }

  private noteAnchor(node: ElementNode): void {
    const name = node.attribute("id") || (node.tag === "a" ? node.attribute("name") : "");
    if (name && this.context.pendingAnchors.length < 32) this.context.pendingAnchors.push(name);
  }
}

export function newBudget(): BlockContext["budget"] {
  return { blocks: LIMITS.blocksMax, textUnits: LIMITS.textUnitsMax };
}
