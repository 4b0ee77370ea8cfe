/**
 * How much of one body the readers of plain formats show. Past a limit the
 * document ends with a note: a reader never fails, or hangs, because of size.
 */
export const FORMAT_LIMITS = {
  /** UTF-16 units of text or Markdown. */
  textUnitsMax: 2 * 1024 * 1024,
  /** UTF-16 units in one paragraph; longer ones are split at a space. */
  paragraphUnitsMax: 8_000,
  /** Lines, and units, of one code block. */
  codeLinesMax: 2_000,
  codeUnitsMax: 120_000,
  blocksMax: 10_000,
  tableRowsMax: 1_000,
  tableColumnsMax: 40,
  cellUnitsMax: 1_000,
  linksMax: 2_000,
  feedItemsMax: 200,
  pdfPagesMax: 300,
} as const;
