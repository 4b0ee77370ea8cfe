import type { Block } from "#lib/protocol/document.ts";

/** Heading sizes in em of running text, by the level they are drawn at. */
export const HEADING_SIZES = { 2: 1.45, 3: 1.2, 4: 1.05, 5: 1, 6: 1 } as const;

export interface MarginContext {
  container: "page" | "item" | "quote" | "post" | "details";
  level: (block: Block) => 2 | 3 | 4 | 5 | 6;
}

type Kind = Block["type"] | "gallery" | "cards";

/** Space above and below a block in em of running text, as `components/document/styles/text.css` sets it. */
export function blockMargins(
  kind: Kind,
  block: Block,
  previous: { kind: Kind; bottom: number } | null,
  { container, level }: MarginContext,
): { top: number; bottom: number } {
  const own = ownMargins(kind, block, previous?.kind ?? null, container, level);
  if (previous === null) {
    const isFlush = container === "item" ? kind !== "heading" && kind !== "image" : container !== "page";
    return { top: isFlush ? 0 : own.top, bottom: own.bottom };
  }
  // The larger of two neighbouring margins holds, as in CSS.
  return { top: Math.max(0, own.top, previous.bottom), bottom: own.bottom };
}

function ownMargins(
  kind: Kind,
  block: Block,
  previous: Kind | null,
  container: MarginContext["container"],
  level: MarginContext["level"],
): { top: number; bottom: number } {
  const followsHeading = previous === "heading";
  switch (kind) {
    case "heading": {
      if (container === "item") return { top: 0.6 * 1.05, bottom: 0 };
      const size = HEADING_SIZES[level(block)];
      return { top: size * (followsHeading ? 1 : 1.9), bottom: 0 };
    }
    case "paragraph":
      return { top: followsHeading ? 0.55 : 0.95, bottom: 0 };
    case "list":
      return {
        top: followsHeading ? 0.55 : container === "item" && previous === "paragraph" ? 0.25 : 0.95,
        bottom: 0,
      };
    case "image":
    case "video":
      return container === "item" ? { top: 0.75, bottom: 0.75 } : { top: 1.5, bottom: 1.5 };
    case "gallery":
      return { top: 1.5, bottom: 1.5 };
    case "cards":
      return { top: 1.5, bottom: 0 };
    case "separator":
      return { top: 2.2, bottom: 2.2 };
    case "pageBreak":
      return { top: 1.95, bottom: 1.05 };
    case "post":
      return { top: 0, bottom: 0 };
    default:
      return { top: 0.95, bottom: 0 };
  }
}
