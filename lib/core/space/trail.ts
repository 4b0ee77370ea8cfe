import { findPanel, type Session, withSpace } from "#lib/core/space/session.ts";
import type { TrailEnd, TrailLink } from "#lib/protocol/space.ts";

const TRAIL_MAX = 1000;

/**
 * Remembers that a link was followed; of more than a thousand the oldest goes. The
 * same link again, between the same panels, counts as followed now. A link from or
 * into a private panel, or one that is gone, is never written to disk.
 */
export function addTrailLink(session: Session, link: Omit<TrailLink, "private">): Session {
  const isPrivate = [link.from, link.to].some(({ panelId }) => findPanel(session, panelId)?.private ?? true);
  const added: TrailLink = { ...link, from: cut(link.from), to: cut(link.to), private: isPrivate };
  const others = session.space.trail.filter(
    (other) => other.id !== link.id && !(isSameEnd(other.from, link.from) && isSameEnd(other.to, link.to)),
  );
  return withSpace(session, { trail: [...others, added].slice(-TRAIL_MAX) });
}

function cut(end: TrailEnd): TrailEnd {
  return end.title.length > 1024 ? { ...end, title: end.title.slice(0, 1024) } : end;
}

function isSameEnd(a: TrailEnd, b: TrailEnd): boolean {
  return a.url === b.url && a.panelId === b.panelId;
}

export function clearTrail(session: Session): Session {
  return session.space.trail.length === 0 ? session : withSpace(session, { trail: [] });
}

/** Forgets links followed with `from` ≤ time < `to` (epoch milliseconds), to or from one address when `url` is given. */
export function forgetLinks(session: Session, range: { from: number; to: number; url?: string }): Session {
  const kept = session.space.trail.filter(({ at, from, to }) => {
    const time = Date.parse(at);
    const isMeant = range.url === undefined || from.url === range.url || to.url === range.url;
    return !isMeant || time < range.from || time >= range.to;
  });
  return kept.length === session.space.trail.length ? session : withSpace(session, { trail: kept });
}
