import { BufferAttribute, BufferGeometry, DynamicDrawUsage } from "three";
import { KEY_INSET_DEG } from "#lib/client/xr/keyboard/paint-keys.ts";
import {
  BOARD_HEIGHT_DEG,
  BOARD_WIDTH_DEG,
  KEYS_HEIGHT_DEG,
  type KeyPlace,
} from "#lib/core/keyboard/key-geometry.ts";

/** More keys than any layout has. */
const KEYS_MAX = 72;
const BOTTOM = -BOARD_HEIGHT_DEG / 2;

/**
 * The faces of all keys in one geometry: four corners a key, cut out of one picture.
 * Moving a key in or tinting it writes to its corners, so that the whole keyboard
 * stays one draw call.
 */
export interface KeySheet {
  readonly geometry: BufferGeometry;
  /** Lays the keys out; they rest at `z` metres, without a tint. */
  place(places: readonly KeyPlace[], metresPerDegree: number, z: number): void;
  /** Factors of the picture's colours, 1 for none. */
  set(index: number, z: number, red: number, green: number, blue: number): void;
}

export function createKeySheet(): KeySheet {
  const positions = new BufferAttribute(new Float32Array(KEYS_MAX * 12), 3).setUsage(DynamicDrawUsage);
  const colors = new BufferAttribute(new Float32Array(KEYS_MAX * 12).fill(1), 3).setUsage(DynamicDrawUsage);
  const uvs = new BufferAttribute(new Float32Array(KEYS_MAX * 8), 2);
  const index = new Uint16Array(KEYS_MAX * 6);
  for (let key = 0; key < KEYS_MAX; key += 1) {
    const first = key * 4;
    index.set([first, first + 1, first + 2, first + 2, first + 1, first + 3], key * 6);
  }
  const geometry = new BufferGeometry();
  geometry.setAttribute("position", positions);
  geometry.setAttribute("color", colors);
  geometry.setAttribute("uv", uvs);
  geometry.setIndex(new BufferAttribute(index, 1));

  return {
    geometry,
    place(places, metresPerDegree, z) {
      places.slice(0, KEYS_MAX).forEach(({ x, y, widthDeg, heightDeg }, key) => {
        const halfWidth = widthDeg / 2 - KEY_INSET_DEG;
        const halfHeight = heightDeg / 2 - KEY_INSET_DEG;
        for (let corner = 0; corner < 4; corner += 1) {
          const cx = x + (corner & 1 ? halfWidth : -halfWidth);
          const cy = y + (corner & 2 ? halfHeight : -halfHeight);
          const at = key * 4 + corner;
          positions.setXYZ(at, cx * metresPerDegree, cy * metresPerDegree, z);
          colors.setXYZ(at, 1, 1, 1);
          uvs.setXY(at, cx / BOARD_WIDTH_DEG + 0.5, (cy - BOTTOM) / KEYS_HEIGHT_DEG);
        }
      });
      geometry.setDrawRange(0, Math.min(places.length, KEYS_MAX) * 6);
      positions.needsUpdate = colors.needsUpdate = uvs.needsUpdate = true;
      geometry.computeBoundingSphere();
    },
    set(key, z, red, green, blue) {
      for (let corner = 0; corner < 4; corner += 1) {
        const at = key * 4 + corner;
        positions.setZ(at, z);
        colors.setXYZ(at, red, green, blue);
      }
      positions.needsUpdate = colors.needsUpdate = true;
    },
  };
}
