import type { Session } from "#lib/core/space/session.ts";
import type { Panel, Pose } from "#lib/protocol/space.ts";

/** So many panels are drawn as pages; further ones as cards. */
export const PAGES_MAX = 16;
export const CARDS_MAX = 24;

export interface PickedPanels {
  /** Nearest first: the order they are fetched in. */
  pages: readonly string[];
  cards: readonly string[];
}

/**
 * Which panels are worth a texture: the active one, then those nearest to the middle
 * of the layout. Further ones stay as cards that say what they are.
 */
export function pickPanels({ activeId, space }: Session): PickedPanels {
  const ranked = space.panels
    .map((panel: Panel, place) => ({ id: panel.id, place, away: awayFrom(panel.pose) }))
    .sort((a, b) => rank(a.id, activeId) - rank(b.id, activeId) || a.away - b.away || a.place - b.place)
    .map(({ id }) => id);
  return { pages: ranked.slice(0, PAGES_MAX), cards: ranked.slice(PAGES_MAX, PAGES_MAX + CARDS_MAX) };
}

function rank(id: string, activeId: string | null): number {
  return id === activeId ? 0 : 1;
}

/** Degrees from straight ahead; a far one counts as farther aside. */
function awayFrom({ azimuthDeg, elevationDeg, distanceM }: Pose): number {
  return Math.hypot(azimuthDeg, elevationDeg) + 10 * distanceM;
}
