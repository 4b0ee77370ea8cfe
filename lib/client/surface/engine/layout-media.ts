import type { DisplayList } from "#lib/client/surface/engine/display-list.ts";
import { inset, type LayoutContext, type Room } from "#lib/client/surface/engine/layout-context.ts";
import { layoutText } from "#lib/client/surface/engine/layout-text.ts";
import { fontOf, sansStyle } from "#lib/client/surface/engine/typography.ts";
import { hostOf } from "#lib/core/reading/link-target.ts";
import type { EmbedBlock, ImageBlock, Run, VideoBlock } from "#lib/protocol/document.ts";
import type { PageMedia } from "#lib/protocol/pages.ts";

/** Below this width in pixels there is nothing to enlarge: an icon, a portrait. */
const ENLARGE_MIN = 160;
/** Of pictures whose size nobody knows; they are fitted into it. */
const UNKNOWN_RATIO = 16 / 10;

export function layoutImage(
  context: LayoutContext,
  block: ImageBlock,
  room: Room,
  y: number,
  list: DisplayList,
  isInList: boolean,
): number {
  const { typography } = context;
  const media = context.media.get(block.media);
  const alt = block.alt || media?.alt || "";
  if (!media || !typography.areImagesShown) {
    const bottom = layoutNote(
      context,
      [alt, media ? "Pictures are off." : "This picture is missing."],
      room,
      y,
      list,
    );
    return layoutCaption(context, { id: block.id, runs: block.caption, offset: 0 }, room, bottom, list);
  }
  const most = isInList
    ? { width: Math.min(room.width, 16 * typography.emPx), height: 14 * typography.emPx }
    : { width: room.width, height: 0.85 * typography.heightPx };
  const size = fitMedia(media, most, typography.emPx / 18);
  const free = room.width - size.width;
  const x = room.x + (isInList ? (room.dir === "rtl" ? free : 0) : free / 2);
  addPicture(context, { media, alt, x, y, ...size, fit: "contain" }, list);
  if (media.width === null || media.width >= ENLARGE_MIN) {
    list.areas.push({ x, y, ...size, blockId: block.id, href: null, action: "image" });
  }
  return layoutCaption(
    context,
    { id: block.id, runs: block.caption, offset: 0 },
    room,
    y + size.height,
    list,
  );
}

/** As large as it is, within the column and most of the screen's height. `unit` scales it with the text. */
export function fitMedia(
  media: Pick<PageMedia, "width" | "height">,
  most: { width: number; height: number },
  unit: number,
): { width: number; height: number } {
  const isKnown = media.width !== null && media.height !== null;
  const ratio = isKnown ? (media.width ?? 1) / (media.height ?? 1) : UNKNOWN_RATIO;
  const wanted = isKnown ? (media.width ?? 1) * Math.max(1, unit) : most.width;
  const width = Math.max(8, Math.min(wanted, most.width, most.height * ratio));
  return { width: Math.round(width), height: Math.max(8, Math.round(width / ratio)) };
}

export interface Picture {
  media: PageMedia;
  alt: string;
  x: number;
  y: number;
  width: number;
  height: number;
  fit: "contain" | "cover";
}

export function addPicture({ typography }: LayoutContext, picture: Picture, list: DisplayList): void {
  const { media, alt, x, y, width, height, fit } = picture;
  const altFont = fontOf(sansStyle(typography, 0.8, 1.4));
  list.marks.push({ kind: "image", x, y, width, height, src: media.src, fit, radiusPx: 8, alt, altFont });
}

