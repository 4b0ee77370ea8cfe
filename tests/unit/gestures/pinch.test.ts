import { describe, expect, it } from "vitest";
import { FIST, POINTING, ramp } from "../../fixtures/hand-frames.ts";
import { createRandom } from "../../fixtures/random.ts";
import { pinching, playGestures } from "./play-gestures.ts";

/** Apart, closed from 0.7 s to 1.1 s, apart. */
const click = (seconds: number) =>
  pinching(seconds < 0.9 ? ramp(seconds, [0.5, 0.7], [0.07, 0.01]) : ramp(seconds, [0.9, 1.1], [0.01, 0.07]));

describe("a pinch", () => {
  it("starts when the cue is full, and not before", () => {
    const cues: number[] = [];
    const { names } = playGestures(
      { right: click },
      {
        to: 1.5,
        onFrame: ({ right }) => {
          cues.push(right.pinch.progress);
          expect(right.pinch.progress === 1).toBe(right.pinch.closed);
        },
      },
    );
    expect(names).toEqual(["pinch-start right", "pinch-end right"]);
    const start = cues.indexOf(1);
    expect(cues[0]).toBe(0);
    expect(cues.slice(0, start + 1)).toEqual([...cues.slice(0, start + 1)].sort((a, b) => a - b));
    expect(cues.slice(0, start).some((cue) => cue > 0.3 && cue < 1)).toBe(true);
  });

  it("tells how long it was", () => {
    const { events } = playGestures({ right: click }, { to: 1.5 });
    expect(events.at(-1)?.value).toBeGreaterThan(150);
    expect(events.at(-1)?.value).toBeLessThan(500);
  });

  it("does not flutter when tips tremble around the threshold", () => {
    const random = createRandom(7);
    const { names } = playGestures(
      { right: (seconds) => pinching(seconds < 0.5 ? 0.05 : 0.019 + (random() - 0.5) * 0.012) },
      { to: 4 },
    );
    expect(names).toEqual(["pinch-start right", "pinch-long right"]);
  });

  it("does not start from a hand that appears with its tips together", () => {
    expect(playGestures({ right: () => pinching(0.01) }, { to: 2 }).names).toEqual([]);
  });

  it("does not start from a fist, whose thumb lies beside the index finger", () => {
    const fist = (seconds: number) => ({
      ...pinching(seconds < 0.5 ? 0.06 : 0.012),
      curl: seconds < 0.5 ? ([0.2, 0.2, 0.2, 0.2] as const) : FIST,
      aimsAtPanel: false,
    });
    expect(playGestures({ right: fist }, { to: 2 }).names).toEqual([]);
  });

  it("held still is a long pinch, once", () => {
    const { names } = playGestures({ right: (s) => pinching(s < 0.3 ? 0.06 : 0.01) }, { to: 3 });
    expect(names).toEqual(["pinch-start right", "pinch-long right"]);
  });

  it("that moves is a drag, and says how far", () => {
    const drag = (seconds: number) =>
      pinching(seconds < 0.3 ? 0.06 : seconds < 1.5 ? 0.01 : 0.06, [ramp(seconds, [0.5, 1], [0, 0.2]), 0, 0]);
    const { names, events } = playGestures({ right: drag }, { to: 2 });
    expect(names).toEqual(["pinch-start right", "drag-start right", "drag-end right", "pinch-end right"]);
    const end = events.find(({ type }) => type === "drag-end");
    expect(end?.dx).toBeCloseTo(0.2, 2);
    expect(events.filter(({ type }) => type === "drag-move").length).toBeGreaterThan(20);
  });

  it("of one hand leaves the other free: two hands click on their own", () => {
    const left = (seconds: number) => ({
      ...click(seconds - 0.1),
      palm: [-0.15, 1.35, -0.4] as const,
      aimsAtPanel: false,
    });
    const { names } = playGestures({ left, right: click }, { to: 2 });
    expect(names.toSorted()).toEqual([
      "pinch-end left",
      "pinch-end right",
      "pinch-start left",
      "pinch-start right",
    ]);
  });
});

describe("losing a hand", () => {
  const held = (seconds: number) =>
    pinching(seconds < 0.3 ? 0.06 : 0.01, [ramp(seconds, [0.4, 0.8], [0, 0.1]), 0, 0]);

  it("for a moment changes nothing", () => {
    const flickers = (seconds: number) => (seconds > 1 && seconds < 1.08 ? null : held(seconds));
    expect(playGestures({ right: flickers }, { to: 2 }).names).toEqual([
      "pinch-start right",
      "drag-start right",
    ]);
  });

  it("for longer cancels the drag once, and the hand that comes back clicks nothing", () => {
    const lost = (seconds: number) => (seconds > 1 && seconds < 1.5 ? null : held(seconds));
    const { names, recognizer } = playGestures({ right: lost }, { to: 2.5 });
    expect(names).toEqual([
      "pinch-start right",
      "drag-start right",
      "drag-cancel right",
      "pinch-cancel right",
    ]);
    expect(recognizer.right.pinch.closed).toBe(false);
  });

  it("by joints that are no numbers is losing it", () => {
    const broken = (seconds: number) =>
      seconds > 1 ? { ...held(seconds), palm: [Number.NaN, 0, 0] as const } : held(seconds);
    expect(playGestures({ right: broken }, { to: 2 }).names.slice(-1)).toEqual(["pinch-cancel right"]);
  });

  it("by a gap between frames cancels too", () => {
    const { names } = playGestures({ right: held }, { to: 2, skip: (s) => s > 1 && s < 1.6 });
    expect(names.slice(-2)).toEqual(["drag-cancel right", "pinch-cancel right"]);
  });
});

it("hands at rest do nothing at all", () => {
  const random = createRandom(3);
  const rest = (x: number) => (seconds: number) => ({
    ...POINTING,
    palm: [x + (random() - 0.5) * 0.004, 1 + Math.sin(seconds * 2) * 0.05, -0.2] as const,
    curl: [0.5, 0.5, 0.5, 0.5] as const,
    aimsAtPanel: true,
  });
  expect(playGestures({ left: rest(-0.2), right: rest(0.2) }, { to: 30 }).names).toEqual([]);
});
