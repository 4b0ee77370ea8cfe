import { plainName } from "#lib/core/document/plain-name.ts";
import { signMediaUrl } from "#lib/node/media/sign-media-url.ts";
import { readSearch } from "#lib/node/reader/formats/read-search.ts";
import { readBytes } from "#lib/node/reader/read-bytes.ts";
import type { Reading, ReadingInput } from "#lib/node/reader/reading.ts";
import { applyTrackerPolicy } from "#lib/node/trackers/apply-tracker-policy.ts";
import { type CompiledLists, NO_LISTS } from "#lib/node/trackers/compiled-list.ts";
import { createTrackerMatcher, type TrackerMatcher } from "#lib/node/trackers/tracker-matcher.ts";
import type { Page, TrackerLevel } from "#lib/protocol/pages.ts";

export interface AssembleInput extends ReadingInput {
  level: TrackerLevel;
  /** Absent: trackers are told by who owns them alone. */
  lists?: CompiledLists;
  /** The body is a search provider's answer to these words. */
  search?: { query: string; template: string };
}

export interface AssembledPage {
  /** UTF-8 JSON of a `Page` without its `cache` field and closing brace. */
  body: Uint8Array<ArrayBuffer>;
  /** Where a `<meta http-equiv=refresh>` leads, or null. */
  refreshUrl: string | null;
}

/** Everything from a response's bytes to the bytes of our answer, so that the main thread only passes them on. */
export async function assemblePage(input: AssembleInput): Promise<AssembledPage> {
  const reading = input.search
    ? { ...readSearch({ ...input, ...input.search }), refresh: null }
    : await readBytes(input);
  const page = completeReading(reading, { level: input.level, matcher: matcherOf(input.lists ?? NO_LISTS) });
  const told = input.rendered ? { ...page, fromLive: true as const } : page;
  return { body: encodeOpenPage(told), refreshUrl: reading.refresh };
}

/** A reading as a page: trackers reported, links cleaned, media signed. Changes `reading` in place. */
export function completeReading(
  reading: Reading,
  policy: { level: TrackerLevel; matcher: TrackerMatcher },
): Omit<Page, "cache"> {
  const trackers = applyTrackerPolicy(reading, policy);
  const { title, byline, siteName } = reading.document;
  return {
    document: {
      ...reading.document,
      title: plainName(title),
      byline: byline && plainName(byline),
      siteName: siteName && plainName(siteName),
    },
    links: reading.links,
    media: reading.media.map((media) => ({ ...media, src: signMediaUrl(media.url) })),
    trackers,
    needsLive: reading.needsLive,
    icon: reading.iconUrl && signMediaUrl(reading.iconUrl),
  };
}

/** JSON without its closing brace: the answer adds the one field that differs from visitor to visitor. */
export function encodeOpenPage(page: Omit<Page, "cache">): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify(page).slice(0, -1));
}

let current: TrackerMatcher | undefined;

/** The matcher of these lists, made anew only when a list has changed. */
function matcherOf(lists: CompiledLists): TrackerMatcher {
  if (current?.version !== lists.version) current = createTrackerMatcher(lists);
  return current;
}
