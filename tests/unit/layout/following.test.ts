import { describe, expect, it } from "vitest";
import { turnDeg } from "#lib/core/layout/angles.ts";
import {
  createFollowState,
  createHeadLockState,
  FOLLOW,
  HEAD_LOCK,
  type HeadInput,
  stepFollow,
  stepHeadLock,
} from "#lib/core/layout/follow.ts";
import {
  createRecentreState,
  isPanelAhead,
  RECENTRE,
  type RecentreState,
  requestRecentre,
  stepRecentre,
} from "#lib/core/layout/recentre.ts";
import { Spring, stepSpring } from "#lib/core/layout/spring.ts";
import { DEFAULT_POSE } from "#lib/core/space/session.ts";
import { createRandom } from "../../fixtures/random.ts";

const FRAME_S = 1 / 90;
const head = (change: Partial<HeadInput> = {}): HeadInput => ({
  azimuthDeg: 0,
  elevationDeg: 0,
  x: 0,
  y: 0,
  z: 0,
  ...change,
});

describe("easing", () => {
  it("is the same at any frame rate", () => {
    const slow = Object.assign(new Spring(10), { velocity: -3 });
    const fast = Object.assign(new Spring(10), { velocity: -3 });
    for (let step = 0; step < 6; step++) stepSpring(slow, 0, 0.5, 1 / 12);
    for (let step = 0; step < 60; step++) stepSpring(fast, 0, 0.5, 1 / 120);
    expect(fast.value).toBeCloseTo(slow.value, 9);
    expect(fast.velocity).toBeCloseTo(slow.velocity, 9);
  });

  it("never passes its goal from rest", () => {
    const spring = new Spring(90);
    for (let step = 0; step < 500; step++) {
      const before = spring.value;
      stepSpring(spring, 0, 0.5, FRAME_S);
      expect(spring.value).toBeLessThanOrEqual(before);
      expect(spring.value).toBeGreaterThanOrEqual(0);
    }
    expect(spring.value).toBeLessThan(0.01);
  });
});

describe("follow-me", () => {
  it("does not move while one looks around in the dead zone", () => {
    const state = createFollowState();
    const random = createRandom(41);
    for (let frame = 0; frame < 2000; frame++)
      stepFollow(
        state,
        head({
          azimuthDeg: (random() * 2 - 1) * FOLLOW.deadZoneDeg,
          elevationDeg: random() * 60,
          x: random() * 0.2,
        }),
        FRAME_S,
      );
    expect(state).toEqual(createFollowState());
  });

  it("brings panels in front again after a turn, and rests there", () => {
    const state = createFollowState();
    for (let frame = 0; frame < 400; frame++) stepFollow(state, head({ azimuthDeg: 100 }), FRAME_S);
    expect(Math.abs(turnDeg(state.azimuth.value, 100))).toBeLessThan(FOLLOW.settledDeg);
    expect(state.turning).toBe(false);
    const settled = state.azimuth.value;
    for (let frame = 0; frame < 100; frame++)
      stepFollow(state, head({ azimuthDeg: 100 + FOLLOW.deadZoneDeg - 5 }), FRAME_S);
    expect(state.azimuth.value).toBe(settled);
  });

  it("goes the short way across the back", () => {
    const state = createFollowState();
    state.azimuth.value = 170;
    stepFollow(state, head({ azimuthDeg: -140 }), FRAME_S);
    for (let frame = 0; frame < 30; frame++) {
      stepFollow(state, head({ azimuthDeg: -140 }), FRAME_S);
      expect(Math.abs(state.azimuth.value)).toBeGreaterThanOrEqual(139);
    }
  });

  it("is never as fast as the head, nor faster than its limit", () => {
    const state = createFollowState();
    let azimuthDeg = 0;
    for (let frame = 0; frame < 300; frame++) {
      const before = state.azimuth.value;
      azimuthDeg += frame < 60 ? 3 : 0;
      stepFollow(state, head({ azimuthDeg }), FRAME_S);
      const moved = turnDeg(before, state.azimuth.value);
      expect(Math.abs(moved)).toBeLessThanOrEqual(FOLLOW.fastestDegPerS * FRAME_S + 1e-9);
      if (frame < 60) expect(moved).toBeLessThan(3);
    }
  });

  it("comes along when one walks, and not when one sways", () => {
    const state = createFollowState();
    for (let frame = 0; frame < 100; frame++) stepFollow(state, head({ x: 0.3 }), FRAME_S);
    expect(state.x.value).toBe(0);
    for (let frame = 0; frame < 500; frame++) stepFollow(state, head({ x: 2, z: -1 }), FRAME_S);
    expect(Math.hypot(state.x.value - 2, state.z.value + 1)).toBeLessThan(FOLLOW.settledM);
    expect(state.walking).toBe(false);
  });

  it("survives a long pause without a jump", () => {
    const state = createFollowState();
    stepFollow(state, head({ azimuthDeg: 170 }), 60);
    expect(state.azimuth.value).toBeLessThanOrEqual(FOLLOW.fastestDegPerS * 0.1 + 1e-9);
  });
});

