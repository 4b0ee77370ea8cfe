/** How finely things are drawn at one level of the ladder. */
export interface QualityLevel {
  /** Multiplies the sharpness wanted for a panel's tiles. */
  textureScale: number;
  /** For the textures of all panels, mipmaps included. */
  tileBudgetBytes: number;
  /** How often panels outside the middle of the view may take new tiles or frames. */
  farPanelHz: number;
  /** 2 everything, 1 without moving parts, 0 a plain sky. */
  environmentDetail: 0 | 1 | 2;
  /** Fixed foveation, 0 none to 1 most, while a panel of text is in view. */
  foveationWithText: number;
  foveationWithoutText: number;
}

const MIB = 1024 * 1024;
/** What the textures of the room may ever take: the bound of the design. */
export const TILE_BUDGET_BYTES_MAX = 96 * MIB;

/**
 * From everything to the least that is still pleasant to read. What costs much and is
 * seen little goes first (far panels, the environment), the sharpness of text last.
 */
export const QUALITY_LEVELS: readonly [QualityLevel, ...QualityLevel[]] = [
  level({ textureScale: 1, budget: 96, farPanelHz: 30, environment: 2, foveation: [0, 0.33] }),
  level({ textureScale: 1, budget: 96, farPanelHz: 15, environment: 1, foveation: [0.15, 0.6] }),
  level({ textureScale: 1, budget: 80, farPanelHz: 10, environment: 1, foveation: [0.33, 0.8] }),
  level({ textureScale: 0.85, budget: 64, farPanelHz: 5, environment: 0, foveation: [0.5, 1] }),
  level({ textureScale: 0.7, budget: 48, farPanelHz: 2, environment: 0, foveation: [0.66, 1] }),
];

function level(row: {
  textureScale: number;
  budget: number;
  farPanelHz: number;
  environment: 0 | 1 | 2;
  foveation: readonly [withText: number, withoutText: number];
}): QualityLevel {
  return {
    textureScale: row.textureScale,
    tileBudgetBytes: row.budget * MIB,
    farPanelHz: row.farPanelHz,
    environmentDetail: row.environment,
    foveationWithText: row.foveation[0],
    foveationWithoutText: row.foveation[1],
  };
}
