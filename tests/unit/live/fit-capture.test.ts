import { expect, it } from "vitest";
import { fitCapture } from "#lib/core/live/fit-capture.ts";

/** What Chromium fills of a capture, as its own arithmetic has it. */
function filled(view: { width: number; height: number }, size: { width: number; height: number }) {
  const toEven = (pixels: number) => Math.floor(pixels / 2) * 2;
  const isTall = view.height * size.width < view.width * size.height;
  return isTall
    ? { width: size.width, height: toEven((size.width * view.height) / view.width) }
    : { width: toEven((size.height * view.width) / view.height), height: size.height };
}

it("a view with even sides is captured as it is", () => {
  expect(fitCapture({ width: 1280, height: 720 }, 1280)).toEqual({ width: 1280, height: 720, filled: 720 });
  expect(fitCapture({ width: 2560, height: 1440 }, 1280)).toEqual({ width: 1280, height: 720, filled: 720 });
});

it("a view of any size fills its capture but for rows that are known, at whatever density", () => {
  let seed = 11;
  const random = (from: number, to: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return from + (seed % (to - from));
  };
  for (let count = 0; count < 4000; count += 1) {
    const dpr = [1, 1.25, 1.5, 2, 3][count % 5] ?? 1;
    const css = { width: random(120, 2000), height: random(80, 1400) };
    const view = { width: Math.round(css.width * dpr), height: Math.round(css.height * dpr) };
    const wanted = (css.width * random(50, 300)) / 100;
    const size = fitCapture(view, wanted);
    expect([size.width % 2, size.height % 2]).toEqual([0, 0]);
    expect(Math.abs(size.width - wanted)).toBeLessThanOrEqual(1);
    expect(size.height - size.filled).toBeLessThanOrEqual(2);
    expect(filled(view, size)).toEqual({ width: size.width, height: size.filled });
  }
});
