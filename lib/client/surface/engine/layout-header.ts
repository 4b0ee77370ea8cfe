import { firstStrongDirection } from "#lib/client/surface/engine/direction.ts";
import type { DisplayList } from "#lib/client/surface/engine/display-list.ts";
import {
  centred,
  indented,
  type LayoutContext,
  type Room,
} from "#lib/client/surface/engine/layout-context.ts";
import { layoutText } from "#lib/client/surface/engine/layout-text.ts";
import { resized, sansStyle } from "#lib/client/surface/engine/typography.ts";
import { plainName } from "#lib/core/document/plain-name.ts";
import { findTitleBlock, TITLE_ID } from "#lib/core/reading/block-index.ts";
import { displayUrl, hostOf } from "#lib/core/reading/link-target.ts";
import { formatReadingTime, readingMinutes } from "#lib/core/reading/reading-time.ts";
import { summariseTrackers } from "#lib/core/reading/tracker-summary.ts";
import type { Document, DocumentKind } from "#lib/protocol/document.ts";
import type { Page } from "#lib/protocol/pages.ts";

/** Kinds one reads from top to bottom: only there does a reading time mean something. */
const READ_THROUGH: ReadonlySet<DocumentKind> = new Set([
  "article",
  "documentation",
  "text",
  "markdown",
  "pdf",
]);
const LINKS_MAX = 40;
const dates = new Intl.DateTimeFormat(undefined, { dateStyle: "medium" });
const times = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

/** What stands above the text: site, title, author and date, trackers, and what one should know before trusting it. */
export function layoutHeader(context: LayoutContext, page: Page | null, list: DisplayList): number {
  const { document, typography, isOwn } = context;
  const { emPx, body, measurePx, widthPx } = typography;
  const room = centred(context, measurePx, document.dir);
  const host = hostOf(document.source.finalUrl);
  const quiet = sansStyle(typography, 0.8, 1.5, { color: "muted" });
  let at = Math.min(60, Math.max(28, 0.06 * widthPx)) * Math.max(1, emPx / 18);
  if (page && host && document.kind !== "search") at = layoutSite(context, page, host, room, at, list);
  at += 0.2 * emPx;
  const title = document.title || host || "Untitled";
  const style = { ...resized(body, titleSize(widthPx, emPx), 1.16), weight: 650 };
  const box = list.addBlock(findTitleBlock(document)?.id ?? TITLE_ID, room.x, at, room.width);
  const titleRoom = { ...room, dir: firstStrongDirection(title, room.dir) };
  const isRead = document.title !== "" && !isOwn;
  const text = { runs: [{ text: title }], style, room: titleRoom, y: at, blockId: isRead ? box.id : null };
  at += layoutText(context, text, list);
  box.height = at - box.y;
  const meta = metaLine(document);
  if (meta) {
    at += 0.72 * emPx;
    at += layoutText(context, { runs: [{ text: meta }], style: quiet, room, y: at, blockId: null }, list);
  }
  if (page && page.trackers.count > 0) {
    const runs = [{ text: summariseTrackers(page.trackers).headline }];
    at +=
      layoutText(context, { runs, style: quiet, room, y: at + 0.2 * emPx, blockId: null }, list) + 0.2 * emPx;
  }
  for (const notice of page ? notices(page) : []) at = layoutNotice(context, notice, room, at, list);
  return at + 0.5 * emPx;
}

