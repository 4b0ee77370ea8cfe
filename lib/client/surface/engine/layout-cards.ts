import { firstStrongDirection } from "#lib/client/surface/engine/direction.ts";
import type { DisplayList } from "#lib/client/surface/engine/display-list.ts";
import type { LayoutContext, LayoutSteps, Room } from "#lib/client/surface/engine/layout-context.ts";
import { addPicture } from "#lib/client/surface/engine/layout-media.ts";
import { layoutText } from "#lib/client/surface/engine/layout-text.ts";
import { sansStyle, type TextStyle } from "#lib/client/surface/engine/typography.ts";
import { displayUrl } from "#lib/core/reading/link-target.ts";
import type { CardBlock } from "#lib/protocol/document.ts";

export type CardLayout = "grid" | "list" | "results";

/** A row of a listing is a grid when most of its items have a picture, else a list of links. */
export function cardLayout(
  { document, typography, media }: LayoutContext,
  cards: readonly CardBlock[],
): CardLayout {
  if (document.kind === "search") return "results";
  const pictured = cards.filter((card) => card.media && media.has(card.media)).length;
  return typography.areImagesShown && pictured * 2 >= cards.length ? "grid" : "list";
}

export function* layoutCards(
  context: LayoutContext,
  cards: readonly CardBlock[],
  room: Room,
  y: number,
  list: DisplayList,
): LayoutSteps<number> {
  const layout = cardLayout(context, cards);
  const { emPx } = context.typography;
  const isGrid = layout === "grid";
  const gap = 1.5 * emPx;
  const columns = isGrid
    ? Math.max(1, Math.floor((room.width + gap) / (Math.min(room.width, 15 * emPx) + gap)))
    : 1;
  const width = Math.floor((room.width - gap * (columns - 1)) / columns);
  let at = y;
  for (let first = 0; first < cards.length; first += columns) {
    if (!isGrid && first > 0 && layout === "list") {
      list.addBox({ x: room.x, y: at, width: room.width, height: 1, fill: "line" });
    }
    let bottom = at;
    cards.slice(first, first + columns).forEach((card, column) => {
      const place = room.dir === "rtl" ? columns - 1 - column : column;
      const dir = firstStrongDirection(card.title || card.text, room.dir);
      const cell: Room = { x: room.x + place * (width + gap), width, dir };
      const box = list.addBlock(card.id, cell.x, at, cell.width);
      const end = isGrid
        ? layoutTall(context, card, cell, at, list)
        : layoutFlat(context, card, cell, at, list, layout);
      box.height = end - at;
      list.areas.push({
        x: cell.x,
        y: at,
        width,
        height: end - at,
        blockId: card.id,
        href: card.href,
        action: null,
      });
      bottom = Math.max(bottom, end);
    });
    at = bottom + (isGrid && first + columns < cards.length ? 1.75 * emPx : 0);
    list.reachedPx = at;
    yield;
  }
  return at;
}

function layoutTall(
  context: LayoutContext,
  card: CardBlock,
  room: Room,
  y: number,
  list: DisplayList,
): number {
  const picture = card.media ? context.media.get(card.media) : undefined;
  let at = y;
  if (picture) {
    const height = Math.round((room.width * 10) / 16);
    addPicture(
      context,
      { media: picture, alt: "", x: room.x, y, width: room.width, height, fit: "cover" },
      list,
    );
    at += height + 0.7 * context.typography.emPx;
  }
  return layoutWords(context, card, room, at, list, "grid");
}

function layoutFlat(
  context: LayoutContext,
  card: CardBlock,
  room: Room,
  y: number,
  list: DisplayList,
  layout: CardLayout,
): number {
  const { emPx, areImagesShown } = context.typography;
  const pad = 0.9 * emPx;
  const picture = card.media && areImagesShown ? context.media.get(card.media) : undefined;
  const beside = picture ? { width: 7 * emPx, height: 5 * emPx } : { width: 0, height: 0 };
  if (picture) {
    const x = room.dir === "ltr" ? room.x + room.width - beside.width : room.x;
    addPicture(context, { media: picture, alt: "", x, y: y + pad, ...beside, fit: "cover" }, list);
  }
  const taken = picture ? beside.width + 1.25 * emPx : 0;
  const text = { ...room, x: room.x + (room.dir === "rtl" ? taken : 0), width: room.width - taken };
  const end = layoutWords(context, card, text, y + pad, list, layout);
  return Math.max(end, y + pad + beside.height) + pad;
}

function layoutWords(
  context: LayoutContext,
  card: CardBlock,
  room: Room,
  y: number,
  list: DisplayList,
  layout: CardLayout,
): number {
  const { typography } = context;
  const isResult = layout === "results";
  let at = y;
  const add = (text: string, style: TextStyle, offset: number | null, linesMax?: number): void => {
    const own = { runs: [{ text }], style, room, y: at, blockId: offset === null ? null : card.id };
    const limited = linesMax === undefined ? own : { ...own, linesMax };
    at += layoutText(context, { ...limited, offset: offset ?? 0 }, list);
  };
  if (isResult) add(displayUrl(card.href), sansStyle(typography, 0.72, 1.5, { color: "muted" }), null, 1);
  const title = sansStyle(typography, isResult ? 1.05 : 0.95, 1.35, {
    weight: 600,
    color: isResult ? "accent" : "ink",
  });
  add(card.title || displayUrl(card.href), title, card.title ? 0 : null);
  if (card.text) {
    at += 0.2 * typography.emPx;
    add(
      card.text,
      sansStyle(typography, 0.82, 1.5, { color: "muted" }),
      card.title ? card.title.length + 1 : 0,
      3,
    );
  }
  return at;
}
