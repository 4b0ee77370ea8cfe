import type { TextMetricsSource } from "#lib/client/surface/engine/text-metrics.ts";
import type { Typography } from "#lib/client/surface/engine/typography.ts";
import type { Document } from "#lib/protocol/document.ts";
import type { PageMedia } from "#lib/protocol/pages.ts";

export interface LayoutContext {
  typography: Typography;
  metrics: TextMetricsSource;
  document: Document;
  media: ReadonlyMap<string, PageMedia>;
  headingLevels: ReadonlyMap<string, 2 | 3 | 4 | 5 | 6>;
  /** Folded sections that stand open. */
  open: ReadonlySet<string>;
  /** Ours: its links may name commands. */
  isOwn: boolean;
}

/** The room a block has: its left edge, its width, and which way its text runs. */
export interface Room {
  x: number;
  width: number;
  dir: "ltr" | "rtl";
}

/** Layout is a generator so that it can pause anywhere; a promise asks to go on only after that (a font that loads). */
export type LayoutSteps<Result> = Generator<Promise<void> | undefined, Result, void>;

/** A room smaller by so much at the side where lines begin. */
export function indented({ x, width, dir }: Room, px: number): Room {
  const rest = Math.max(24, width - px);
  return { x: dir === "ltr" ? x + width - rest : x, width: rest, dir };
}

export function inset({ x, width, dir }: Room, px: number): Room {
  return { x: x + px, width: Math.max(24, width - 2 * px), dir };
}

/** A room of so much width in the middle. */
export function centred(context: LayoutContext, widthPx: number, dir: "ltr" | "rtl"): Room {
  return { x: Math.round((context.typography.widthPx - widthPx) / 2), width: widthPx, dir };
}