export function layoutVideo(
  context: LayoutContext,
  block: VideoBlock,
  room: Room,
  y: number,
  list: DisplayList,
): number {
  const media = context.media.get(block.media);
  const poster = block.poster ? context.media.get(block.poster) : undefined;
  let bottom = y;
  if (!media) {
    bottom = layoutNote(context, ["This recording is missing."], room, y, list);
  } else {
    const isAudio = media.kind === "audio";
    const height = isAudio
      ? 54
      : Math.round(Math.min((room.width * 9) / 16, 0.8 * context.typography.heightPx));
    list.addBox({ x: room.x, y, width: room.width, height, fill: "sunken", stroke: "line", radiusPx: 8 });
    if (poster && context.typography.areImagesShown) {
      addPicture(
        context,
        { media: poster, alt: "", x: room.x, y, width: room.width, height, fit: "cover" },
        list,
      );
    }
    const middle = { x: isAudio ? room.x + 30 : room.x + room.width / 2, y: y + height / 2 };
    const sizePx = isAudio ? 36 : 64;
    list.marks.push({ kind: "shape", shape: "play", ...middle, sizePx, color: "accent", isRtl: false });
    const area = { x: room.x, y, width: room.width, height, blockId: block.id };
    list.areas.push({ ...area, href: null, action: null });
    bottom = y + height;
  }
  const title: Run[] = block.title ? [{ text: block.title }] : [];
  bottom = layoutCaption(context, { id: block.id, runs: title, offset: 0 }, room, bottom, list);
  const offset = block.title ? block.title.length + 1 : 0;
  return layoutCaption(context, { id: block.id, runs: block.caption, offset }, room, bottom, list);
}

/** Something that plays elsewhere: a link to it. */
export function layoutEmbed(
  context: LayoutContext,
  block: EmbedBlock,
  room: Room,
  y: number,
  list: DisplayList,
): number {
  const { typography } = context;
  const box = list.addBox({ x: room.x, y, width: room.width, fill: "raised", stroke: "line", radiusPx: 8 });
  const iconPx = typography.emPx;
  const content = inset(room, iconPx);
  const text: Room = {
    ...content,
    x: content.x + (room.dir === "ltr" ? iconPx * 2 : 0),
    width: content.width - iconPx * 2,
  };
  const top = y + 0.7 * iconPx;
  const title = block.title || "Embedded content";
  const style = sansStyle(typography, 0.85, 1.4, { weight: 600 });
  const set = { room: text, blockId: block.title ? block.id : null };
  let at = top + layoutText(context, { ...set, runs: [{ text: title }], style, y: top }, list);
  const host = sansStyle(typography, 0.85, 1.4, { color: "muted" });
  at += layoutText(
    context,
    { runs: [{ text: hostOf(block.url) }], style: host, room: text, y: at, blockId: null },
    list,
  );
  box.height = at + 0.7 * iconPx - y;
  const x = room.dir === "ltr" ? content.x + iconPx / 2 : content.x + content.width - iconPx / 2;
  list.marks.push({
    kind: "shape",
    shape: "out",
    x,
    y: y + box.height / 2,
    sizePx: iconPx,
    color: "muted",
    isRtl: room.dir === "rtl",
  });
  list.areas.push({
    x: room.x,
    y,
    width: room.width,
    height: box.height,
    blockId: block.id,
    href: block.url,
    action: null,
  });
  return y + box.height;
}

function layoutCaption(
  context: LayoutContext,
  caption: { id: string; runs: readonly Run[]; offset: number },
  room: Room,
  y: number,
  list: DisplayList,
): number {
  if (caption.runs.length === 0) return y;
  const style = sansStyle(context.typography, 0.8, 1.5, { color: "muted" });
  const width = Math.min(room.width, 60 * context.metrics.width("0", fontOf(style)));
  const place = { ...room, x: room.x + (room.width - width) / 2, width };
  const top = y + 0.48 * context.typography.emPx;
  const text = {
    runs: caption.runs,
    style,
    room: place,
    y: top,
    blockId: caption.id,
    offset: caption.offset,
  };
  return top + layoutText(context, { ...text, align: "center" }, list);
}

/** What stands in place of a picture or a recording. */
function layoutNote(
  context: LayoutContext,
  lines: readonly string[],
  room: Room,
  y: number,
  list: DisplayList,
): number {
  const style = sansStyle(context.typography, 0.85, 1.45);
  const pad = context.typography.emPx;
  const box = list.addBox({
    x: room.x,
    y,
    width: room.width,
    fill: "sunken",
    stroke: "line",
    radiusPx: 8,
    isDashed: true,
  });
  let at = y + 0.8 * pad;
  lines.filter(Boolean).forEach((line, index, all) => {
    const color = index === all.length - 1 ? "muted" : "ink";
    const text = { runs: [{ text: line }], style: { ...style, color } as const, room: inset(room, pad) };
    at += layoutText(context, { ...text, y: at, blockId: null }, list);
  });
  box.height = at + 0.8 * pad - y;
  return y + box.height;
}
