import { Tokenizer } from "htmlparser2";
import { LIMITS } from "#lib/node/reader/html/limits.ts";
import { ElementNode, TextNode } from "#lib/node/reader/html/node.ts";
import {
  BREAKS_OUT_OF_SVG,
  CLOSED_BY,
  CLOSES_P,
  DROPPED_CONTENT,
  FORMATTING,
  HEAD_ONLY,
  HEADINGS,
  SCOPE,
  VOID,
} from "#lib/node/reader/html/tree-rules.ts";

export interface ParsedHtml {
  root: ElementNode;
  head: ElementNode;
  body: ElementNode;
  /** Contents of `application/ld+json` scripts. */
  jsonLd: string[];
  /** UTF-16 units of inline script and style, and how many script elements: what app shells are made of. */
  scriptUnits: number;
  scriptCount: number;
  /** The page was longer than the caps allow. */
  truncated: boolean;
}

/**
 * Reads HTML into a light tree in one pass, linear in the input whatever it
 * holds. Follows the HTML standard's tree construction where it changes what a
 * reader sees (implied end tags, scopes, head and body); leaves out foster
 * parenting and the adoption agency, whose cost is quadratic on hostile input.
 */
export function parseHtml(input: string): ParsedHtml {
  let html = input.length > LIMITS.htmlUnitsMax ? input.slice(0, LIMITS.htmlUnitsMax) : input;
  if (html.includes("\0")) html = html.replaceAll("\0", "");
  // Ends a comment too (HTML standard, comment end bang state), which the tokenizer does not know.
  if (html.includes("--!>")) html = html.replaceAll("--!>", "--->");
  const builder = new TreeBuilder(html.toWellFormed());
  return { ...builder.build(), truncated: builder.truncated || html.length < input.length };
}

/** How far down an end tag looks for its start tag among folded elements; keeps the whole linear. */
const FOLDED_SEARCH_MAX = 64;

class TreeBuilder {
  truncated = false;
  private readonly html: string;
  private readonly root = new ElementNode("html", null);
  private readonly head = new ElementNode("head", null);
  private readonly body = new ElementNode("body", null);
  private readonly stack: ElementNode[];
  /** Open counts by tag, so that an end tag without its start tag costs nothing to refuse. */
  private readonly open = new Map<string, number>();
  /** Names of open elements that were folded away at the depth cap. */
  private folded: string[] = [];
  private inBody = false;
  private nodes = 0;
  private text = "";
  private tag = "";
  private name = "";
  private value = "";
  private attributes: Map<string, string> | null = null;
  /** Tag whose content is thrown away, and how deep we are in elements of its name. */
  private dropping = "";
  private droppingDepth = 0;
  private inForeignObject = false;
  private script: string | null = null;
  private readonly jsonLd: string[] = [];
  private scriptUnits = 0;
  private scriptCount = 0;

  constructor(html: string) {
    this.html = html;
    this.root.append(this.head);
    this.root.append(this.body);
    this.stack = [this.root, this.head];
  }

  build(): Omit<ParsedHtml, "truncated"> {
    const slice = (start: number, end: number): string => this.html.slice(start, end);
    const tokenizer = new Tokenizer(
      { xmlMode: false, decodeEntities: true },
      {
        onopentagname: (start, end) => {
          this.tag = slice(start, Math.min(end, start + 64)).toLowerCase();
          this.attributes = null;
        },
        onattribname: (start, end) => {
          this.name = slice(start, Math.min(end, start + 64)).toLowerCase();
          this.value = "";
        },
        onattribdata: (start, end) => {
          if (this.value.length < LIMITS.attributeUnitsMax) this.value += slice(start, end);
        },
        onattribentity: (codepoint) => {
          if (this.value.length < LIMITS.attributeUnitsMax) this.value += String.fromCodePoint(codepoint);
        },
        onattribend: () => this.onAttribute(),
        onopentagend: () => this.onOpenTag(false),
        onselfclosingtag: () => this.onOpenTag(true),
        onclosetag: (start, end) =>
          this.onCloseTag(
            slice(start, Math.min(end, start + 64))
              .trim()
              .toLowerCase(),
          ),
        ontext: (start, end) => this.onText(start, end),
        ontextentity: (codepoint) => {
          if (this.dropping === "") this.text += String.fromCodePoint(codepoint);
        },
        oncdata: (start, end, offset) => this.onText(start, end - offset),
        oncomment: () => {},
        ondeclaration: () => {},
        onprocessinginstruction: () => {},
        onend: () => this.flushText(),
      },
    );
    tokenizer.write(this.html);
    tokenizer.end();
    return {
      root: this.root,
      head: this.head,
      body: this.body,
      jsonLd: this.jsonLd,
      scriptUnits: this.scriptUnits,
      scriptCount: this.scriptCount,
    };
  }

