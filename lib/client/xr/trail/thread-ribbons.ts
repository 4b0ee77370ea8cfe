import {
  BufferGeometry,
  type Color,
  DoubleSide,
  DynamicDrawUsage,
  Float32BufferAttribute,
  Mesh,
  MeshBasicMaterial,
  QuadraticBezierCurve3,
  Vector3,
} from "three";

const STEPS = 20;
const POINTS = STEPS + 1;

/** Thin bands between points of the room: one buffer, one draw call, however many. */
export interface ThreadRibbons {
  readonly mesh: Mesh;
  /** A band from one point to another over a third that draws it aside; wide side to the head at the origin. */
  set: (index: number, from: Vector3, over: Vector3, to: Vector3, color: Color) => void;
  setCount: (count: number) => void;
  dispose: () => void;
}

const curve = new QuadraticBezierCurve3();
const point = new Vector3();
const ahead = new Vector3();
const side = new Vector3();

export function createThreadRibbons(capacity: number, widthM: number): ThreadRibbons {
  const positions = new Float32BufferAttribute(new Float32Array(capacity * POINTS * 2 * 3), 3);
  const colors = new Float32BufferAttribute(new Float32Array(capacity * POINTS * 2 * 3), 3);
  positions.setUsage(DynamicDrawUsage);
  const indices: number[] = [];
  for (let thread = 0; thread < capacity; thread += 1) {
    for (let step = 0; step < STEPS; step += 1) {
      const at = (thread * POINTS + step) * 2;
      indices.push(at, at + 1, at + 2, at + 2, at + 1, at + 3);
    }
  }
  const geometry = new BufferGeometry();
  geometry.setAttribute("position", positions);
  geometry.setAttribute("color", colors);
  geometry.setIndex(indices);
  geometry.setDrawRange(0, 0);
  const material = new MeshBasicMaterial({ vertexColors: true, side: DoubleSide, toneMapped: false });
  const mesh = new Mesh(geometry, material);
  mesh.frustumCulled = false;
  // A thread is too thin to point at.
  mesh.raycast = () => {};
  return {
    mesh,
    set: (index, from, over, to, color) => {
      if (index >= capacity) return;
      curve.v0.copy(from);
      curve.v1.copy(over);
      curve.v2.copy(to);
      for (let step = 0; step < POINTS; step += 1) {
        const share = step / STEPS;
        curve.getPoint(share, point);
        curve.getTangent(share, ahead);
        side.crossVectors(ahead, point).normalize();
        // A thread grows wider towards where it leads, so that its direction shows without colour.
        side.multiplyScalar((widthM / 2) * (0.5 + share));
        const at = (index * POINTS + step) * 2;
        positions.setXYZ(at, point.x - side.x, point.y - side.y, point.z - side.z);
        positions.setXYZ(at + 1, point.x + side.x, point.y + side.y, point.z + side.z);
        colors.setXYZ(at, color.r, color.g, color.b);
        colors.setXYZ(at + 1, color.r, color.g, color.b);
      }
      positions.needsUpdate = true;
      colors.needsUpdate = true;
    },
    setCount: (count) => geometry.setDrawRange(0, Math.min(count, capacity) * STEPS * 6),
    dispose: () => {
      geometry.dispose();
      material.dispose();
    },
  };
}
