import type { DocumentSurface } from "#lib/client/surface/surface-contract.ts";
import type { PanelContentFigures } from "#lib/client/xr/panel/panel-core.ts";

/** A document on tiles in figures; read anew with every look. */
export function documentFigures(documents: DocumentSurface): PanelContentFigures {
  return {
    get widthPx() {
      return documents.options.widthPx;
    },
    get heightPx() {
      return documents.options.heightPx;
    },
    get scrollPx() {
      return documents.scrollPx;
    },
    get contentHeightPx() {
      return documents.contentHeightPx;
    },
    get scale() {
      return documents.options.scale;
    },
    get pictures() {
      return documents.stats.tiles;
    },
    findLink: (href) => findLink(documents, href),
  };
}

/** Steps over the viewport in lines of text; slow, and only ever asked by a test. */
function findLink(documents: DocumentSurface, href: string): { x: number; y: number } | null {
  const { widthPx, heightPx } = documents.options;
  for (let y = 4; y < heightPx; y += 8) {
    for (let x = 4; x < widthPx; x += 8) {
      const found = documents.hitTest(x, y);
      if (found?.href !== href) continue;
      const { rect } = found;
      return { x: rect.x + rect.width / 2, y: rect.y - documents.scrollPx + rect.height / 2 };
    }
  }
  return null;
}