  private onAttribute(): void {
    this.attributes ??= new Map();
    if (this.attributes.size >= LIMITS.attributesPerElementMax || this.attributes.has(this.name)) return;
    const value = this.value.length > LIMITS.attributeUnitsMax ? "" : this.value;
    this.attributes.set(this.name, value);
  }

  private onText(start: number, end: number): void {
    if (this.script !== null) {
      if (this.script.length + end - start < LIMITS.scriptUnitsMax)
        this.script += this.html.slice(start, end);
    } else if (this.dropping === "") {
      this.text += this.html.slice(start, end);
      return;
    }
    if (this.dropping === "script" || this.dropping === "style") this.scriptUnits += end - start;
  }

  private onOpenTag(selfClosing: boolean): void {
    const { tag, attributes } = this;
    if (this.dropping !== "") {
      if (!this.breaksOut(tag)) {
        if (tag === this.dropping && !selfClosing) this.droppingDepth++;
        return;
      }
      this.endDropped();
    }
    this.flushText();
    if (tag === "html" || tag === "body" || tag === "head") {
      this.mergeAttributes(tag, attributes);
      return;
    }
    this.leaveHeadFor(tag);
    // What was folded away cannot be closed by what follows inside of it.
    if (this.folded.length === 0) this.closeImplied(tag);
    const element = this.insert(tag, attributes);
    if (!element && !VOID.has(tag) && !selfClosing && !DROPPED_CONTENT.has(tag)) {
      this.folded.push(tag);
      return;
    }
    if (tag === "script") this.scriptCount++;
    const foreignSelfClosed = selfClosing && !isHtmlTag(tag);
    if (VOID.has(tag) || foreignSelfClosed) return;
    const inertTemplate = tag === "template" && !attributes?.has("shadowrootmode");
    if (DROPPED_CONTENT.has(tag) || inertTemplate) {
      this.dropping = tag;
      this.droppingDepth = 1;
      if (tag === "script" && /ld\+json/i.test(attributes?.get("type") ?? "")) this.script = "";
      return;
    }
    if (element) this.push(element);
  }

  private onCloseTag(tag: string): void {
    if (this.dropping !== "") {
      if (tag === this.dropping && --this.droppingDepth === 0) this.endDropped();
      return;
    }
    this.flushText();
    if (tag === "br") {
      this.insert("br", null);
      return;
    }
    if (this.folded.length > 0) {
      const lowest = Math.max(0, this.folded.length - FOLDED_SEARCH_MAX);
      for (let i = this.folded.length - 1; i >= lowest; i--) {
        if (this.folded[i] === tag) this.folded.length = i;
      }
      return;
    }
    if (!this.open.get(tag) || tag === "html" || tag === "body") return;
    this.closeUpTo(tag);
  }

  /** An HTML element ends an SVG that nobody closed, as in browsers; inside `foreignObject` it is part of the drawing. */
  private breaksOut(tag: string): boolean {
    if (this.dropping !== "svg") return false;
    if (tag === "foreignobject") this.inForeignObject = true;
    return !this.inForeignObject && BREAKS_OUT_OF_SVG.has(tag);
  }