function layoutSite(
  context: LayoutContext,
  page: Page,
  host: string,
  room: Room,
  y: number,
  list: DisplayList,
): number {
  const { typography, document } = context;
  const style = sansStyle(typography, 0.8, 1.4, { weight: 500, color: "muted" });
  const side = 1.15 * style.sizePx;
  let place = room;
  if (page.icon) {
    const x = room.dir === "ltr" ? room.x : room.x + room.width - side;
    const top = y + (style.lineHeightPx - side) / 2;
    const box = { x, y: top, width: side, height: side };
    list.marks.push({
      kind: "image",
      ...box,
      src: page.icon,
      fit: "contain",
      radiusPx: 3,
      alt: "",
      altFont: "",
    });
    place = indented(room, side + 0.5 * style.sizePx);
  }
  const runs = [{ text: plainName(document.siteName ?? host) }];
  const height = layoutText(context, { runs, style, room: place, y, blockId: null, linesMax: 1 }, list);
  const origin = URL.parse(document.source.finalUrl)?.origin;
  const area = {
    x: room.x,
    y: y - 0.3 * style.sizePx,
    width: room.width,
    height: height + 0.6 * style.sizePx,
  };
  list.areas.push({ ...area, blockId: TITLE_ID, href: origin ? `${origin}/` : null, action: null });
  return y + height + 0.3 * style.sizePx;
}

/** In em: `clamp(1.55em, 1.1em + 2.2cqi, 2.2em)` of the flat view. */
function titleSize(widthPx: number, emPx: number): number {
  return Math.min(2.2, Math.max(1.55, 1.1 + (0.022 * widthPx) / emPx));
}

function metaLine(document: Document): string {
  const minutes = readingMinutes(document.wordCount, document.lang);
  const time = READ_THROUGH.has(document.kind) ? formatReadingTime(minutes) : null;
  const date = document.publishedAt ? formatDate(document.publishedAt) : null;
  const byline = document.byline ? plainName(document.byline) : null;
  return [byline, date, time && `${time} to read`].filter(Boolean).join("  ·  ");
}

function formatDate(iso: string): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? iso : dates.format(date);
}

function notices(page: Page): string[] {
  const { source } = page.document;
  const found: string[] = [];
  if (page.cache === "stale") {
    const from = times.format(new Date(source.fetchedAt));
    found.push(`${hostOf(source.finalUrl)} did not answer, so this is Qui’s copy from ${from}.`);
  }
  if (page.fromLive) {
    const at = times.format(new Date(source.fetchedAt));
    found.push(
      `Made from the live page, as it was on ${at}. Pictures that the site shows only to you may be missing.`,
    );
  }
  if (page.needsLive) {
    found.push(
      "This page builds itself with JavaScript, which the reader does not run, so parts of it are missing here.",
    );
  }
  return found;
}

function layoutNotice(
  context: LayoutContext,
  notice: string,
  room: Room,
  y: number,
  list: DisplayList,
): number {
  const { typography } = context;
  const { emPx } = typography;
  const top = y + emPx;
  const box = list.addBox({
    x: room.x,
    y: top,
    width: room.width,
    fill: "notice",
    stroke: "noticeLine",
    radiusPx: 12,
  });
  const inside: Room = { x: room.x + emPx, width: room.width - 2 * emPx, dir: "ltr" };
  const text = { runs: [{ text: notice }], style: sansStyle(typography, 0.78, 1.5), room: inside };
  box.height = layoutText(context, { ...text, y: top + 0.7 * emPx, blockId: null }, list) + 1.4 * emPx;
  return top + box.height;
}

/** A page without anything to read still leads somewhere. */
export function layoutEmpty(context: LayoutContext, page: Page, y: number, list: DisplayList): number {
  const { document, typography } = context;
  const room = centred(context, typography.measurePx, document.dir);
  const style = sansStyle(typography, 1, 1.6);
  const isSearch = document.kind === "search";
  const message = isSearch
    ? "Nothing was found. Try fewer or other words."
    : "The reader found nothing to read on this page.";
  let at = y + typography.emPx;
  at += layoutText(context, { runs: [{ text: message }], style, room, y: at, blockId: null }, list);
  const links = page.links.filter((link) => link.text.trim()).slice(0, LINKS_MAX);
  for (const { href, text } of links) {
    at += 0.35 * typography.emPx;
    const runs = [{ text, href }, { text: `  ${displayUrl(href)}` }];
    at += layoutText(context, { runs, style, room, y: at, blockId: null, linesMax: 2 }, list);
  }
  return at;
}
