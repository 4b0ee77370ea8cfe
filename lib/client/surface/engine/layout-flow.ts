import { blockMargins, HEADING_SIZES, type MarginContext } from "#lib/client/surface/engine/block-margins.ts";
import { firstStrongDirection } from "#lib/client/surface/engine/direction.ts";
import type { DisplayList } from "#lib/client/surface/engine/display-list.ts";
import { type BlockGroup, firstBlock, groupBlocks } from "#lib/client/surface/engine/group-blocks.ts";
import { cardLayout, layoutCards } from "#lib/client/surface/engine/layout-cards.ts";
import { layoutCode, layoutMath } from "#lib/client/surface/engine/layout-code.ts";
import {
  indented,
  inset,
  type LayoutContext,
  type LayoutSteps,
  type Room,
} from "#lib/client/surface/engine/layout-context.ts";
import {
  addPicture,
  layoutEmbed,
  layoutImage,
  layoutVideo,
} from "#lib/client/surface/engine/layout-media.ts";
import { layoutButtons, layoutLongText } from "#lib/client/surface/engine/layout-paragraph.ts";
import { layoutTable } from "#lib/client/surface/engine/layout-table.ts";
import { layoutText } from "#lib/client/surface/engine/layout-text.ts";
import { listMarker } from "#lib/client/surface/engine/list-marker.ts";
import { fontOf, resized, sansStyle, type TextStyle } from "#lib/client/surface/engine/typography.ts";
import { blocksText } from "#lib/core/document/block-text.ts";
import type { Block, CardBlock, ImageBlock, ListBlock } from "#lib/protocol/document.ts";

export interface Flow {
  context: LayoutContext;
  container: MarginContext["container"];
  /** How deep in lists. */
  depth: number;
  list: DisplayList;
}

export interface Previous {
  kind: Parameters<typeof blockMargins>[0];
  bottom: number;
}

/** Blocks one under the other. Returns where they end. */
export function* layoutFlow(
  flow: Flow,
  blocks: readonly Block[],
  room: Room,
  y: number,
): LayoutSteps<number> {
  let at = y;
  let previous: Previous | null = null;
  for (const group of groupBlocks(blocks)) {
    const placed: { bottom: number; previous: Previous } = yield* layoutGroup(
      flow,
      group,
      room,
      at,
      previous,
    );
    at = placed.bottom;
    previous = placed.previous;
    flow.list.reachedPx = at;
    yield;
  }
  return at + (previous?.bottom ?? 0) * flow.context.typography.emPx;
}

/** One group below another, with the space between them. The space below it is left to what follows. */
export function* layoutGroup(
  flow: Flow,
  group: BlockGroup,
  room: Room,
  y: number,
  previous: Previous | null,
): LayoutSteps<{ bottom: number; previous: Previous }> {
  const { context, container, list } = flow;
  const first = firstBlock(group);
  if (!first) return { bottom: y, previous: { kind: "paragraph", bottom: 0 } };
  const kind = group.kind === "block" ? group.block.type : group.kind;
  const level = (block: Block) => context.headingLevels.get(block.id) ?? 2;
  const isPlainCards = group.kind === "cards" && cardLayout(context, group.cards) !== "grid";
  const margins = blockMargins(kind, first, previous, { container, level });
  const top = y + (isPlainCards ? 0 : margins.top) * context.typography.emPx;
  const after = { kind, bottom: margins.bottom };
  if (group.kind === "cards") {
    const bottom = yield* layoutCards(context, group.cards, cardRoom(flow, group.cards, room), top, list);
    return { bottom, previous: after };
  }
  if (group.kind === "gallery") {
    return { bottom: layoutGallery(context, group.images, room, top, list), previous: after };
  }
  const box = list.addBlock(group.block.id, room.x, top, room.width);
  const isFirst = previous === null;
  const bottom = yield* layoutBlock(flow, group.block, room, top, isFirst);
  box.height = bottom - top;
  return { bottom, previous: after };
}

