import type { WorldScope } from "#services/live/world/world-scope.ts";

export interface WriteLimits {
  unitsMax: number;
  waitMs: number;
  /** With a head of its own, rather than as a part of the document around it. */
  isWhole: boolean;
}

/**
 * Writes the document as it is seen now, as plain HTML: shadow trees in the place where they show,
 * pictures with the source that was chosen, nothing that is not displayed, no script, and of a field
 * nothing but that it is there. What stands in a frame goes between two parts.
 */
export function writeDocument(qui: WorldScope): void {
  const NODES_MAX = 150_000;
  const FRAMES_MAX = 64;
  const listed = (names: string) => new Set(names.split(" "));
  const LEFT_OUT = listed("script style noscript template svg canvas datalist noembed noframes head title");
  const FIELDS = listed("input textarea select option button output progress meter");
  const WITHOUT_CONTENT = listed("input textarea select progress meter object embed video audio");
  const VOID = listed("area br col embed hr img input source track wbr");
  const RAW_TEXT = listed("xmp listing plaintext");
  const KEPT = listed(
    "id class lang dir role title alt itemprop itemtype itemscope datetime pubdate author aria-label " +
      "aria-hidden cite start reversed open colspan rowspan scope width height display encoding alttext " +
      "data-latex data-username data-author data-lang data-language data-enlighter-language",
  );
  const LAZY = listed(
    "srcset data-srcset data-lazy-srcset data-src data-lazy-src data-original data-hi-res-src data-full-src " +
      "data-url data-image data-actualsrc data-echo",
  );

  /** Names of a form's fields hide the form's own properties; what the interface itself reads, they do not. */
  function reader<T>(of: object, name: string): (from: object) => T {
    const get = Object.getOwnPropertyDescriptor(of, name)?.get;
    return (from) => get?.call(from) as T;
  }
  const firstChild = reader<Node | null>(Node.prototype, "firstChild");
  const nextSibling = reader<Node | null>(Node.prototype, "nextSibling");
  const attributesOf = reader<NamedNodeMap>(Element.prototype, "attributes");
  const shadowOf = reader<ShadowRoot | null>(Element.prototype, "shadowRoot");
  const localName = reader<string>(Element.prototype, "localName");
  const namespaceOf = reader<string | null>(Element.prototype, "namespaceURI");
  const bodyOf = reader<HTMLElement | null>(Document.prototype, "body");
  const rootOf = reader<HTMLElement | null>(Document.prototype, "documentElement");
  const attribute = (element: Element, name: string) =>
    Element.prototype.getAttribute.call(element, name) ?? "";
  const all = (selector: string) => Document.prototype.querySelectorAll.call(document, selector);

  const escaped = (text: string) =>
    text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
  const written = (name: string, value: string) => ` ${name}="${escaped(value.slice(0, 16_000))}"`;
  const absolute = (address: string) => URL.parse(address, document.baseURI)?.href ?? "";

  /** The frames of the newest document written, by their number. */
  let frames: Element[] = [];

  function childrenOf(node: Node): readonly Node[] {
    if (node instanceof HTMLSlotElement) {
      const given = node.assignedNodes();
      if (given.length > 0) return given;
    }
    const children: Node[] = [];
    const from = (node instanceof Element && shadowOf(node)) || node;
    for (let child = firstChild(from); child && children.length < NODES_MAX; child = nextSibling(child))
      children.push(child);
    return children;
  }

  /** Text for screen readers alone is cut down to a pixel; the source of a formula is kept in the same way. */
  function isCutAway(element: Element, style: CSSStyleDeclaration): boolean {
    if (style.position !== "absolute" && style.position !== "fixed") return false;
    if (style.overflow === "visible" && style.clipPath === "none" && style.clip === "auto") return false;
    const isDot = Number.parseFloat(style.width) <= 1 || Number.parseFloat(style.height) <= 1;
    return isDot && Element.prototype.querySelector.call(element, "math") === null;
  }

  function pictureSource(image: HTMLImageElement): string {
    const { currentSrc, naturalWidth, width, height } = image;
    const isThere = /^https?:/.test(currentSrc) && naturalWidth > 1;
    const size = width > 0 && height > 0 ? written("width", `${width}`) + written("height", `${height}`) : "";
    if (isThere) return written("src", currentSrc) + size;
    // Not loaded yet, or something that holds its place: the reader knows where pages keep the real address.
    let text = written("src", absolute(attribute(image, "src")));
    for (const { name, value } of attributesOf(image)) if (LAZY.has(name)) text += written(name, value);
    return text;
  }

  function addressesOf(element: Element, isWhole: boolean): string {
    if (element instanceof HTMLImageElement) return pictureSource(element);
    if (element instanceof HTMLAnchorElement || element instanceof HTMLAreaElement) {
      const href = attribute(element, "href");
      const name = attribute(element, "name");
      const isInside = isWhole && href.startsWith("#");
      const link = href ? written("href", isInside ? href : absolute(href)) : "";
      return link + (name ? written("name", name) : "");
    }
    if (element instanceof HTMLMediaElement) {
      const poster = attribute(element, "poster");
      const source = /^https?:/.test(element.currentSrc) ? written("src", element.currentSrc) : "";
      return source + (poster ? written("poster", absolute(poster)) : "");
    }
    if (element instanceof HTMLObjectElement) return written("data", absolute(attribute(element, "data")));
    if (element instanceof HTMLEmbedElement || element instanceof HTMLIFrameElement)
      return written("src", absolute(attribute(element, "src")));
    return "";
  }

  function openTag(tag: string, element: Element, isWhole: boolean): string {
    if (FIELDS.has(tag)) {
      const type = tag === "input" ? attribute(element, "type") : "";
      return `<${tag}${type ? written("type", type) : ""}>`;
    }
    let text = `<${tag}`;
    for (const { name, value } of attributesOf(element)) {
      const isSize = element instanceof HTMLImageElement && (name === "width" || name === "height");
      if (KEPT.has(name) && !isSize) text += written(name, value);
    }
    return `${text}${addressesOf(element, isWhole)}>`;
  }

  /** The body of a frame is a part of the page around it; names that only scripts can give are none of the text. */
  function tagOf(element: Element, isWhole: boolean): string {
    const tag = localName(element).toLowerCase();
    if (RAW_TEXT.has(tag)) return "pre";
    if (tag === "html" || (tag === "body" && !isWhole)) return "div";
    return /^[a-z][a-z0-9-]{0,40}$/.test(tag) ? tag : "div";
  }

  function writeHead(): string {
    const { title } = document;
    let text = `<title>${escaped(title.slice(0, 1_000))}</title><base href="${escaped(document.baseURI)}">`;
    for (const meta of all("meta[content]")) {
      const kind = ["property", "name", "itemprop"].find((each) => attribute(meta, each) !== "");
      const name = kind ? attribute(meta, kind) : "";
      const content = attribute(meta, "content");
      // An app changes the title and forgets what it was first called elsewhere.
      const isStale = /(?:^|:)title$/i.test(name) && !title.includes(content.trim());
      if (kind && !isStale) text += `<meta${written(kind, name)}${written("content", content)}>`;
    }
    for (const link of all("link[rel][href]")) {
      const rel = attribute(link, "rel").toLowerCase();
      const href = absolute(attribute(link, "href"));
      // Nor does it say of each of its views where that one belongs.
      const isOther =
        rel === "canonical" && (URL.parse(href)?.pathname !== location.pathname || location.hash);
      if (isOther || !/canonical|icon|alternate|author/.test(rel)) continue;
      const more = ["title", "type", "sizes"].map((name) => written(name, attribute(link, name)));
      text += `<link${written("rel", rel)}${written("href", href)}${more.join("")}>`;
    }
    for (const data of all('script[type="application/ld+json"]')) {
      const json = (data.textContent ?? "").slice(0, 200_000).replaceAll("</", "<\\/");
      text += `<script type="application/ld+json">${json}</script>`;
    }
    return text;
  }

  qui.offer("snapshot", ({ unitsMax, waitMs, isWhole }: WriteLimits) => {
    const untilMs = performance.now() + waitMs;
    const parts = [""];
    const found: { html: string; width: number; height: number; isForeign: boolean }[] = [];
    const body = bodyOf(document);
    const stack: (Node | string)[] = body ? [body] : [];
    let units = 0;
    let textUnits = 0;
    let nodes = 0;
    let isCut = false;
    frames = [];

    const put = (text: string) => {
      parts[parts.length - 1] += text;
      units += text.length;
    };
    const putFrame = (element: Element, html: string) => {
      const { width, height } = Element.prototype.getBoundingClientRect.call(element);
      const isForeign = element instanceof HTMLIFrameElement && element.contentDocument === null;
      found.push({ html, width, height, isForeign });
      frames.push(element);
      parts.push("");
    };
    const putElement = (element: Element) => {
      const tag = tagOf(element, isWhole);
      if (LEFT_OUT.has(tag)) return;
      const style = getComputedStyle(element);
      // Formulas keep their source where nothing shows it.
      const isFormula = namespaceOf(element)?.endsWith("MathML") ?? false;
      if (!isFormula && (style.display === "none" || isCutAway(element, style))) return;
      const isShown = isFormula || style.visibility === "visible";
      if (tag === "source" || tag === "track" || tag === "param") return;
      if (tag === "iframe" || tag === "frame") {
        const html = `${openTag("iframe", element, isWhole)}</iframe>`;
        if (isShown && frames.length < FRAMES_MAX) putFrame(element, html);
        return;
      }
      if (!isShown && (VOID.has(tag) || WITHOUT_CONTENT.has(tag))) return;
      put(openTag(tag, element, isWhole));
      if (VOID.has(tag)) return;
      stack.push(`</${tag}>`);
      if (WITHOUT_CONTENT.has(tag)) return;
      const children = childrenOf(element);
      for (let at = children.length - 1; at >= 0; at--) {
        const child = children[at] as Node;
        if (child instanceof Element || (isShown && child instanceof Text)) stack.push(child);
      }
    };

    if (isWhole) {
      const root = rootOf(document);
      const says = (name: string) =>
        root && attribute(root, name) ? written(name, attribute(root, name)) : "";
      put(`<!doctype html><html${says("lang")}${says("dir")}><head>${writeHead()}</head>`);
    }
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      if (typeof at === "string") {
        put(at);
        continue;
      }
      nodes += 1;
      isCut ||= units > unitsMax || nodes > NODES_MAX || (nodes % 256 === 0 && performance.now() > untilMs);
      // What is open is closed in order; nothing new is begun.
      if (isCut) continue;
      if (at instanceof Text) {
        const text = at.data.slice(0, Math.max(0, unitsMax - units));
        isCut = text.length < at.data.length;
        textUnits += text.trim().length;
        put(escaped(text));
      } else putElement(at as Element);
    }
    if (isWhole) put("</html>");
    return { parts, frames: found, textUnits, isCut };
  });

  /** Which of the frames of the newest document this element is; -1 when it is none. */
  qui.offer("frame-number", (element: Element) => frames.indexOf(element));
}
