import { AppError } from "#lib/core/errors/app-error.ts";
import { decodeText } from "#lib/node/reader/formats/decode-text.ts";
import { sniffKind } from "#lib/node/reader/formats/sniff-kind.ts";
import { readHtml } from "#lib/node/reader/html/read-html.ts";
import type { Reading, ReadingInput } from "#lib/node/reader/reading.ts";
import { findInlineReferences } from "#lib/node/trackers/find-inline-references.ts";

/**
 * Reads a body of any kind by what it holds.
 * @throws AppError `unsupported_type`, or the code of the format's own reader
 */
export async function readBytes(input: ReadingInput): Promise<Reading & { refresh: string | null }> {
  const { bytes, contentType } = input;
  const kind = sniffKind({ contentType, bytes, url: input.finalUrl });
  switch (kind) {
    case "html": {
      const html = decodeText(bytes, { contentType, kind: "html" }).text;
      const reading = readHtml({ ...input, html });
      reading.references.push(...findInlineReferences(html));
      return reading;
    }
    default:
      throw new AppError("unsupported_type", { detail: `a body of kind ${kind}, sent as ${contentType}` });
  }
}
