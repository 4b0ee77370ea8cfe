import { describe, expect, it } from "vitest";
import { createPadState, type PadInput, stepPad } from "#lib/core/xr/gamepad.ts";

const pad = (pressed: number[] = [], axes: number[] = [0, 0, 0, 0], mapping = "standard"): PadInput => ({
  mapping,
  axes,
  buttons: Array.from({ length: 17 }, (_, index) => ({ pressed: pressed.includes(index) })),
});

describe("a gamepad", () => {
  it("looks with one stick and scrolls with the other", () => {
    const intent = stepPad(createPadState(), pad([], [0.5, -0.8, 0, 0.6]));
    expect(intent).toMatchObject({ lookX: 0.5, lookY: 0.8, scrollX: 0, scrollY: 0.6 });
  });

  it("that rests does nothing, though its sticks are worn", () => {
    const intent = stepPad(createPadState(), pad([], [0.1, -0.12, 0.05, 0.14]));
    expect(intent).toEqual({ lookX: 0, lookY: -0, scrollX: 0, scrollY: 0, isPressed: false, command: null });
  });

  it("runs a button's command once for each press", () => {
    const state = createPadState();
    expect(stepPad(state, pad([1])).command).toBe("page.back");
    expect(stepPad(state, pad([1])).command).toBeNull();
    stepPad(state, pad());
    expect(stepPad(state, pad([1])).command).toBe("page.back");
  });

  it("holds a press as long as its button", () => {
    const state = createPadState();
    expect(stepPad(state, pad([0])).isPressed).toBe(true);
    expect(stepPad(state, pad()).isPressed).toBe(false);
  });

  it("of another make is left alone, and one that is pulled out lets go", () => {
    const state = createPadState();
    expect(stepPad(state, pad([0, 1], [1, 1, 1, 1], "")).command).toBeNull();
    stepPad(state, pad([0]));
    expect(stepPad(state, null)).toMatchObject({ isPressed: false, scrollY: 0 });
  });
});