  private endDropped(): void {
    this.inForeignObject = false;
    if (this.script !== null) {
      if (this.jsonLd.length < LIMITS.jsonLdScriptsMax) this.jsonLd.push(this.script);
      this.script = null;
    }
    this.dropping = "";
  }

  /** An end tag closes everything above its start tag, but not across a scope, and a formatting tag not across blocks. */
  private closeUpTo(tag: string): void {
    const formatting = FORMATTING.has(tag);
    for (let i = this.stack.length - 1; i > 1; i--) {
      const at = this.stack[i] as ElementNode;
      if (at.tag === tag) {
        this.popTo(i);
        return;
      }
      if (SCOPE.has(at.tag) && !SCOPE.has(tag) && tag !== "table") return;
      if (formatting && !FORMATTING.has(at.tag)) return;
    }
  }

  private closeImplied(tag: string): void {
    const top = this.stack.at(-1) as ElementNode;
    if (this.open.get("p") && CLOSES_P.has(tag)) this.closeInScope("p");
    if (HEADINGS.has(tag) && HEADINGS.has(top.tag)) this.popTo(this.stack.length - 1);
    const rule = CLOSED_BY.get(tag);
    if (!rule) return;
    for (let i = this.stack.length - 1; i > 1; i--) {
      const at = this.stack[i] as ElementNode;
      if (rule.closes.has(at.tag)) {
        this.popTo(i);
        if (!rule.repeat) return;
      } else if (rule.stops.has(at.tag)) return;
    }
  }

  private closeInScope(tag: string): void {
    for (let i = this.stack.length - 1; i > 1; i--) {
      const at = (this.stack[i] as ElementNode).tag;
      if (at === tag) {
        this.popTo(i);
        return;
      }
      if (SCOPE.has(at) || at === "button") return;
    }
  }

  private push(element: ElementNode): void {
    this.stack.push(element);
    this.open.set(element.tag, (this.open.get(element.tag) ?? 0) + 1);
  }

  private popTo(length: number): void {
    while (this.stack.length > length) {
      const popped = this.stack.pop() as ElementNode;
      this.open.set(popped.tag, (this.open.get(popped.tag) ?? 1) - 1);
    }
  }

  /** Null when a cap was reached: the element's text then belongs to its parent. */
  private insert(tag: string, attributes: Map<string, string> | null): ElementNode | null {
    if (this.nodes >= LIMITS.nodesMax) {
      this.truncated = true;
      return null;
    }
    if (this.stack.length >= LIMITS.depthMax && !VOID.has(tag)) return null;
    this.nodes++;
    const element = new ElementNode(tag, attributes);
    (this.stack.at(-1) as ElementNode).append(element);
    return element;
  }

  private flushText(): void {
    const { text } = this;
    if (text === "") return;
    this.text = "";
    const blank = /^\s*$/.test(text);
    if (!this.inBody) {
      const inTitle = this.stack.length > 2;
      if (blank && !inTitle) return;
      if (!inTitle) this.leaveHeadFor("#text");
    }
    if (this.nodes >= LIMITS.nodesMax) {
      this.truncated = true;
      return;
    }
    this.nodes++;
    (this.stack.at(-1) as ElementNode).append(new TextNode(text));
  }

  private mergeAttributes(tag: string, attributes: Map<string, string> | null): void {
    const element = tag === "html" ? this.root : tag === "body" ? this.body : this.head;
    if (attributes && !element.attributes) element.attributes = attributes;
    if (tag === "body") this.leaveHeadFor("body");
  }

  private leaveHeadFor(tag: string): void {
    if (this.inBody || HEAD_ONLY.has(tag)) return;
    this.inBody = true;
    this.popTo(1);
    this.stack.push(this.body);
  }
}

/** Custom and foreign elements may close themselves (`<x/>`); HTML's own may not. */
function isHtmlTag(tag: string): boolean {
  return !tag.includes(":") && tag !== "svg" && tag !== "math" && !MATHML_EMPTY.has(tag);
}

const MATHML_EMPTY = new Set(["mspace", "mprescripts", "none", "malignmark", "mglyph"]);
