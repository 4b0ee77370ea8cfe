import { Group, Object3D, PerspectiveCamera, Vector3 } from "three";
import { describe, expect, it } from "vitest";
import { fieldScroll, offsetAtField, type StripContent } from "#lib/client/xr/keyboard/paint-strip.ts";
import { placeKeyboard } from "#lib/client/xr/keyboard/place-keyboard.ts";

function stand({
  panelAt,
  lookAt,
}: {
  panelAt: [number, number, number] | null;
  lookAt: [number, number, number];
}) {
  const camera = new PerspectiveCamera();
  camera.position.set(0.4, 1.5, 0.2);
  camera.lookAt(...lookAt);
  camera.updateMatrixWorld();
  // Its parent is turned and moved, as the frame of a layout can be.
  const parent = new Group();
  parent.position.set(1, 0, -2);
  parent.rotation.y = 0.7;
  const keyboard = new Object3D();
  parent.add(keyboard);
  const panel = panelAt && new Object3D();
  panel?.position.set(...(panelAt ?? [0, 0, 0]));
  panel?.updateMatrixWorld();
  placeKeyboard(keyboard, { camera, panel, isHeadset: true });
  keyboard.updateWorldMatrix(true, false);
  const at = keyboard.getWorldPosition(new Vector3());
  const away = at.clone().sub(camera.position);
  return { away, facing: keyboard.getWorldDirection(new Vector3()) };
}

describe("the keyboard stands", () => {
  it("within reach, below the eyes, turned to them", () => {
    const { away, facing } = stand({ panelAt: [0.4, 1.5, -2], lookAt: [0.4, 1.5, -2] });
    expect(away.length()).toBeCloseTo(0.6, 5);
    expect((Math.asin(-away.y / away.length()) * 180) / Math.PI).toBeCloseTo(33, 3);
    expect(facing.dot(away.normalize())).toBeCloseTo(-1, 5);
  });

  it("below the panel it is for, though the head looks a little aside", () => {
    const { away } = stand({ panelAt: [2.4, 2.5, 0.2], lookAt: [1.4, 1.5, -0.8] });
    expect(away.x).toBeGreaterThan(0.45);
    expect(away.z).toBeCloseTo(0, 5);
  });

  it("in front of a person who looks away from that panel", () => {
    const { away } = stand({ panelAt: [0.4, 1.5, 3], lookAt: [0.4, 1.5, -2] });
    expect(away.z).toBeLessThan(-0.4);
  });

  it("in front of a person who looks straight down", () => {
    const { away } = stand({ panelAt: null, lookAt: [0.4, 0, 0.2] });
    expect(Math.hypot(away.x, away.z)).toBeCloseTo(0.6 * Math.cos((33 * Math.PI) / 180), 3);
  });
});

describe("the field above the keys", () => {
  /** Every letter half a degree wide. */
  const measure = (text: string) => text.length / 2;
  const content = (text: string, caret: number): StripContent => ({
    text,
    caret,
    selection: { start: caret, end: caret },
    composition: null,
    label: "",
    suggestions: [],
  });

  it("does not move a text that fits, and keeps the caret of a longer one in sight", () => {
    expect(fieldScroll(content("short", 5), measure)).toBe(0);
    for (const caret of [0, 40, 100, 200]) {
      const left = measure("x".repeat(caret)) - fieldScroll(content("x".repeat(200), caret), measure);
      expect(left).toBeGreaterThanOrEqual(0);
      expect(left).toBeLessThanOrEqual(36);
    }
  });

  it("puts the caret where it is pointed at", () => {
    const text = content("x".repeat(200), 200);
    expect(offsetAtField(content("abcdef", 6), -100, measure)).toBe(0);
    expect(offsetAtField(content("abcdef", 6), 100, measure)).toBe(6);
    expect(offsetAtField(text, 100, measure)).toBe(200);
    expect(offsetAtField(text, 0, measure)).toBeLessThan(200);
  });
});
