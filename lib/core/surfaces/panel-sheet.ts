import { curveRadiusM } from "#lib/core/layout/panel-shape.ts";
import type { PanelSheet } from "#lib/core/surfaces/panel-mesh.ts";
import type { Pose } from "#lib/protocol/space.ts";

/** Metres; a finger's width at arm's length, as the look has it. */
const CORNER_M = 0.02;

/** The sheet a panel of this pose is drawn on. */
export function sheetOf(pose: Pose): PanelSheet {
  return {
    widthM: pose.widthM,
    heightM: pose.widthM * pose.aspect,
    bendRadiusM: curveRadiusM(pose),
    cornerRadiusM: CORNER_M,
  };
}
