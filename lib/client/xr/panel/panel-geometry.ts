import { BufferAttribute, BufferGeometry } from "three";
import { buildPanelMesh, type PanelSheet } from "#lib/core/surfaces/panel-mesh.ts";

interface SharedGeometry {
  geometry: BufferGeometry;
  users: number;
}

const shared = new Map<string, SharedGeometry>();

/** Half a centimetre of size and a percent of bending make no sheet of their own. */
function round(value: number, step: number): number {
  return Math.round(value / step) * step;
}

/**
 * The geometry of a sheet, shared by all panels of the same size and bending, with
 * whoever asked for it counted. Give it back with `releasePanelGeometry`: the last
 * one disposes it.
 */
export function acquirePanelGeometry(sheet: PanelSheet): BufferGeometry {
  const bend = Number.isFinite(sheet.bendRadiusM) ? round(sheet.bendRadiusM, 0.01) : Infinity;
  const exact: PanelSheet = {
    widthM: round(sheet.widthM, 0.005),
    heightM: round(sheet.heightM, 0.005),
    bendRadiusM: bend,
    cornerRadiusM: sheet.cornerRadiusM,
  };
  const key = Object.values(exact).join(" ");
  let entry = shared.get(key);
  if (!entry) {
    entry = { geometry: build(exact), users: 0 };
    entry.geometry.userData.key = key;
    shared.set(key, entry);
  }
  entry.users += 1;
  return entry.geometry;
}

export function releasePanelGeometry(geometry: BufferGeometry): void {
  const key: unknown = geometry.userData.key;
  const entry = typeof key === "string" ? shared.get(key) : undefined;
  if (!entry || entry.geometry !== geometry) return;
  entry.users -= 1;
  if (entry.users > 0) return;
  shared.delete(String(key));
  geometry.dispose();
}

function build(sheet: PanelSheet): BufferGeometry {
  const { positions, uvs, indices } = buildPanelMesh(sheet);
  const geometry = new BufferGeometry();
  geometry.setAttribute("position", new BufferAttribute(positions, 3));
  geometry.setAttribute("uv", new BufferAttribute(uvs, 2));
  geometry.setIndex(new BufferAttribute(indices, 1));
  geometry.computeBoundingSphere();
  return geometry;
}
