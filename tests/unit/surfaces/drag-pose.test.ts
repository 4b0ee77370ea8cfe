import { describe, expect, it } from "vitest";
import { DEFAULT_POSE } from "#lib/core/space/session.ts";
import { dragPose, spreadPose, startDrag } from "#lib/core/surfaces/drag-pose.ts";
import type { Pose } from "#lib/protocol/space.ts";

const pose: Pose = { ...DEFAULT_POSE, azimuthDeg: 20, elevationDeg: 5, distanceM: 2 };
const rayTo = (azimuthDeg: number, elevationDeg: number, hand = { x: 0, y: 0, z: 0 }) => {
  const azimuth = (azimuthDeg * Math.PI) / 180;
  const elevation = (elevationDeg * Math.PI) / 180;
  return {
    ox: hand.x,
    oy: hand.y,
    oz: hand.z,
    dx: Math.cos(elevation) * Math.sin(azimuth) * 3,
    dy: Math.sin(elevation) * 3,
    dz: -Math.cos(elevation) * Math.cos(azimuth) * 3,
  };
};

describe("a panel in the hand", () => {
  it("stays where it is until the hand moves, wherever it was taken hold of", () => {
    const ray = rayTo(30, -8, { x: 0.2, y: -0.3, z: -0.2 });
    const held = dragPose(startDrag(pose, ray), ray, 0, { ...pose });
    expect(held.azimuthDeg).toBeCloseTo(20, 9);
    expect(held.elevationDeg).toBeCloseTo(5, 9);
    expect(held.distanceM).toBeCloseTo(2, 9);
  });

  it("goes with the ray and keeps its size and bending", () => {
    const start = startDrag(pose, rayTo(20, 5));
    const held = dragPose(start, rayTo(65, -10), 0, { ...pose });
    expect(held).toEqual({
      ...pose,
      azimuthDeg: expect.closeTo(65, 6),
      elevationDeg: expect.closeTo(-10, 6),
    });
  });

  it("passes behind the person without a jump", () => {
    const start = startDrag({ ...pose, azimuthDeg: 175 }, rayTo(175, 0));
    expect(dragPose(start, rayTo(185, 0), 0, { ...pose }).azimuthDeg).toBeCloseTo(-175, 6);
  });

  it("comes nearer with the hand and with the thumbstick, within reach", () => {
    const far = { x: 0, y: 0, z: -0.6 };
    const near = { x: 0, y: 0, z: -0.3 };
    const start = startDrag(pose, rayTo(20, 5, far));
    expect(dragPose(start, rayTo(20, 5, near), 0, { ...pose }).distanceM).toBeLessThan(2);
    expect(dragPose(start, rayTo(20, 5, far), -1, { ...pose }).distanceM).toBeCloseTo(1, 6);
    expect(dragPose(start, rayTo(20, 5, far), -50, { ...pose }).distanceM).toBeCloseTo(0.5, 6);
  });

  it("gives a sane pose for a ray that meets nothing", () => {
    const start = startDrag(pose, rayTo(20, 5));
    const lost = dragPose(start, { ox: 9, oy: 0, oz: 9, dx: 1, dy: 0, dz: 1 }, 0, { ...pose });
    for (const value of Object.values(lost)) expect(Number.isFinite(value)).toBe(true);
  });

  it("grows with the distance between two hands", () => {
    expect(spreadPose(pose, 0.4, 0.6, { ...pose }).widthM).toBeCloseTo(pose.widthM * 1.5, 6);
    expect(spreadPose(pose, 0, 0.6, { ...pose }).widthM).toBeCloseTo(pose.widthM, 6);
  });
});
