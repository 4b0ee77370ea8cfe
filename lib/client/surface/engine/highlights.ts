import type { TextRange } from "#lib/core/reading/find.ts";

export interface Highlight {
  start: number;
  end: number;
  kind: "selection" | "match" | "active";
}

/** Stretches of text that are painted over a colour, by block. */
export interface Highlights {
  of(blockId: string): readonly Highlight[] | undefined;
}

export const NO_HIGHLIGHTS: Highlights = { of: () => undefined };

/** Matches lie under the selection, the active one over the others. */
export function createHighlights(
  selection: readonly TextRange[],
  matches: readonly TextRange[],
  active: number,
): Highlights {
  const byBlock = new Map<string, Highlight[]>();
  const add = ({ blockId, start, end }: TextRange, kind: Highlight["kind"]): void => {
    const ranges = byBlock.get(blockId);
    if (ranges) ranges.push({ start, end, kind });
    else byBlock.set(blockId, [{ start, end, kind }]);
  };
  matches.forEach((match, index) => {
    if (index !== active) add(match, "match");
  });
  const current = matches[active];
  if (current) add(current, "active");
  for (const range of selection) add(range, "selection");
  return { of: (blockId) => byBlock.get(blockId) };
}