describe("a panel locked to the head", () => {
  it("is still while the head reads, and lags behind it when it turns", () => {
    const state = createHeadLockState();
    for (let frame = 0; frame < 200; frame++)
      stepHeadLock(
        state,
        { azimuthDeg: 4 * Math.sin(frame / 20), elevationDeg: 3 * Math.cos(frame / 9) },
        FRAME_S,
      );
    expect(state).toEqual(createHeadLockState());
    stepHeadLock(state, { azimuthDeg: 40, elevationDeg: 10 }, FRAME_S);
    expect(state.azimuth.value).toBeGreaterThan(0);
    expect(state.azimuth.value).toBeLessThan(5);
    for (let frame = 0; frame < 300; frame++)
      stepHeadLock(state, { azimuthDeg: 40, elevationDeg: 10 }, FRAME_S);
    expect(Math.hypot(state.azimuth.value - 40, state.elevation.value - 10)).toBeLessThan(
      HEAD_LOCK.settledDeg,
    );
    expect(state.moving).toBe(false);
  });
});

describe("recentring", () => {
  function run(
    state: RecentreState,
    headDeg: number | ((frame: number) => number),
    seconds: number,
    more: { panelAhead?: boolean; reducedMotion?: boolean } = {},
  ) {
    for (let frame = 0; frame < seconds / FRAME_S; frame++)
      stepRecentre(
        state,
        {
          headDeg: typeof headDeg === "number" ? headDeg : headDeg(frame),
          panelAhead: more.panelAhead ?? false,
          reducedMotion: more.reducedMotion ?? false,
        },
        FRAME_S,
      );
    return state;
  }

  it("brings the layout round when one has turned away for good", () => {
    const state = run(createRecentreState(), 120, RECENTRE.holdS + 6);
    expect(state.azimuth.value).toBe(120);
    expect(state.phase).toBe("resting");
  });

  it("waits as long as it should, then eases", () => {
    const state = run(createRecentreState(), 120, RECENTRE.holdS - 0.1);
    expect(state.azimuth.value).toBe(0);
    run(state, 120, 0.4);
    expect(state.phase).toBe("easing");
    expect(state.azimuth.value).toBeGreaterThan(0);
    expect(state.azimuth.value).toBeLessThan(60);
  });

  it.each([
    ["a glance over the shoulder", (frame: number) => (frame % 360 < 180 ? 150 : 0)],
    ["looking around", (frame: number) => 60 + 80 * Math.abs(Math.sin(frame / 60))],
    ["a turn within the field of view", () => 55],
  ])("does not for %s", (_, headDeg) => {
    expect(run(createRecentreState(), headDeg, 20).azimuth.value).toBe(0);
  });

  it("does not while a panel at the side is read", () => {
    expect(run(createRecentreState(), 90, 20, { panelAhead: true }).azimuth.value).toBe(0);
  });

  it("comes at once when asked for, in one step where motion is reduced", () => {
    const state = createRecentreState();
    requestRecentre(state, -70, true);
    expect(state).toMatchObject({ phase: "resting", azimuth: { value: -70 } });
    requestRecentre(state, 30);
    expect(run(state, 30, 5).azimuth.value).toBe(30);
    expect(run(createRecentreState(), 120, RECENTRE.holdS + 0.2, { reducedMotion: true }).azimuth.value).toBe(
      120,
    );
  });

  it("goes the short way across the back", () => {
    const state = createRecentreState(150);
    requestRecentre(state, -150);
    run(state, -150, 0.3);
    expect(Math.abs(state.azimuth.value)).toBeGreaterThan(149);
  });

  it("knows where panels are", () => {
    const side = { ...DEFAULT_POSE, azimuthDeg: 90 };
    expect(isPanelAhead([side], { azimuthDeg: 70, elevationDeg: 0 })).toBe(true);
    expect(isPanelAhead([side], { azimuthDeg: 30, elevationDeg: 0 })).toBe(false);
    expect(isPanelAhead([side], { azimuthDeg: 90, elevationDeg: 60 })).toBe(false);
    expect(isPanelAhead([{ ...side, azimuthDeg: 175 }], { azimuthDeg: -170, elevationDeg: 0 })).toBe(true);
    expect(isPanelAhead([], { azimuthDeg: 0, elevationDeg: 0 })).toBe(false);
  });
});
