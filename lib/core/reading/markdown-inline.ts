import type { Mark, Run } from "#lib/protocol/document.ts";

type Layer = { has: (run: Run) => boolean; open: string; close: string; tag: string };

const LAYERS: readonly Layer[] = [
  layer("strike", "~~", "del"),
  layer("bold", "**", "strong"),
  layer("italic", "*", "em"),
];

function layer(mark: Mark, delimiter: string, tag: string): Layer {
  return { has: (run) => run.marks?.includes(mark) ?? false, open: delimiter, close: delimiter, tag };
}

/** Runs as GitHub Flavored Markdown. Text that only looks like markup is escaped; line feeds become spaces. */
export function inlineMarkdown(runs: readonly Run[]): string {
  let markdown = "";
  for (const group of groupBy(runs, (run) => run.href ?? "")) {
    const text = renderLayers(group, 0, markdown.at(-1) ?? "");
    const href = group[0]?.href ?? "";
    const isLink = href !== "" && !href.startsWith("#") && text.trim() !== "";
    markdown += isLink ? `[${text.trim()}](${linkTarget(href)})` : text;
  }
  return escapeLineStart(markdown);
}

function renderLayers(runs: readonly Run[], depth: number, before: string): string {
  const current = LAYERS[depth];
  if (!current) return runs.map(renderLeaf).join("");
  const groups = groupBy(runs, current.has);
  let markdown = "";
  groups.forEach((group, index) => {
    const inner = renderLayers(group, depth + 1, markdown.at(-1) ?? before);
    const isWrapped = group[0] !== undefined && current.has(group[0]);
    const after = groups[index + 1]?.[0]?.text[0] ?? "";
    markdown += isWrapped ? wrap(inner, current, markdown.at(-1) ?? before, after) : inner;
  });
  return markdown;
}

/** Delimiters must touch the text they mark (CommonMark 6.2); where the rules for flanking fail, the HTML tag says the same. */
function wrap(inner: string, { open, close, tag }: Layer, before: string, after: string): string {
  const core = inner.trim();
  if (!core) return inner;
  const lead = inner.slice(0, inner.indexOf(core));
  const trail = inner.slice(lead.length + core.length);
  const opens = lead !== "" || !isWord(before) || !isPunctuation(core[0] ?? "");
  const closes = trail !== "" || !isWord(after) || !isPunctuation(core.at(-1) ?? "");
  return opens && closes
    ? `${lead}${open}${core}${close}${trail}`
    : `${lead}<${tag}>${core}</${tag}>${trail}`;
}

const isWord = (character: string): boolean => /[^\s\p{P}\p{S}]/u.test(character);
const isPunctuation = (character: string): boolean => /[\p{P}\p{S}]/u.test(character);

function renderLeaf(run: Run): string {
  const text = run.text.replace(/\s+/g, " ");
  let markdown = run.marks?.includes("code") ? codeSpan(text) : escapeMarkdown(text);
  for (const tag of ["sub", "sup", "mark"] as const) {
    if (run.marks?.includes(tag)) markdown = `<${tag}>${markdown}</${tag}>`;
  }
  return markdown;
}

function codeSpan(text: string): string {
  if (!text.trim()) return text;
  const fence = "`".repeat(longestRun(text, "`") + 1);
  const pad = text.startsWith("`") || text.endsWith("`") ? " " : "";
  return `${fence}${pad}${text}${pad}${fence}`;
}

export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*[\]<>~|]|&(?=#?\w+;)|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "\\$&");
}

/** What would open a heading, a list, a rule or a setext line at the start of a paragraph. */
function escapeLineStart(markdown: string): string {
  return markdown
    .replace(/^(\s*)(#{1,6}(?=\s|$)|[-+](?=\s|$)|-(?=-)|=)/, "$1\\$2")
    .replace(/^(\s*\d{1,9})([.)])(?=\s|$)/, "$1\\$2");
}

export function linkTarget(href: string): string {
  return /[\s()<>]/.test(href) ? `<${href.replace(/[\s<>]/g, encodeURIComponent)}>` : href;
}

/** Length of the longest run of one character in a text. */
export function longestRun(text: string, character: string): number {
  let longest = 0;
  let current = 0;
  for (const other of text) {
    current = other === character ? current + 1 : 0;
    longest = Math.max(longest, current);
  }
  return longest;
}

/** Splits a list into stretches of neighbours with the same key. */
function groupBy<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Item[][] {
  const groups: Item[][] = [];
  let key: Key | undefined;
  for (const item of items) {
    const own = keyOf(item);
    const last = groups.at(-1);
    if (last && own === key) last.push(item);
    else groups.push([item]);
    key = own;
  }
  return groups;
}
