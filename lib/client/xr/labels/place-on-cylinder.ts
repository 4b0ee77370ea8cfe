import { Quaternion, Vector3 } from "three";
import type { CardSheet } from "#lib/client/xr/labels/card-sheet.ts";

export interface CylinderPlace {
  /** To the right from straight ahead. */
  azimuthDeg: number;
  /** Above eye level. */
  heightM: number;
  radiusM: number;
  widthM: number;
}

const position = new Vector3();
const turn = new Quaternion();
const up = new Vector3(0, 1, 0);

/** Puts a card upright on a wall around the head, facing it. */
export function placeOnCylinder(sheet: CardSheet, index: number, place: CylinderPlace): void {
  const azimuth = (place.azimuthDeg * Math.PI) / 180;
  position.set(Math.sin(azimuth) * place.radiusM, place.heightM, -Math.cos(azimuth) * place.radiusM);
  sheet.place(index, position, turn.setFromAxisAngle(up, -azimuth), place.widthM);
}
