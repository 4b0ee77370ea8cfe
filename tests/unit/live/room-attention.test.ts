import { describe, expect, it } from "vitest";
import { createAttention, isAttentionSettling, stepAttention } from "#lib/core/live/room-attention.ts";

const AHEAD = { wanted: false, awayDeg: 0 };
const WANTED = { wanted: true, awayDeg: 0 };
const BEHIND = { wanted: true, awayDeg: 120 };

describe("the attention of a live panel in the room", () => {
  it("is full at once for the panel that is pointed at or active, and little for others in view", () => {
    const state = createAttention();
    expect(stepAttention(state, AHEAD, 16)).toBe(false);
    expect(state.attention).toBe("aside");
    expect(stepAttention(state, WANTED, 16)).toBe(true);
    expect(state.attention).toBe("focused");
  });

  it("ends behind the person, but not for a glance over the shoulder", () => {
    const state = createAttention();
    stepAttention(state, WANTED, 16);
    for (let frame = 0; frame < 60; frame += 1) stepAttention(state, BEHIND, 16);
    expect(state.attention).toBe("focused");
    expect(isAttentionSettling(state)).toBe(true);
    stepAttention(state, WANTED, 16);
    expect(isAttentionSettling(state)).toBe(false);
    for (let frame = 0; frame < 60; frame += 1) stepAttention(state, BEHIND, 16);
    expect(state.attention).toBe("focused");
    for (let frame = 0; frame < 60; frame += 1) stepAttention(state, BEHIND, 16);
    expect(state.attention).toBe("hidden");
  });

  it("is back in the first frame that the panel is in view again", () => {
    const state = createAttention();
    stepAttention(state, BEHIND, 10_000);
    expect(state.attention).toBe("hidden");
    expect(stepAttention(state, WANTED, 16)).toBe(true);
    expect(state.attention).toBe("focused");
  });

  it("does not swing where the panel's edge is at the border of the view", () => {
    const state = createAttention();
    let changes = 0;
    for (let frame = 0; frame < 2000; frame += 1) {
      const awayDeg = frame % 2 === 0 ? 56 : 63;
      if (stepAttention(state, { wanted: false, awayDeg }, 16)) changes += 1;
    }
    expect(changes).toBe(0);
    stepAttention(state, { wanted: false, awayDeg: 90 }, 5000);
    for (let frame = 0; frame < 100; frame += 1) stepAttention(state, { wanted: false, awayDeg: 56 }, 16);
    expect(state.attention).toBe("hidden");
  });

  it("outlasts a ray that crosses to another panel and back", () => {
    const state = createAttention();
    stepAttention(state, WANTED, 16);
    expect(stepAttention(state, AHEAD, 500)).toBe(false);
    expect(stepAttention(state, WANTED, 16)).toBe(false);
    expect(stepAttention(state, AHEAD, 500)).toBe(false);
    expect(stepAttention(state, AHEAD, 500)).toBe(true);
    expect(state.attention).toBe("aside");
  });
});
