export interface FrontMatter {
  /** Keys in lower case; only plain one-line values. */
  values: Map<string, string>;
  body: string;
}

/** The YAML or TOML block that many tools put at the head of a Markdown file, split from it. */
export function splitFrontMatter(text: string): FrontMatter {
  const match = /^(---|\+\+\+)[ \t]*\n([\s\S]{0,20000}?)\n(?:\1|\.\.\.)[ \t]*(?:\n|$)/.exec(text);
  if (!match) return { values: new Map(), body: text };
  const values = new Map<string, string>();
  for (const line of (match[2] ?? "").split("\n")) {
    const pair = /^([\w-]{1,40})[ \t]*[:=][ \t]*(.+)$/.exec(line);
    if (!pair) {
      // A line that is neither a pair, nor nested, nor a comment: this was a rule, then text.
      if (/^[^\s#[\]{}-]/.test(line)) return { values: new Map(), body: text };
      continue;
    }
    values.set((pair[1] ?? "").toLowerCase(), unquote((pair[2] ?? "").trim()));
  }
  return { values, body: text.slice(match[0].length) };
}

function unquote(value: string): string {
  const quoted = /^(["'])(.*)\1$/.exec(value);
  return quoted?.[2] ?? value;
}
