/** Deeper levels keep this indentation: a nesting bomb must not become a megabyte of spaces. */
const INDENT_DEPTH_MAX = 24;
/** Arrays and objects up to this length stay on one line. */
const INLINE_UNITS_MAX = 72;

/**
 * Indents JSON by its tokens, not by its parsed values: numbers of any size,
 * repeated keys and the order stay as the author wrote them. Never recurses, so
 * any depth is fine. `text` must be valid JSON; the result ends at `unitsMax`.
 */
export function formatJson(text: string, unitsMax: number): { text: string; isCut: boolean } {
  const parts: string[] = [];
  let units = 0;
  let depth = 0;
  const push = (part: string) => {
    parts.push(part);
    units += part.length;
  };
  const newLine = () => push(`\n${"  ".repeat(Math.min(depth, INDENT_DEPTH_MAX))}`);

  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(text); match; match = TOKEN.exec(text)) {
    if (units > unitsMax) return { text: parts.join(""), isCut: true };
    const token = match[0];
    if (token === "{" || token === "[") {
      const inline = inlineGroup(text, match.index);
      if (inline) {
        push(inline.text);
        TOKEN.lastIndex = inline.end;
        continue;
      }
      push(token);
      depth++;
      newLine();
    } else if (token === "}" || token === "]") {
      depth--;
      newLine();
      push(token);
    } else if (token === ",") {
      push(token);
      newLine();
    } else push(token === ":" ? ": " : token);
  }
  return { text: parts.join(""), isCut: false };
}

const TOKEN = /[{}[\],:]|"(?:[^"\\]|\\.)*"|[^\s{}[\],:"]+/g;

/** A short group without groups inside, or an empty one, as one line. */
function inlineGroup(text: string, start: number): { text: string; end: number } | null {
  const window = text.slice(start, start + INLINE_UNITS_MAX * 2);
  const body = text[start] === "[" ? /^\[(?:[^[\]{}"]|"(?:[^"\\]|\\.)*")*\]/ : /^\{\s*\}/;
  const group = body.exec(window)?.[0];
  if (group === undefined) return null;
  const tokens = group.match(TOKEN) ?? [];
  const line = tokens.map((token) => (token === "," ? ", " : token)).join("");
  return line.length <= INLINE_UNITS_MAX ? { text: line, end: start + group.length } : null;
}
