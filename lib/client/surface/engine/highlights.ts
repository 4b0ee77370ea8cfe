import type { TextRange } from "#lib/core/reading/find.ts";

export interface Highlight {
  start: number;
  end: number;
  kind: "selection" | "match" | "active";
}

/** Stretches of text that are painted over a colour. The active match lies over the others, the selection over both. */
export class Highlights {
  #selection: ReadonlyMap<string, Highlight[]> = new Map();
  #matches: ReadonlyMap<string, Highlight[]> = new Map();

  select(ranges: readonly TextRange[]): void {
    this.#selection = byBlock(ranges, () => "selection");
  }

  match(ranges: readonly TextRange[], active: number): void {
    this.#matches = byBlock(ranges, (index) => (index === active ? "active" : "match"));
  }

  of(blockId: string): readonly Highlight[] {
    const [matches, selection] = [this.#matches.get(blockId), this.#selection.get(blockId)];
    return [...(matches ?? []), ...(selection ?? [])];
  }
}

function byBlock(
  ranges: readonly TextRange[],
  kindOf: (index: number) => Highlight["kind"],
): ReadonlyMap<string, Highlight[]> {
  const found = new Map<string, Highlight[]>();
  ranges.forEach(({ blockId, start, end }, index) => {
    const highlight = { start, end, kind: kindOf(index) };
    const known = found.get(blockId);
    if (known) known.push(highlight);
    else found.set(blockId, [highlight]);
  });
  return found;
}
