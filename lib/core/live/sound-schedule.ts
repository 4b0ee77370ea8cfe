/** How far ahead sound is laid out before it is heard: what the way may vary without a gap. */
const LEAD_FIRST_S = 0.06;
const LEAD_MAX_S = 0.16;
/** After a gap the line is trusted less, and again more with every second without one. */
const LEAD_MORE_S = 0.02;
const LEAD_LESS_PER_S = 0.002;
/** Beyond the lead; what is later than its picture by more than this is left out until it is not. */
const SLACK_S = 0.08;

export interface SoundSchedule {
  /**
   * When a packet begins, in seconds of the output's clock; null to leave it out.
   * Packets are given in the order of their numbers, as they arrive.
   */
  place(packet: { durationS: number; first: boolean; nowS: number }): number | null;
}

/**
 * Lays packets end to end, a little ahead of the clock. When they come too late there is a gap and
 * the lead grows; when they come in a heap, or the clocks drift apart, some are left out, so
 * sound is never far behind its picture.
 */
export function createSoundSchedule(): SoundSchedule {
  let leadS = LEAD_FIRST_S;
  let endS = Number.NEGATIVE_INFINITY;
  return {
    place({ durationS, first, nowS }) {
      if (first || endS <= nowS) {
        // An end in the middle of something is a gap; before the first packet there was nothing to end.
        if (!first && endS > Number.NEGATIVE_INFINITY) leadS = Math.min(LEAD_MAX_S, leadS + LEAD_MORE_S);
        endS = Math.max(endS, nowS + leadS);
      } else {
        leadS = Math.max(LEAD_FIRST_S, leadS - LEAD_LESS_PER_S * durationS);
        if (endS - nowS > leadS + SLACK_S) return null;
      }
      const atS = endS;
      endS += durationS;
      return atS;
    },
  };
}
