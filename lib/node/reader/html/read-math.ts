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
