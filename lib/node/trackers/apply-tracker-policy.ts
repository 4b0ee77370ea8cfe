import { mapLinks } from "#lib/core/document/map-links.ts";
import { isSameSite } from "#lib/core/url/registrable-domain.ts";
import { stripTrackingParameters } from "#lib/core/url/strip-tracking-parameters.ts";
import { unwrapRedirect } from "#lib/core/url/unwrap-redirect.ts";
import type { Reading } from "#lib/node/reader/reading.ts";
import { reportTrackers } from "#lib/node/trackers/report-trackers.ts";
import type { TrackerMatcher } from "#lib/node/trackers/tracker-matcher.ts";
import type { Block } from "#lib/protocol/document.ts";
import type { TrackerLevel, TrackerReport } from "#lib/protocol/pages.ts";

/**
 * Applies a tracker level to what was read: reports trackers, drops their media,
 * cleans links. Changes `reading` in place and keeps every block's id, so a
 * citation survives a change of level.
 *
 * - `off`: reports only.
 * - `standard`: trackers' media go; tracking parameters are stripped from links.
 * - `strict`: media of social networks' widgets go too; affiliate click ids are
 *   stripped, and links through known redirectors lead straight to their target.
 */
export function applyTrackerPolicy(
  reading: Reading,
  { level, matcher }: { level: TrackerLevel; matcher: TrackerMatcher },
): TrackerReport {
  const pageUrl = reading.document.source.finalUrl;
  const report = reportTrackers(reading.references, pageUrl, matcher);
  if (level === "off") return { level, ...report, strippedParameters: 0 };

  dropMedia(reading, pageUrl, level, matcher);
  const links = new LinkCleaner(level);
  mapLinks(reading.document.blocks, (href) => links.clean(href));
  for (const link of reading.links) {
    const href = links.clean(link.href);
    if (href === link.href) continue;
    link.href = href;
    link.internal = isSameSite(href, pageUrl);
  }
  return { level, ...report, strippedParameters: links.stripped };
}

/** Cleans each distinct address once, and counts what went from it once. */
class LinkCleaner {
  stripped = 0;
  private readonly level: "standard" | "strict";
  private readonly known = new Map<string, string>();

  constructor(level: "standard" | "strict") {
    this.level = level;
  }

  clean(href: string): string {
    if (!href.startsWith("http")) return href;
    const known = this.known.get(href);
    if (known !== undefined) return known;
    const direct = (this.level === "strict" && unwrapRedirect(href)) || href;
    const { url, stripped } = stripTrackingParameters(direct, this.level);
    this.stripped += stripped;
    this.known.set(href, url);
    return url;
  }
}

function dropMedia(
  reading: Reading,
  pageUrl: string,
  level: "standard" | "strict",
  matcher: TrackerMatcher,
): void {
  const dropped = new Set<string>();
  for (const media of reading.media) {
    const type = media.kind === "image" ? "image" : "media";
    if (isBlocked({ url: media.url, type }, { pageUrl, level, matcher })) dropped.add(media.id);
  }
  if (dropped.size === 0) return;
  reading.media = reading.media.filter((media) => !dropped.has(media.id));
  reading.document.blocks = withoutMedia(reading.document.blocks, dropped);
}

/** Whether a level keeps something of a page from being loaded through the media route. */
export function isBlocked(
  reference: { url: string; type: "image" | "media" },
  { pageUrl, level, matcher }: { pageUrl: string; level: TrackerLevel; matcher: TrackerMatcher },
): boolean {
  if (level === "off") return false;
  const tracker = matcher.find(reference, pageUrl);
  return tracker !== null && (tracker.kind === "tracker" || level === "strict");
}

function withoutMedia(blocks: readonly Block[], dropped: ReadonlySet<string>): Block[] {
  const kept: Block[] = [];
  for (const block of blocks) {
    if ((block.type === "image" || block.type === "video") && dropped.has(block.media)) continue;
    if (block.type === "video" && block.poster && dropped.has(block.poster)) delete block.poster;
    if (block.type === "card" && block.media && dropped.has(block.media)) delete block.media;
    if (block.type === "list") {
      block.items = block.items.map((item) => withoutMedia(item, dropped)).filter((item) => item.length > 0);
      if (block.items.length === 0) continue;
    } else if ("blocks" in block) {
      const wasFull = block.blocks.length > 0;
      block.blocks = withoutMedia(block.blocks, dropped);
      if (wasFull && block.blocks.length === 0) continue;
    }
    kept.push(block);
  }
  return kept;
}
