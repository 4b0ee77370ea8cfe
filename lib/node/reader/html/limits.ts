/**
 * What one page may cost and how large its reading may grow. A page beyond a cap
 * is read up to it: a hostile page gets a short document, never a dead worker.
 */
export const LIMITS = {
  /** UTF-16 units of HTML that are parsed. */
  htmlUnitsMax: 12 * 1024 * 1024,
  nodesMax: 150_000,
  /** Stretches of text that are judged; what follows them is left out. */
  unitsMax: 30_000,
  /** Deeper elements are folded into their ancestor at this depth, so later passes may recurse. */
  depthMax: 256,
  attributesPerElementMax: 48,
  attributeUnitsMax: 16_384,
  /** Units of one inline script that are kept, for structured data only. */
  scriptUnitsMax: 1024 * 1024,
  jsonLdScriptsMax: 32,
  blocksMax: 20_000,
  textUnitsMax: 4 * 1024 * 1024,
  linksMax: 2_000,
  mediaMax: 600,
  referencesMax: 3_000,
  feedsMax: 16,
  tableRowsMax: 1_000,
  tableCellsMax: 12_000,
  tableColumnsMax: 200,
  urlUnitsMax: 4_096,
} as const;
