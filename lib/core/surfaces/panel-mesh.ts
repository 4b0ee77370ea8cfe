/** A panel's sheet: rounded, flat or bent around an upright axis in front of it. Metres. */
export interface PanelSheet {
  /** Measured along the surface, so that bending keeps it. */
  widthM: number;
  heightM: number;
  /** `Number.POSITIVE_INFINITY` is flat. */
  bendRadiusM: number;
  cornerRadiusM: number;
}

export interface PanelMesh {
  /** x, y, z of each vertex; the middle of the sheet is the origin, the reader stands towards +z. */
  positions: Float32Array;
  /** u to the right, v upwards, 0 to 1 over the whole sheet. */
  uvs: Float32Array;
  indices: Uint16Array;
}

/** Columns in each rounded corner: the eye takes six straight pieces for a quarter circle at reading distance. */
const CORNER_COLUMNS = 6;
/** A chord of 2.5° leaves the true curve by less than 0.3 mm on a panel at arm's length. */
const DEG_PER_COLUMN = 2.5;
export const SEGMENTS_MAX = 64;

/**
 * Upright strips between two rows of vertices; the first and last few follow the
 * rounded corners. Opaque and cheap: at most 64 strips, 128 triangles, and what is
 * seen is exactly what a ray meets.
 */
export function buildPanelMesh({ widthM, heightM, bendRadiusM, cornerRadiusM }: PanelSheet): PanelMesh {
  const corner = Math.min(cornerRadiusM, widthM / 2, heightM / 2);
  const offsets = columnOffsets(widthM, corner, bendRadiusM);
  const positions = new Float32Array(offsets.length * 6);
  const uvs = new Float32Array(offsets.length * 4);
  const indices = new Uint16Array((offsets.length - 1) * 6);
  offsets.forEach((offset, column) => {
    const intoCorner = Math.max(0, Math.abs(offset) - (widthM / 2 - corner));
    const halfHeight = heightM / 2 - corner + Math.sqrt(Math.max(0, corner ** 2 - intoCorner ** 2));
    const [x, z] = bend(offset, bendRadiusM);
    const u = offset / widthM + 0.5;
    const v = halfHeight / heightM;
    positions.set([x, halfHeight, z, x, -halfHeight, z], column * 6);
    uvs.set([u, 0.5 + v, u, 0.5 - v], column * 4);
    if (column === 0) return;
    const [topLeft, bottomLeft, top, bottom] = [-2, -1, 0, 1].map((step) => column * 2 + step) as Quad;
    indices.set([topLeft, bottomLeft, bottom, topLeft, bottom, top], (column - 1) * 6);
  });
  return { positions, uvs, indices };
}

type Quad = [number, number, number, number];

/** A point of the sheet in its own frame: `along` and `up` in metres from the middle. */
export function bend(along: number, radiusM: number): [x: number, z: number] {
  if (!Number.isFinite(radiusM)) return [along, 0];
  const angle = along / radiusM;
  return [radiusM * Math.sin(angle), radiusM * (1 - Math.cos(angle))];
}

/** The reverse of `bend`: how far along the sheet a point of it is from the middle. */
export function unbend(x: number, z: number, radiusM: number): number {
  return Number.isFinite(radiusM) ? radiusM * Math.atan2(x, radiusM - z) : x;
}

/** Where the columns stand along the width, from left to right. */
function columnOffsets(widthM: number, corner: number, bendRadiusM: number): number[] {
  const inner = widthM / 2 - corner;
  const quarter = Array.from({ length: CORNER_COLUMNS }, (_, step) => {
    const angle = ((step + 1) / CORNER_COLUMNS) * (Math.PI / 2);
    return inner + corner * Math.sin(angle);
  });
  const bentDeg = Number.isFinite(bendRadiusM) ? ((2 * inner) / bendRadiusM) * (180 / Math.PI) : 0;
  const most = SEGMENTS_MAX - 2 * CORNER_COLUMNS;
  const columns = Math.min(most, Math.max(1, Math.ceil(bentDeg / DEG_PER_COLUMN)));
  const middle = Array.from({ length: columns + 1 }, (_, step) => inner * ((2 * step) / columns - 1));
  return [...quarter.map((offset) => -offset).reverse(), ...middle, ...quarter];
}
