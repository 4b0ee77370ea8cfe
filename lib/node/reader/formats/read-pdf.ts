import { runsText } from "#lib/core/document/block-text.ts";
import { AppError } from "#lib/core/errors/app-error.ts";
import { createReading, fileNameOf } from "#lib/node/reader/formats/create-reading.ts";
import { FORMAT_LIMITS } from "#lib/node/reader/formats/format-limits.ts";
import { note } from "#lib/node/reader/formats/note.ts";
import { dropRunningHeads } from "#lib/node/reader/formats/pdf/drop-running-heads.ts";
import { guardAllocations } from "#lib/node/reader/formats/pdf/guard-allocations.ts";
import { wordsOf } from "#lib/node/reader/formats/pdf/join-lines.ts";
import { loadPdf, type PdfContent } from "#lib/node/reader/formats/pdf/load-pdf.ts";
import { linesToBlocks } from "#lib/node/reader/formats/pdf/pdf-blocks.ts";
import { pdfLines } from "#lib/node/reader/formats/pdf/pdf-lines.ts";
import { structureToBlocks } from "#lib/node/reader/formats/pdf/pdf-structure.ts";
import { learnStyle } from "#lib/node/reader/formats/pdf/pdf-style.ts";
import type { Reading, ReadingInput } from "#lib/node/reader/reading.ts";
import type { Block } from "#lib/protocol/document.ts";

/** From the start; pages after it are left out, with a note. */
const TIME_MS_MAX = 8_000;

/**
 * A PDF's text in reading order, each page after a `pageBreak` with its number:
 * by the author's tags where a page has them, by layout where it has not. Nothing
 * in the file runs and no image is decoded.
 * @throws AppError `unsupported_type` when it needs a password, `bad_response` when it is damaged
 */
export async function readPdf(input: ReadingInput): Promise<Reading> {
  const content = await guardAllocations(() => load(input.bytes));
  const blocks = contentBlocks(content);
  const first = blocks.find((block) => block.type === "heading");
  const title = content.metadata.title ?? (first ? runsText(first.runs).trim() : "");
  return createReading(input, {
    kind: "pdf",
    title: title || fileNameOf(input.finalUrl),
    byline: content.metadata.author,
    lang: content.metadata.lang,
    publishedAt: content.metadata.createdAt,
    blocks,
  });
}

async function load(bytes: Uint8Array): Promise<PdfContent> {
  try {
    return await loadPdf(bytes, { pagesMax: FORMAT_LIMITS.pdfPagesMax, timeMsMax: TIME_MS_MAX });
  } catch (error) {
    const name = error instanceof Error ? error.name : "";
    if (name === "PasswordException") {
      throw new AppError("unsupported_type", {
        userMessage:
          "This PDF is protected by a password, so Qui cannot show it. Download it to open it elsewhere.",
        cause: error,
      });
    }
    throw new AppError("bad_response", {
      userMessage: "This PDF is damaged, so Qui cannot show it. Download it to try another program.",
      detail: "a PDF that cannot be parsed",
      cause: error,
    });
  }
}

function contentBlocks({ pages, pageCount, outline }: PdfContent): Block[] {
  const lines = dropRunningHeads(
    pages.map(({ items, bottom, top }) => ({
      lines: pdfLines(items.filter((item) => !item.isArtifact)),
      bottom,
      top,
    })),
  );
  const words = wordsOf(lines.flat().map((line) => line.text));
  const style = learnStyle(lines, outline, words);
  const blocks: Block[] = [];
  let units = 0;
  for (const [i, page] of pages.entries()) {
    if (units > FORMAT_LIMITS.textUnitsMax || blocks.length > FORMAT_LIMITS.blocksMax) break;
    blocks.push({ id: "", type: "pageBreak", page: i + 1 });
    const own = structureToBlocks(page.structure, page.items, style) ?? linesToBlocks(lines[i] ?? [], style);
    blocks.push(...own);
    units += lines[i]?.reduce((sum, line) => sum + line.text.length, 0) ?? 0;
  }
  const shown = blocks.filter((block) => block.type === "pageBreak").length;
  if (blocks.length === shown) {
    return [note("This PDF holds pictures of its pages and no text, so there is nothing to read here.")];
  }
  if (shown < pageCount) blocks.push(note(`Pages 1 to ${shown} of ${pageCount} are shown.`));
  return blocks;
}
