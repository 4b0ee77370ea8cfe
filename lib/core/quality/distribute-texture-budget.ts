/** What a panel's sharpness depends on. */
export interface TexturedPanel {
  id: string;
  /** How much of the view it fills, in square degrees. */
  angularAreaDeg2: number;
  focused: boolean;
  visible: boolean;
  /** Its viewport, in CSS pixels. */
  cssWidth: number;
  cssHeight: number;
  /** One picture as large as the viewport, with no rows of tiles around it. */
  streamed?: boolean;
}

export interface TextureBudgetOptions {
  /** What the display resolves: about 25 pixels a degree on a Quest 3, drawn a little finer for the mipmaps. */
  pixelsPerDegree?: number;
  /** `Quality.textureScale`: less than 1 under load. */
  textureScale?: number;
  /** Height of a row of tiles in CSS pixels. */
  tileHeightPx?: number;
}

export interface PanelTexture {
  /** Tile pixels per CSS pixel; 0 when the panel holds no texture. */
  scale: number;
  /** What it takes at that scale, mipmaps included. */
  bytes: number;
}

/** Coarse steps: a repaint is worth a quarter more sharpness, not a hundredth. */
const SCALES: readonly number[] = [0.5, 0.625, 0.75, 0.875, 1, 1.25, 1.5, 1.75, 2, 2.5, 3];
/** Rows above and below the viewport that are painted before they come into view. */
const MARGIN_ROWS = 2;
const BYTES_PER_PIXEL = 4;
/** 1 + 1/4 + 1/16 + … */
const WITH_MIPMAPS = 4 / 3;
const FOCUS_SHARPER = 1.25;
const TILE_HEIGHT_PX = 256;

/** Bytes of a stream's one picture, or of the ring of rows a document keeps: those in view, one cut by an edge, and the margin. */
export function panelTextureBytes(
  panel: Pick<TexturedPanel, "cssWidth" | "cssHeight" | "streamed">,
  scale: number,
  tileHeightPx = TILE_HEIGHT_PX,
): number {
  if (panel.streamed) {
    const texels = Math.ceil(panel.cssWidth * scale) * Math.ceil(panel.cssHeight * scale);
    return Math.ceil(texels * BYTES_PER_PIXEL * WITH_MIPMAPS);
  }
  const rows = Math.ceil(panel.cssHeight / tileHeightPx) + 1 + MARGIN_ROWS;
  const pixels = Math.ceil(panel.cssWidth * scale) * rows * Math.ceil(tileHeightPx * scale);
  return Math.ceil(pixels * BYTES_PER_PIXEL * WITH_MIPMAPS);
}

/**
 * Shares a budget of texture memory out. Each panel wants what the display can resolve
 * at its angular size, the focused one a little more. Everyone gets the least first,
 * then the focused panel all it wants, then the others rise together. Depends on the
 * panels alone, not on their order; never exceeds the budget.
 */
export function distributeTextureBudget(
  panels: readonly TexturedPanel[],
  budgetBytes: number,
  { pixelsPerDegree = 30, textureScale = 1, tileHeightPx = TILE_HEIGHT_PX }: TextureBudgetOptions = {},
): Map<string, PanelTexture> {
  const claims = panels
    .map((panel) => ({
      panel,
      step: -1,
      bytes: 0,
      wantedStep: panel.visible ? wantedStep(panel, pixelsPerDegree, textureScale) : 0,
    }))
    .sort((a, b) => compareUrgency(a.panel, b.panel));
  let left = budgetBytes;

  const raise = (claim: (typeof claims)[number]): boolean => {
    const scale = SCALES[claim.step + 1];
    if (scale === undefined || claim.step >= claim.wantedStep) return false;
    const bytes = panelTextureBytes(claim.panel, scale, tileHeightPx);
    if (bytes - claim.bytes > left) return false;
    left -= bytes - claim.bytes;
    claim.bytes = bytes;
    claim.step += 1;
    return true;
  };

  for (const claim of claims) raise(claim);
  for (const claim of claims) {
    while (claim.panel.focused && raise(claim));
  }
  for (let step = 0; step < SCALES.length; step += 1) {
    for (const claim of claims) if (claim.step === step) raise(claim);
  }
  return new Map(
    claims.map(({ panel, step, bytes }) => [panel.id, { scale: SCALES[step] ?? 0, bytes }] as const),
  );
}

/** The first step that gives the display all it can show of the panel. */
function wantedStep(panel: TexturedPanel, pixelsPerDegree: number, textureScale: number): number {
  const area = Math.max(panel.angularAreaDeg2, 1e-3);
  const cssPxPerDegree = Math.sqrt((panel.cssWidth * panel.cssHeight) / area);
  const wanted = (pixelsPerDegree / cssPxPerDegree) * textureScale * (panel.focused ? FOCUS_SHARPER : 1);
  const above = SCALES.findIndex((scale) => scale >= wanted - 1e-6);
  return above < 0 ? SCALES.length - 1 : above;
}

function compareUrgency(a: TexturedPanel, b: TexturedPanel): number {
  if (a.focused !== b.focused) return a.focused ? -1 : 1;
  if (a.visible !== b.visible) return a.visible ? -1 : 1;
  if (a.angularAreaDeg2 !== b.angularAreaDeg2) return b.angularAreaDeg2 - a.angularAreaDeg2;
  return a.id < b.id ? -1 : 1;
}