function* layoutBlock(
  flow: Flow,
  block: Exclude<Block, CardBlock>,
  room: Room,
  y: number,
  isFirst: boolean,
): LayoutSteps<number> {
  const { context, list } = flow;
  const { typography } = context;
  const { emPx, body, isJustified } = typography;
  switch (block.type) {
    case "heading": {
      const size = flow.container === "item" ? 1.05 : HEADING_SIZES[context.headingLevels.get(block.id) ?? 2];
      const style: TextStyle = { ...resized(body, size, 1.25), weight: 650 };
      return y + layoutText(context, { runs: block.runs, style, room, y, blockId: block.id }, list);
    }
    case "paragraph": {
      if (context.isOwn && block.runs.every(({ href }) => href?.startsWith("qui:command/"))) {
        return layoutButtons(context, block, room, y, list);
      }
      return yield* layoutLongText(
        context,
        { runs: block.runs, style: body, room, y, blockId: block.id, isJustified },
        list,
      );
    }
    case "list":
      return yield* layoutList(flow, block, room, y);
    case "quote": {
      const bar = list.addBox({
        x: room.dir === "ltr" ? room.x : room.x + room.width - 3,
        y,
        width: 3,
        fill: "quoteBar",
      });
      const inner = indented(room, 3 + 1.1 * emPx);
      let at = yield* layoutFlow({ ...flow, container: "quote" }, block.blocks, inner, y);
      if (block.cite) {
        const style = sansStyle(typography, 0.8, 1.5, { color: "muted" });
        const runs = [{ text: `— ${block.cite}` }];
        at += 0.4 * emPx;
        at += layoutText(context, { runs, style, room: inner, y: at, blockId: null }, list);
      }
      bar.height = at - y;
      return at;
    }
    case "details":
      return yield* layoutDetails(flow, block, room, y);
    case "post":
      return yield* layoutPost(flow, block, room, y, isFirst);
    case "separator": {
      const width = Math.min(room.width, 6 * emPx);
      list.addBox({ x: room.x + (room.width - width) / 2, y, width, height: 1, fill: "faint" });
      return y + 1;
    }
    case "pageBreak": {
      const style = sansStyle(typography, 0.75, 1, { weight: 500, color: "muted" });
      const runs = [{ text: `Page ${block.page}` }];
      const height = layoutText(context, { runs, style, room, y, blockId: null, align: "center" }, list);
      const side = Math.max(0, (room.width - 6 * emPx) / 2);
      for (const x of [room.x, room.x + room.width - side]) {
        list.addBox({ x, y: Math.round(y + height / 2), width: side, height: 1, fill: "line" });
      }
      return y + height;
    }
    case "code":
      return yield* layoutCode(context, block, room, y, list);
    case "math":
      return yield* layoutMath(context, block, room, y, list);
    case "table": {
      const isWide = flow.container === "page";
      const width = isWide ? typography.widePx : room.width;
      const full = { ...room, x: room.x - (width - room.width) / 2, width };
      return yield* layoutTable(context, block, { full, least: room }, y, list);
    }
    case "image":
      return layoutImage(context, block, room, y, list, flow.container === "item");
    case "video":
      return layoutVideo(context, block, room, y, list);
    case "embed":
      return layoutEmbed(context, block, room, y, list);
  }
}

/** A grid takes the wide column where it stands in the page itself. */
function cardRoom({ context, container }: Flow, cards: readonly CardBlock[], room: Room): Room {
  if (container !== "page" || cardLayout(context, cards) !== "grid") return room;
  const width = context.typography.widePx;
  return { ...room, x: room.x - (width - room.width) / 2, width };
}

function* layoutList(flow: Flow, block: ListBlock, room: Room, y: number): LayoutSteps<number> {
  const { context, list } = flow;
  const { emPx, body } = context.typography;
  const inner = indented(room, (block.ordered ? 1.8 : 1.4) * emPx);
  const depth = flow.depth + 1;
  let at = y;
  for (const [index, item] of block.items.entries()) {
    if (index > 0) at += 0.35 * emPx;
    const first = item[0];
    if (first?.type !== "image") {
      const number = (block.start ?? 1) + index;
      const isNextToHeading = first?.type === "heading";
      const markerY = at + (isNextToHeading ? 0.6 * 1.05 * emPx : 0);
      listMarker(context, { isOrdered: block.ordered, number, depth, room, inner, y: markerY }, list);
    }
    const end = yield* layoutFlow({ ...flow, container: "item", depth }, item, inner, at);
    at = Math.max(end, at + (item.length === 0 ? body.lineHeightPx : 0));
    list.reachedPx = at;
  }
  return at;
}

