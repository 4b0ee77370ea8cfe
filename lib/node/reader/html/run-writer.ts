import { needsSpace } from "#lib/node/reader/html/needs-space.ts";
import type { Mark, Run } from "#lib/protocol/document.ts";

export interface InlineStyle {
  marks: readonly Mark[];
  href: string | null;
}

export const PLAIN: InlineStyle = { marks: [], href: null };

/** Everything a browser would not draw or that could reorder what stands around it, line feeds aside. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
const UNSEEN = /[\u0000-\u0008\u000e-\u001f\u007f\u00ad\u200b\u2060\ufeff]/g;

/** Collects inline text as runs, collapsing white space across them as CSS does. */
export class RunWriter {
  private runs: Run[] = [];
  private endsInSpace = true;
  private atSeam = false;

  /** Two inline elements touch here: see `needsSpace`. */
  seam(): void {
    this.atSeam = true;
  }

  text(raw: string, style: InlineStyle): void {
    let text = raw.replace(/[\t\n\f\r ]+/g, " ").replace(UNSEEN, "");
    if (this.endsInSpace && text.startsWith(" ")) text = text.slice(1);
    if (text === "") return;
    const last = this.runs.at(-1);
    if (this.atSeam && last && needsSpace(last.text, text)) text = ` ${text}`;
    this.atSeam = false;
    this.endsInSpace = text.endsWith(" ");
    this.push(text, style);
  }

  lineBreak(): void {
    this.trimEnd();
    if (this.runs.length === 0) return;
    this.push("\n", PLAIN);
    this.endsInSpace = true;
  }

  /** Ends the paragraph; empty when there was nothing to read. */
  take(): Run[] {
    this.trimEnd();
    const { runs } = this;
    this.runs = [];
    this.endsInSpace = true;
    return runs.some((run) => /\S/.test(run.text)) ? runs : [];
  }

  get isEmpty(): boolean {
    return this.runs.length === 0;
  }

  private push(text: string, style: InlineStyle): void {
    const last = this.runs.at(-1);
    if (last && sameStyle(last, style)) {
      last.text += text;
      return;
    }
    const run: Run = { text };
    if (style.marks.length > 0) run.marks = [...style.marks];
    if (style.href) run.href = style.href;
    this.runs.push(run);
  }

  private trimEnd(): void {
    for (let last = this.runs.at(-1); last; last = this.runs.at(-1)) {
      last.text = last.text.replace(/[ \n]+$/, "");
      if (last.text !== "") return;
      this.runs.pop();
    }
  }
}

function sameStyle(run: Run, style: InlineStyle): boolean {
  if ((run.href ?? null) !== style.href) return false;
  const marks = run.marks ?? [];
  return marks.length === style.marks.length && marks.every((mark, i) => mark === style.marks[i]);
}

export function withMark(style: InlineStyle, mark: Mark): InlineStyle {
  return style.marks.includes(mark) ? style : { ...style, marks: [...style.marks, mark] };
}
