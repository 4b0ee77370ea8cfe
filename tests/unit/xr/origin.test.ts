import { Matrix4, Quaternion, Vector3 } from "three";
import { describe, expect, it } from "vitest";
import { headYaw, originForHead } from "#lib/core/xr/origin.ts";
import { createRandom } from "../../fixtures/random.ts";

const UP = new Vector3(0, 1, 0);
const RIGHT = new Vector3(1, 0, 0);
const orientation = (yaw: number, pitch: number) =>
  new Quaternion().setFromAxisAngle(UP, yaw).multiply(new Quaternion().setFromAxisAngle(RIGHT, pitch));
const difference = (a: number, b: number) => Math.abs(Math.atan2(Math.sin(a - b), Math.cos(a - b)));

describe("the origin of a session", () => {
  it("brings every head to the middle of the layout, facing ahead, at its own height", () => {
    const random = createRandom(7);
    for (let n = 0; n < 200; n++) {
      const head = {
        x: random() * 4 - 2,
        y: random() * 2,
        z: random() * 4 - 2,
        yaw: (random() * 2 - 1) * Math.PI,
      };
      const origin = originForHead(head, { x: 0, y: 0, z: 0, yaw: 0 });
      const world = new Matrix4().makeRotationY(origin.yaw).setPosition(origin.x, origin.y, origin.z);
      const local = new Matrix4().makeRotationY(head.yaw).setPosition(head.x, head.y, head.z);
      const seen = world.multiply(local);
      expect(new Vector3().setFromMatrixPosition(seen).length()).toBeLessThan(1e-9);
      const ahead = new Vector3(0, 0, -1).transformDirection(seen);
      expect(ahead.distanceTo(new Vector3(0, 0, -1))).toBeLessThan(1e-9);
    }
  });
});

describe("the way a head faces", () => {
  it("is its turn, however far it looks up or down", () => {
    for (const yaw of [-3, -1.5, 0, 0.7, 2.4]) {
      for (const pitch of [-1.2, -0.4, 0, 0.4, 1.2]) {
        expect(difference(headYaw(orientation(yaw, pitch)), yaw)).toBeLessThan(1e-6);
      }
    }
  });

  it("is known of someone who lies and looks straight up, or reads the floor", () => {
    for (const yaw of [-2, 0, 1]) {
      expect(difference(headYaw(orientation(yaw, Math.PI / 2)), yaw)).toBeLessThan(1e-6);
      expect(difference(headYaw(orientation(yaw, -Math.PI / 2)), yaw)).toBeLessThan(1e-6);
    }
  });
});
