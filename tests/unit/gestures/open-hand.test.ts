import { describe, expect, it } from "vitest";
import { FIST, type HandPose, OPEN, ramp } from "../../fixtures/hand-frames.ts";
import { createRandom } from "../../fixtures/random.ts";
import { playGestures } from "./play-gestures.ts";

/** Upright, palm to the left: the right hand of somebody about to push a page aside. */
const blade: HandPose = { palm: [0, 1.5, -0.4], normal: [-1, 0, 0], fingers: [0, 1, 0], curl: OPEN };
const swiping =
  (way: number, { from = 1, to = 1.3, up = 0 } = {}) =>
  (seconds: number): HandPose => ({
    ...blade,
    palm: [ramp(seconds, [from, to], [0, way]), 1.5 + ramp(seconds, [from, to], [0, up]), -0.4],
  });

describe("a swipe", () => {
  it.each([
    ["to the right goes back", 0.25, "swipe-back right"],
    ["to the left goes forward", -0.25, "swipe-forward right"],
  ])("%s, once", (_, way, name) => {
    expect(playGestures({ right: swiping(way) }, { to: 2.5 }).names).toEqual([name]);
  });

  it("shows its cue before it counts, and fires exactly when the cue is full", () => {
    let armedAt = 0;
    let last = 0;
    playGestures(
      { right: swiping(0.25) },
      {
        to: 2,
        onFrame: ({ right, events }, seconds) => {
          if (right.swipe.armed && armedAt === 0) armedAt = seconds;
          if (events.count > 0) {
            expect(seconds - armedAt).toBeGreaterThan(0.15);
            expect(last).toBeGreaterThan(0.7);
          }
          last = right.swipe.progress;
        },
      },
    );
    expect(armedAt).toBeGreaterThan(0);
  });

  it.each([
    ["too short", swiping(0.1)],
    ["too slow", swiping(0.25, { from: 1, to: 3 })],
    ["slanting", swiping(0.2, { up: 0.2 })],
    [
      "from a hand that was never still",
      (s: number) => ({ ...blade, palm: [Math.sin(s * 6) * 0.25, 1.5, -0.4] as const }),
    ],
    [
      "out of view",
      (s: number) => ({ ...swiping(0.25)(s), palm: [ramp(s, [1, 1.3], [0, 0.25]), 0.9, -0.2] as const }),
    ],
    ["of a fist", (s: number) => ({ ...swiping(0.25)(s), curl: FIST })],
    ["of a hand lost on the way", (s: number) => (s > 1.1 && s < 1.5 ? null : swiping(0.25)(s))],
  ])("%s does nothing", (_, right) => {
    expect(playGestures({ right }, { to: 3.5 }).names).toEqual([]);
  });

  it("works lying down: sideways is what the head calls so", () => {
    // The head looks straight up; what was ahead is above it.
    const up = [Math.SQRT1_2, 0, 0, Math.SQRT1_2] as const;
    const lying = (s: number): HandPose => ({
      palm: [ramp(s, [1, 1.3], [0, 0.25]), 1, 0],
      normal: [-1, 0, 0],
      fingers: [0, 0, 1],
      curl: OPEN,
    });
    const head = () => ({ position: [0, 0.6, 0] as const, orientation: up });
    expect(playGestures({ right: lying, head }, { to: 2 }).names).toEqual(["swipe-back right"]);
  });

  it("needs less way when seated", () => {
    const short = { right: swiping(0.125) };
    expect(playGestures(short, { to: 2 }).names).toEqual([]);
    expect(playGestures(short, { to: 2, posture: { seated: true } }).names).toEqual(["swipe-back right"]);
  });
});

describe("the palm menu", () => {
  const palmUp =
    (hand: "left" | "right") =>
    (seconds: number): HandPose => ({
      palm: [hand === "left" ? -0.05 : 0.05, 1.45, -0.35],
      normal: seconds < 0.5 || seconds > 2 ? [0, -1, 0] : [0, 0.35, 0.9],
      fingers: seconds < 0.5 || seconds > 2 ? [0, 0, -1] : [0, 0.9, -0.35],
      curl: OPEN,
    });

  it("opens from the hand that does not point, after a cue, and closes when the palm turns away", () => {
    const cues: number[] = [];
    const { names } = playGestures(
      { left: palmUp("left"), right: palmUp("right") },
      { to: 3, onFrame: ({ left }) => cues.push(left.menu.progress) },
    );
    expect(names).toEqual(["menu-open left", "menu-close left"]);
    expect(cues.some((cue) => cue > 0 && cue < 1)).toBe(true);
  });

  it("is on the right hand of a left-handed person", () => {
    const { names } = playGestures(
      { left: palmUp("left"), right: palmUp("right") },
      { to: 1.5, posture: { dominantHand: "left" } },
    );
    expect(names).toEqual(["menu-open right"]);
  });

  it("opens from the only hand when one is used", () => {
    const { names } = playGestures({ right: palmUp("right") }, { to: 1.5, posture: { oneHanded: true } });
    expect(names).toEqual(["menu-open right"]);
  });

  it("closes with the hand that is lost", () => {
    const { names } = playGestures({ left: (s) => (s > 1.2 ? null : palmUp("left")(s)) }, { to: 2 });
    expect(names).toEqual(["menu-open left", "menu-close left"]);
  });
});

