import { mapLinks } from "#lib/core/document/map-links.ts";
import { stripTrackingParameters } from "#lib/core/url/strip-tracking-parameters.ts";
import { signMediaUrl } from "#lib/node/media/sign-media-url.ts";
import { readBytes } from "#lib/node/reader/read-bytes.ts";
import type { Reading, ReadingInput } from "#lib/node/reader/reading.ts";
import type { Page, TrackerLevel } from "#lib/protocol/pages.ts";

export interface AssembleInput extends ReadingInput {
  level: TrackerLevel;
}

export interface AssembledPage {
  /** UTF-8 JSON of a `Page` without its `cache` field and closing brace. */
  body: Uint8Array<ArrayBuffer>;
  /** Where a `<meta http-equiv=refresh>` leads, or null. */
  refreshUrl: string | null;
}

/** Everything from a response's bytes to the bytes of our answer, so that the main thread only passes them on. */
export async function assemblePage(input: AssembleInput): Promise<AssembledPage> {
  const reading = await readBytes(input);
  return { body: encodeOpenPage(completeReading(reading, input.level)), refreshUrl: reading.refresh };
}

/** A reading as a page: trackers reported, links cleaned, media signed. */
export function completeReading(reading: Reading, level: TrackerLevel): Omit<Page, "cache"> {
  const strippedParameters = level === "off" ? 0 : cleanLinks(reading, level);
  return {
    document: reading.document,
    links: reading.links,
    media: reading.media.map((media) => ({ ...media, src: signMediaUrl(media.url) })),
    trackers: { level, count: 0, entities: [], strippedParameters },
    needsLive: reading.needsLive,
    icon: reading.iconUrl && signMediaUrl(reading.iconUrl),
  };
}

/** JSON without its closing brace: the answer adds the one field that differs from visitor to visitor. */
export function encodeOpenPage(page: Omit<Page, "cache">): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify(page).slice(0, -1));
}

function cleanLinks(reading: Reading, level: "standard" | "strict"): number {
  let count = 0;
  const clean = (href: string): string => {
    const { url, stripped } = stripTrackingParameters(href, level);
    count += stripped;
    return url;
  };
  mapLinks(reading.document.blocks, clean);
  const inDocument = count;
  for (const link of reading.links) link.href = clean(link.href);
  // The list of links repeats those of the document; each is counted once, at whichever place shows more.
  return Math.max(inDocument, count - inDocument);
}
