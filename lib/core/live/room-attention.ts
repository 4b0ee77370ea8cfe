/** How much of a live page's picture is worth sending: all there is, a small and slow one, or nothing. */
export type Attention = "focused" | "aside" | "hidden";

/** Changed in place: it is stepped with every frame. */
export interface AttentionState {
  attention: Attention;
  /** How long something less than `attention` would have been enough. */
  lessMs: number;
}

export interface AttentionInput {
  /** The active panel of the space, or one that a ray rests on. */
  wanted: boolean;
  /** Degrees between where the person looks and the panel's nearest edge; 0 on the panel. */
  awayDeg: number;
}

/** Past this a panel is behind the person or at their shoulder; no headset shows more to one side. */
const OUT_DEG = 60;
/** Coming back, it is awake before its edge comes into view. */
const IN_DEG = 54;
/** A glance over the shoulder changes nothing. */
const HIDE_AFTER_MS = 1500;
/** A ray that crosses to another panel and back does not switch this one down and up. */
const ASIDE_AFTER_MS = 800;

export function createAttention(): AttentionState {
  return { attention: "aside", lessMs: 0 };
}

/**
 * One frame. More is given at once, less only after it has been enough for a while,
 * so that nothing swings while a head turns or a ray wanders. Whether it changed is
 * returned; allocates nothing.
 */
export function stepAttention(
  state: AttentionState,
  { wanted, awayDeg }: Readonly<AttentionInput>,
  deltaMs: number,
): boolean {
  const isOut = awayDeg > (state.attention === "hidden" ? IN_DEG : OUT_DEG);
  const next: Attention = isOut ? "hidden" : wanted ? "focused" : "aside";
  if (next === state.attention) {
    state.lessMs = 0;
    return false;
  }
  if (RANK[next] < RANK[state.attention]) {
    state.lessMs += deltaMs;
    if (state.lessMs < (isOut ? HIDE_AFTER_MS : ASIDE_AFTER_MS)) return false;
  }
  state.attention = next;
  state.lessMs = 0;
  return true;
}

/** Whether time alone will change it: somebody must go on stepping. */
export function isAttentionSettling({ lessMs }: Readonly<AttentionState>): boolean {
  return lessMs > 0;
}

const RANK: Readonly<Record<Attention, number>> = { hidden: 0, aside: 1, focused: 2 };