describe("an open palm held towards a panel", () => {
  const stop = (seconds: number, change: Partial<HandPose> = {}): HandPose => ({
    palm: [0.05, 1.5, -0.5],
    normal: seconds < 0.5 ? [0, -1, 0] : [0, 0, -1],
    fingers: seconds < 0.5 ? [0, 0, -1] : [0, 1, 0],
    curl: OPEN,
    aimsAtPanel: true,
    ...change,
  });

  it("dismisses it once, after a cue that can be watched", () => {
    let cueFrames = 0;
    const { names } = playGestures(
      { right: stop },
      {
        to: 6,
        onFrame: ({ right }) => {
          if (right.dismiss.progress > 0) cueFrames += 1;
        },
      },
    );
    expect(names).toEqual(["dismiss right"]);
    expect(cueFrames).toBeGreaterThan(45);
  });

  it.each([
    ["that moves", (s: number) => stop(s, { palm: [Math.sin(s * 5) * 0.15, 1.5, -0.5] })],
    ["with no panel there", (s: number) => stop(s, { aimsAtPanel: false })],
    ["close to the body", (s: number) => stop(s, { palm: [0.02, 1.58, -0.2] })],
    ["that is withdrawn in time", (s: number) => (s > 1.2 ? stop(0) : stop(s))],
  ])("%s does nothing", (_, right) => {
    expect(playGestures({ right }, { to: 4 }).names).toEqual([]);
  });
});

describe("a fist", () => {
  const grab = (seconds: number, aimsAtPanel = true): HandPose => ({
    palm: [ramp(seconds, [1.2, 1.8], [0.1, 0.4]), 1.4, -0.45],
    normal: [0, -1, 0],
    fingers: [0, 0, -1],
    curl:
      seconds < 0.5 || seconds > 2.2
        ? OPEN
        : ([0, 0, 0, 0].map(() => ramp(seconds, [0.5, 0.8], [0, 1])) as never),
    aimsAtPanel,
  });

  it("closed on a panel grabs it, moves it and lets go of it", () => {
    const { names, events } = playGestures({ right: grab }, { to: 3 });
    expect(names).toEqual(["grab-start right", "grab-end right"]);
    expect(events.at(-1)?.dx).toBeCloseTo(0.3, 2);
  });

  it("closed on nothing grabs nothing", () => {
    expect(playGestures({ right: (s) => grab(s, false) }, { to: 3 }).names).toEqual([]);
  });

  it("that was closed before it came to the panel grabs nothing", () => {
    expect(playGestures({ right: (s) => ({ ...grab(1), aimsAtPanel: s > 2 }) }, { to: 4 }).names).toEqual([]);
  });

  it("lost on the way leaves the panel where it is, by one cancel", () => {
    const { names } = playGestures({ right: (s) => (s > 1.5 ? null : grab(s)) }, { to: 3 });
    expect(names).toEqual(["grab-start right", "grab-cancel right"]);
  });
});

it("hands that wave, talk and point by chance never go back, forward, nor close anything", () => {
  for (let seed = 1; seed <= 12; seed += 1) {
    const random = createRandom(seed);
    const speeds = Array.from({ length: 9 }, () => 0.5 + random() * 4);
    const wave = (seconds: number, index: number, size: number) =>
      Math.sin(seconds * (speeds[index] ?? 1) + index) * size;
    const chance = (seconds: number): HandPose => ({
      palm: [0.1 + wave(seconds, 0, 0.2), 1.4 + wave(seconds, 1, 0.15), -0.4 + wave(seconds, 2, 0.1)],
      normal: [wave(seconds, 3, 1), wave(seconds, 4, 1) + 0.01, wave(seconds, 5, 1)],
      fingers: [0.2, 1, wave(seconds, 6, 0.5)],
      curl: [0.3, 0.3, 0.3, 0.3].map((curl, finger) => Math.abs(curl + wave(seconds, finger, 0.3))) as never,
      aimsAtPanel: true,
    });
    const { names } = playGestures({ right: chance }, { to: 20 });
    expect(
      names.filter((name) => /swipe|dismiss/.test(name)),
      `seed ${seed}`,
    ).toEqual([]);
  }
});
