import type { WorldScope } from "#services/live/world/world-scope.ts";

/** Finds words in this frame and paints them as CSS highlights, which leave the document as it is. */
export function findText(qui: WorldScope): void {
  const MATCHES_MAX = 1000;
  const ALL = "qui-found";
  const ONE = "qui-found-active";
  let matches: Range[] = [];
  let sheet: CSSStyleSheet | null = null;

  /** Runs of text between blocks, so that words in bold in the middle of a sentence are found too. */
  function* stretches(): Generator<{ text: string; nodes: { node: Text; at: number }[] }> {
    const walker = document.createTreeWalker(document.body ?? document, NodeFilter.SHOW_TEXT);
    let text = "";
    let nodes: { node: Text; at: number }[] = [];
    let block: Element | null = null;
    for (let node = walker.nextNode() as Text | null; node; node = walker.nextNode() as Text | null) {
      const parent = node.parentElement;
      if (!parent?.checkVisibility({ visibilityProperty: true, opacityProperty: false })) continue;
      if (parent.closest("script,style,noscript,textarea,select")) continue;
      let own: Element | null = parent;
      while (own && getComputedStyle(own).display.startsWith("inline")) own = own.parentElement;
      if (own !== block && text) {
        yield { text, nodes };
        text = "";
        nodes = [];
      }
      block = own;
      nodes.push({ node, at: text.length });
      // One character for one character keeps the offsets true.
      text += node.data.replace(/\s/g, " ");
    }
    if (text) yield { text, nodes };
  }

  function rangeOf(nodes: { node: Text; at: number }[], start: number, end: number): Range {
    const first = nodes.findLast(({ at }) => at <= start) ?? nodes[0];
    const last = nodes.findLast(({ at }) => at < end) ?? first;
    const range = document.createRange();
    if (!first || !last) return range;
    range.setStart(first.node, start - first.at);
    range.setEnd(last.node, Math.min(end - last.at, last.node.data.length));
    return range;
  }

  qui.offer("find", (query: string) => {
    matches = [];
    CSS.highlights.delete(ALL);
    CSS.highlights.delete(ONE);
    const words = query.replace(/\s+/g, " ");
    if (!words) return 0;
    const pattern = new RegExp(words.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"), "giu");
    for (const { text, nodes } of stretches()) {
      for (const match of text.matchAll(pattern)) {
        if (matches.length >= MATCHES_MAX) break;
        matches.push(rangeOf(nodes, match.index, match.index + match[0].length));
      }
    }
    if (matches.length === 0) return 0;
    if (!sheet) {
      sheet = new CSSStyleSheet();
      sheet.replaceSync(
        `::highlight(${ALL}) { background: #ffe27a; color: #111; } ::highlight(${ONE}) { background: #ff9a3c; color: #111; }`,
      );
    }
    if (!document.adoptedStyleSheets.includes(sheet))
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    CSS.highlights.set(ALL, new Highlight(...matches));
    return matches.length;
  });

  qui.offer("showMatch", (index: number) => {
    CSS.highlights.delete(ONE);
    const range = matches[index];
    if (!range) return;
    const highlight = new Highlight(range);
    highlight.priority = 1;
    CSS.highlights.set(ONE, highlight);
    const box = range.getBoundingClientRect();
    if (box.top < 0 || box.bottom > innerHeight || box.left < 0 || box.right > innerWidth)
      range.startContainer.parentElement?.scrollIntoView({ block: "center", inline: "nearest" });
  });

  qui.offer("clearFind", () => {
    matches = [];
    CSS.highlights.delete(ALL);
    CSS.highlights.delete(ONE);
    if (sheet) document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
  });
}
