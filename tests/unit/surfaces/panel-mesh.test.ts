import { describe, expect, it } from "vitest";
import { bend, buildPanelMesh, SEGMENTS_MAX, unbend } from "#lib/core/surfaces/panel-mesh.ts";

const FLAT = { widthM: 1.2, heightM: 0.9, bendRadiusM: Number.POSITIVE_INFINITY, cornerRadiusM: 0.02 };

function vertices({ positions, uvs }: ReturnType<typeof buildPanelMesh>) {
  return Array.from({ length: positions.length / 3 }, (_, index) => ({
    x: positions[index * 3] ?? 0,
    y: positions[index * 3 + 1] ?? 0,
    z: positions[index * 3 + 2] ?? 0,
    u: uvs[index * 2] ?? 0,
    v: uvs[index * 2 + 1] ?? 0,
  }));
}

describe("the sheet of a panel", () => {
  it("spans the whole width and height, with the picture from edge to edge", () => {
    const points = vertices(buildPanelMesh(FLAT));
    expect(Math.max(...points.map(({ x }) => x))).toBeCloseTo(0.6, 6);
    expect(Math.max(...points.map(({ y }) => y))).toBeCloseTo(0.45, 6);
    expect(Math.min(...points.map(({ u }) => u))).toBeCloseTo(0, 6);
    expect(Math.max(...points.map(({ v }) => v))).toBeCloseTo(1, 6);
    expect(points.every(({ z }) => z === 0)).toBe(true);
  });

  it("leaves out the corners beyond their rounding", () => {
    const points = vertices(buildPanelMesh({ ...FLAT, cornerRadiusM: 0.1 }));
    for (const { x, y } of points) {
      const intoX = Math.max(0, Math.abs(x) - 0.5);
      const intoY = Math.max(0, Math.abs(y) - 0.35);
      expect(Math.hypot(intoX, intoY)).toBeLessThanOrEqual(0.1 + 1e-6);
    }
  });

  it("faces the reader with every triangle", () => {
    const mesh = buildPanelMesh({ ...FLAT, bendRadiusM: 1.6 });
    const points = vertices(mesh);
    for (let at = 0; at < mesh.indices.length; at += 3) {
      const [a, b, c] = [0, 1, 2].map((step) => points[mesh.indices[at + step] ?? 0]);
      if (!a || !b || !c) throw new Error("a triangle names a vertex that is not there");
      const area = (b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y);
      expect(area).toBeGreaterThanOrEqual(-1e-9);
    }
  });

  it.each([0.5, 1, 1.6, 4, 100])("keeps every point of the middle line %f m from its axis", (bendRadiusM) => {
    for (const { x, z } of vertices(buildPanelMesh({ ...FLAT, bendRadiusM }))) {
      expect(Math.hypot(x, z - bendRadiusM)).toBeCloseTo(bendRadiusM, 4);
      expect(z).toBeGreaterThanOrEqual(0);
    }
  });

  it("has at most 64 strips however wide and bent it is", () => {
    const mesh = buildPanelMesh({ widthM: 8, heightM: 2, bendRadiusM: 1.3, cornerRadiusM: 0.02 });
    expect(mesh.indices.length / 6).toBeLessThanOrEqual(SEGMENTS_MAX);
  });

  it("finds again on a bent sheet what was put on it", () => {
    for (const radius of [0.7, 2, Number.POSITIVE_INFINITY]) {
      for (const along of [-0.9, -0.2, 0, 0.4, 1]) {
        const [x, z] = bend(along, radius);
        expect(unbend(x, z, radius)).toBeCloseTo(along, 9);
      }
    }
  });
});
