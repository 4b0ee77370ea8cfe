import { collapse, type ElementNode, findFirst, rawText } from "#lib/node/reader/html/node.ts";

const TEX_UNITS_MAX = 20_000;

/** TeX source that KaTeX, MathJax, MediaWiki or plain MathML left beside the drawing, or null. */
export function mathTex(node: ElementNode): string | null {
  const annotation = findFirst(
    node,
    (at) => at.tag === "annotation" && /tex/i.test(at.attribute("encoding")),
  );
  const math = node.tag === "math" ? node : findFirst(node, (at) => at.tag === "math");
  const tex = annotation
    ? rawText(annotation, TEX_UNITS_MAX)
    : (math?.attribute("alttext") ?? node.attribute("data-latex"));
  const text = collapse(tex).slice(0, TEX_UNITS_MAX);
  return text === "" ? null : text;
}

/** KaTeX and MathJax keep the source beside what they drew. */
export function isRenderedMath(node: ElementNode): boolean {
  return (
    node.tag === "mjx-container" ||
    /(?:^|\s)(?:katex|katex-display|MathJax|mwe-math-element)(?:\s|$)/.test(node.attribute("class"))
  );
}

export function isDisplayMath(node: ElementNode): boolean {
  return (
    node.attribute("display") === "block" ||
    node.attribute("display") === "true" ||
    /display/i.test(node.attribute("class"))
  );
}
