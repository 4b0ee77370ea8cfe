import type { EntryScroll, PagePanel, Panel, Pose, Space } from "#lib/protocol/space.ts";

/** One or more panels closed together, brought back together. `index` is the place each had. */
export interface ClosedPanels {
  closedAt: number;
  panels: { panel: Panel; index: number }[];
}

/**
 * A space as one browser window works on it. Everything in `lib/core/space` maps
 * a session to the next one and never changes its argument.
 */
export interface Session {
  space: Space;
  activeId: string | null;
  /** Newest last, at most 25; private panels are never in it. */
  closed: ClosedPanels[];
  /** Closing panel `from` before looking elsewhere returns to `to`, the panel its link was in. */
  returnTo: { from: string; to: string } | null;
}

/** Straight ahead at reading distance: a panel that stands exactly here has not been placed yet. */
export const DEFAULT_POSE: Pose = {
  azimuthDeg: 0,
  elevationDeg: 0,
  distanceM: 1.6,
  widthM: 1.2,
  curvature: 0,
  aspect: 0.8,
};

/** Whether a panel has ever been given a place in the room. */
export function isPlaced({ pose }: Pick<Panel, "pose">): boolean {
  return (Object.keys(DEFAULT_POSE) as (keyof Pose)[]).some((key) => pose[key] !== DEFAULT_POSE[key]);
}

export const PAGE_TOP: EntryScroll = { blockId: null, offset: 0, y: 0 };

export function createSession(spaceId: string, name = ""): Session {
  return {
    space: {
      id: spaceId,
      name,
      environment: "daylight",
      layout: {
        splits: [],
        groups: [],
        poseLayouts: [],
        activeLayoutId: null,
        follow: false,
        headLockedId: null,
      },
      panels: [],
      notes: [],
      trail: [],
      version: 0,
    },
    activeId: null,
    closed: [],
    returnTo: null,
  };
}

export interface NewPagePanel {
  id: string;
  url?: string;
  title?: string;
  private?: boolean;
  zoom?: number;
}

export function createPagePanel({
  id,
  url = "",
  title = "",
  private: isPrivate = false,
  zoom = 1,
}: NewPagePanel): PagePanel {
  return {
    id,
    kind: "page",
    title,
    pose: DEFAULT_POSE,
    pinned: false,
    private: isPrivate,
    state: {
      engine: "reader",
      url,
      entries: url ? [{ url, title, scroll: PAGE_TOP }] : [],
      index: url ? 0 : -1,
      zoom,
      mode: "desktop",
      icon: null,
    },
  };
}

export function findPanel(session: Session, id: string | null): Panel | undefined {
  return id === null ? undefined : session.space.panels.find((panel) => panel.id === id);
}

/** A tab that has shown nothing yet. */
export function isBlank(panel: Panel): boolean {
  return panel.kind === "page" && panel.state.entries.length === 0;
}

export function findPagePanel(session: Session, id: string | null): PagePanel | undefined {
  const panel = findPanel(session, id);
  return panel?.kind === "page" ? panel : undefined;
}

/** The panels on screen: the active one, with those it is split with, left to right. */
export function visiblePanelIds(session: Session): string[] {
  if (session.activeId === null) return [];
  return findSplit(session, session.activeId)?.panels ?? [session.activeId];
}

export function findSplit(session: Session, panelId: string) {
  return session.space.layout.splits.find((split) => split.panels.includes(panelId));
}

export function withSpace(session: Session, change: Partial<Space>): Session {
  return { ...session, space: { ...session.space, ...change } };
}

/** Replaces one panel, leaving the others as the same objects. */
export function updatePanel(session: Session, id: string, update: (panel: Panel) => Panel): Session {
  let changed = false;
  const panels = session.space.panels.map((panel) => {
    if (panel.id !== id) return panel;
    const next = update(panel);
    changed ||= next !== panel;
    return next;
  });
  return changed ? withSpace(session, { panels }) : session;
}