function* layoutDetails(
  flow: Flow,
  block: Extract<Block, { type: "details" }>,
  room: Room,
  y: number,
): LayoutSteps<number> {
  const { context, list } = flow;
  const { emPx, body } = context.typography;
  const isOpen = context.open.has(block.id);
  const box = list.addBox({ x: room.x, y, width: room.width, stroke: "line", radiusPx: 8 });
  const content = inset(room, emPx);
  const line = y + 0.7 * emPx;
  const text = indented(content, 1.2 * emPx);
  const style: TextStyle = { ...body, weight: 600 };
  const isRtl = room.dir === "rtl";
  const x = isRtl ? content.x + content.width - 0.4 * emPx : content.x + 0.4 * emPx;
  const shape = { shape: isOpen ? "open" : "closed", sizePx: 0.6 * emPx, color: "muted", isRtl } as const;
  list.marks.push({ kind: "shape", ...shape, x, y: line + style.lineHeightPx / 2 });
  const summary = block.summary.length > 0 ? block.summary : [{ text: "Details" }];
  const blockId = block.summary.length > 0 ? block.id : null;
  let at = line + layoutText(context, { runs: summary, style, room: text, y: line, blockId }, list);
  const height = at + 0.7 * emPx - y;
  list.areas.push({
    x: room.x,
    y,
    width: room.width,
    height,
    blockId: block.id,
    href: null,
    action: "toggle",
  });
  if (isOpen) {
    at = yield* layoutFlow({ ...flow, container: "details" }, block.blocks, content, at + 0.6 * emPx);
  }
  box.height = at + 0.7 * emPx - y;
  return y + box.height;
}

const dates = new Intl.DateTimeFormat(undefined, { dateStyle: "medium" });

function* layoutPost(
  flow: Flow,
  block: Extract<Block, { type: "post" }>,
  room: Room,
  y: number,
  isFirst: boolean,
): LayoutSteps<number> {
  const { context, list } = flow;
  const { typography } = context;
  const { emPx } = typography;
  if (!isFirst) list.addBox({ x: room.x, y, width: room.width, height: 1, fill: "line" });
  const dir = firstStrongDirection(blocksText(block.blocks).slice(0, 400), room.dir);
  const own: Room = { ...room, dir };
  const top = y + 1.5 * emPx;
  const round = 1.68 * emPx;
  const circleX = dir === "ltr" ? own.x : own.x + own.width - round;
  list.addBox({ x: circleX, y: top, width: round, height: round, fill: "initial", radiusPx: round / 2 });
  const name = block.author ?? "Unknown author";
  const initial = block.author ? ([...block.author.trim()][0] ?? "?").toUpperCase() : "?";
  const style = sansStyle(typography, 0.8, 1.4, { weight: 600 });
  const lineY = top + (round - style.lineHeightPx) / 2;
  const circle: Room = { x: circleX, width: round, dir };
  layoutText(
    context,
    { runs: [{ text: initial }], style, room: circle, y: lineY, blockId: null, align: "center" },
    list,
  );
  const date = block.publishedAt ? new Date(block.publishedAt) : null;
  const when = date && !Number.isNaN(date.getTime()) ? dates.format(date) : (block.publishedAt ?? "");
  const rest = indented(own, round + 0.56 * emPx);
  layoutText(
    context,
    { runs: [{ text: name }], style, room: rest, y: lineY, blockId: null, linesMax: 1 },
    list,
  );
  const nameWidth = context.metrics.width(name, fontOf(style)) + 0.56 * emPx;
  const dateRoom = indented(rest, Math.min(rest.width * 0.6, nameWidth));
  const quiet = sansStyle(typography, 0.8, 1.4, { color: "muted" });
  layoutText(
    context,
    { runs: [{ text: when }], style: quiet, room: dateRoom, y: lineY, blockId: null, linesMax: 1 },
    list,
  );
  const end = yield* layoutFlow({ ...flow, container: "post" }, block.blocks, own, top + round + 0.48 * emPx);
  return end + 1.5 * emPx;
}

/** Pictures in a row without a word between them, as shops show their goods. */
function layoutGallery(
  context: LayoutContext,
  images: readonly ImageBlock[],
  room: Room,
  y: number,
  list: DisplayList,
): number {
  const gap = 0.75 * context.typography.emPx;
  const least = Math.min(room.width, 9 * context.typography.emPx);
  const columns = Math.max(1, Math.floor((room.width + gap) / (least + gap)));
  const side = Math.floor((room.width - gap * (columns - 1)) / columns);
  images.forEach((image, index) => {
    const column = index % columns;
    const x = room.x + (room.dir === "rtl" ? columns - 1 - column : column) * (side + gap);
    const top = y + Math.floor(index / columns) * (side + gap);
    const box = list.addBlock(image.id, x, top, side);
    box.height = side;
    const media = context.media.get(image.media);
    if (!media || !context.typography.areImagesShown) {
      layoutImage(context, image, { ...room, x, width: side }, top, list, true);
      return;
    }
    addPicture(
      context,
      { media, alt: image.alt, x, y: top, width: side, height: side, fit: "contain" },
      list,
    );
    list.areas.push({ x, y: top, width: side, height: side, blockId: image.id, href: null, action: "image" });
  });
  return y + Math.ceil(images.length / columns) * (side + gap) - gap;
}
