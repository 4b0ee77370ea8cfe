import { normalise } from "#lib/core/space/normalise.ts";
import { readLayout, readNotes, readTrail } from "#lib/core/space/read-layout.ts";
import { readPanel } from "#lib/core/space/read-panel.ts";
import { asList, asNumber, asRecord, asText, uniqueById } from "#lib/core/space/read-values.ts";
import { createSession, type Session } from "#lib/core/space/session.ts";

/**
 * Reads a session back from storage, trusting nothing in it: what is not
 * understood is dropped, the rest is kept, so one bad panel never costs the
 * others. Written by hand because the schema library would double what the
 * first screen downloads; a test holds it to `spaceSchema`.
 * `null` means that this is no session at all.
 */
export function readSession(value: unknown): Session | null {
  const stored = asRecord(value);
  const space = asRecord(stored?.space);
  const id = asText(space?.id, 64);
  if (!stored || !space || !id) return null;
  const base = createSession(id, asText(space.name, 128) ?? "");
  const panels = uniqueById(asList(space.panels).flatMap(readPanel)).slice(0, 500);
  return normalise({
    space: {
      ...base.space,
      environment: asText(space.environment, 64) ?? base.space.environment,
      layout: readLayout(space.layout),
      panels,
      notes: readNotes(space.notes),
      trail: readTrail(space.trail),
      version: Math.max(0, Math.trunc(asNumber(space.version) ?? 0)),
    },
    activeId: asText(stored.activeId, 64),
    closed: asList(stored.closed).flatMap(readClosed).slice(-25),
    returnTo: null,
  });
}

function readClosed(value: unknown): Session["closed"] {
  const closed = asRecord(value);
  const panels = asList(closed?.panels).flatMap((item) => {
    const entry = asRecord(item);
    return readPanel(entry?.panel).map((panel) => ({
      panel,
      index: Math.max(0, Math.trunc(asNumber(entry?.index) ?? 0)),
    }));
  });
  return panels.length > 0 ? [{ closedAt: asNumber(closed?.closedAt) ?? 0, panels }] : [];
}

/** What may be written to disk: no private panel, open or closed, nor anything taken from one. */
export function storableSession(session: Session): Session {
  const { space } = session;
  const hidden = new Set(space.panels.flatMap((panel) => (panel.private ? [panel.id] : [])));
  const poseLayouts = space.layout.poseLayouts.map((layout) => ({
    ...layout,
    poses: Object.fromEntries(Object.entries(layout.poses).filter(([id]) => !hidden.has(id))),
  }));
  return normalise({
    ...session,
    space: {
      ...space,
      panels: space.panels.filter((panel) => !panel.private),
      layout: { ...space.layout, poseLayouts },
      notes: space.notes.filter((note) => !note.private),
      trail: space.trail.filter((link) => !link.private),
    },
    closed: session.closed.filter((closed) => closed.panels.every(({ panel }) => !panel.private)),
    returnTo: null,
  });
}
