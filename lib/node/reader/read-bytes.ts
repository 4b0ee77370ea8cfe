import { AppError } from "#lib/core/errors/app-error.ts";
import { decodeText } from "#lib/node/reader/formats/decode-text.ts";
import { readFeed } from "#lib/node/reader/formats/read-feed.ts";
import { readImage } from "#lib/node/reader/formats/read-image.ts";
import { readJson } from "#lib/node/reader/formats/read-json.ts";
import { readMarkdown } from "#lib/node/reader/formats/read-markdown.ts";
import { readPdf } from "#lib/node/reader/formats/read-pdf.ts";
import { readText } from "#lib/node/reader/formats/read-text.ts";
import { type ContentKind, sniffKind } from "#lib/node/reader/formats/sniff-kind.ts";
import type { HtmlReading } from "#lib/node/reader/html/html-reading.ts";
import { readHtml } from "#lib/node/reader/html/read-html.ts";
import type { Reading, ReadingInput } from "#lib/node/reader/reading.ts";
import { findInlineReferences } from "#lib/node/trackers/find-inline-references.ts";

type Format = Exclude<ContentKind, "html" | "unsupported">;

const READERS: Record<Format, (input: ReadingInput) => Reading | Promise<Reading>> = {
  feed: readFeed,
  json: readJson,
  markdown: readMarkdown,
  text: readText,
  pdf: readPdf,
  image: readImage,
};

/**
 * Reads a body of any kind by what it holds. `refresh` is where a page sends its
 * readers by itself, or null.
 * @throws AppError `unsupported_type`, or the code of the format's own reader
 */
export async function readBytes(input: ReadingInput): Promise<Reading & Pick<HtmlReading, "refresh">> {
  const { bytes, contentType, finalUrl } = input;
  const kind = sniffKind({ contentType, bytes, url: finalUrl });
  if (kind === "unsupported") {
    throw new AppError("unsupported_type", { detail: `no reader for ${contentType}` });
  }
  if (kind === "html") return readHtmlBytes(input);
  return { ...(await READERS[kind](input)), refresh: null };
}

function readHtmlBytes(input: ReadingInput): HtmlReading {
  const html = decodeText(input.bytes, { contentType: input.contentType, kind: "html" }).text;
  const reading = readHtml({ ...input, html });
  reading.references.push(...findInlineReferences(html));
  return reading;
}
