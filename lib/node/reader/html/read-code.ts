import { type ElementNode, findFirst, type TreeNode } from "#lib/node/reader/html/node.ts";
import { SCOPE } from "#lib/node/reader/html/tree-rules.ts";

const GUTTER =
  /(?:^|[\s_-])(?:gutter|lineno|linenos|line-?numbers?(?:-rows)?|linenodiv|rouge-gutter|blob-num|ln-num)(?:\s|$)/i;
const CONTROL = /(?:^|[\s_-])(?:copy|clipboard|toolbar|copy-button)(?:[\s_-]|$)/i;
const LINE = /(?:^|\s)(?:line|token-line|code-line|view-line|cl)(?:\s|$)/;
const UNITS_MAX = 400_000;

/** A `<pre>` as its author wrote it: line numbers and copy buttons left out, highlighting spans flattened. */
export function codeText(pre: ElementNode): string {
  const parts: string[] = [];
  let units = 0;
  let last = "";
  const add = (text: string): void => {
    if (text === "" || units > UNITS_MAX) return;
    parts.push(text);
    units += text.length;
    last = text;
  };
  const visit = (node: TreeNode): void => {
    if (node.isText) {
      add(node.text);
      return;
    }
    if (node.tag === "br") {
      add("\n");
      return;
    }
    if (node.tag === "button" || node.tag === "script" || node.tag === "style") return;
    const names = node.attribute("class");
    if (names !== "" && (GUTTER.test(names) || CONTROL.test(names))) return;
    const startsLine =
      node.tag === "div" || node.tag === "p" || node.tag === "tr" || node.tag === "li" || LINE.test(names);
    if (startsLine && last !== "" && !last.endsWith("\n")) add("\n");
    for (const child of node.children) visit(child);
    if (
      (node.tag === "div" || node.tag === "tr" || node.tag === "li" || node.tag === "p") &&
      !last.endsWith("\n")
    )
      add("\n");
  };
  for (const child of pre.children) visit(child);
  return parts
    .join("")
    .replace(/\r\n?/g, "\n")
    .replace(/^\n+|\s+$/g, "");
}

const LANGUAGE =
  /(?:^|\s)(?:language-|lang-|highlight-source-|highlight-|brush:\s*|hljs\s+|sourceCode\s+|prettyprint\s+lang-)([a-z0-9+#._-]{1,24})/i;
const NOT_A_LANGUAGE = new Set([
  "none",
  "text",
  "plain",
  "plaintext",
  "default",
  "code",
  "wrapper",
  "source",
  "block",
  "hljs",
  "pre",
]);

/** The language as highlighters name it in classes or data attributes of the code or what is around it. */
export function codeLanguage(pre: ElementNode): string | null {
  const inner = findFirst(pre, (node) => node.tag === "code");
  const nodes: (ElementNode | null)[] = [inner, pre, pre.parent, pre.parent?.parent ?? null];
  for (const node of nodes) {
    if (!node || SCOPE.has(node.tag)) continue;
    const stated =
      node.attribute("data-lang") ||
      node.attribute("data-language") ||
      node.attribute("data-enlighter-language");
    const name = stated || LANGUAGE.exec(node.attribute("class"))?.[1] || "";
    const language = name.toLowerCase();
    if (/^[a-z0-9+#._-]{1,24}$/.test(language) && !NOT_A_LANGUAGE.has(language)) return language;
  }
  return null;
}
