import { normalise } from "#lib/core/space/normalise.ts";
import { createSession, DEFAULT_POSE, type Session } from "#lib/core/space/session.ts";
import type { EntryScroll, PageEntry, Panel, PanelGroup, Pose, Split } from "#lib/protocol/space.ts";

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
  const layout = asRecord(space.layout);
  const base = createSession(id, asText(space.name, 128) ?? "");
  const panels = uniqueById(asList(space.panels).flatMap(readPanel)).slice(0, 500);
  return normalise({
    space: {
      ...base.space,
      environment: asText(space.environment, 64) ?? base.space.environment,
      layout: {
        splits: asList(layout?.splits).flatMap(readSplit),
        groups: asList(layout?.groups).flatMap(readGroup),
      },
      panels,
      version: Math.max(0, Math.trunc(asNumber(space.version) ?? 0)),
    },
    activeId: asText(stored.activeId, 64),
    closed: asList(stored.closed).flatMap(readClosed).slice(-25),
    returnTo: null,
  });
}

function readPanel(value: unknown): Panel[] {
  const panel = asRecord(value);
  const id = asText(panel?.id, 64);
  const state = asRecord(panel?.state);
  // A private panel in storage would be a fault of ours; it is not brought back.
  if (!panel || !id || !state || panel.private === true) return [];
  const group = asText(panel.group, 64);
  const base = {
    id,
    title: asText(panel.title, 1024) ?? "",
    pose: readPose(panel.pose),
    ...(group ? { group } : {}),
    pinned: panel.pinned === true,
    private: false,
  };
  if (panel.kind === "chat" || panel.kind === "dashboard" || panel.kind === "quiz") {
    const reference = asText(state.id, 8192);
    return reference ? [{ ...base, kind: panel.kind, state: { id: reference } }] : [];
  }
  if (panel.kind !== "page") return [];
  const entries = asList(state.entries).flatMap(readEntry).slice(-100);
  const index = Math.min(
    entries.length - 1,
    Math.max(0, Math.trunc(asNumber(state.index) ?? entries.length - 1)),
  );
  return [
    {
      ...base,
      kind: "page",
      state: {
        engine: state.engine === "live" ? "live" : "reader",
        url: entries[index]?.url ?? "",
        entries,
        index,
        zoom: clamp(asNumber(state.zoom) ?? 1, 0.3, 5),
        mode: state.mode === "mobile" ? "mobile" : "desktop",
        icon: readIcon(state.icon),
      },
    },
  ];
}

/** Only a path on our own origin: a stored address elsewhere must never make the browser load it. */
function readIcon(value: unknown): string | null {
  const icon = asText(value, 8192);
  return icon && /^\/(?!\/)/.test(icon) ? icon : null;
}

function readEntry(value: unknown): PageEntry[] {
  const entry = asRecord(value);
  const url = asText(entry?.url, 8192);
  if (!url) return [];
  return [{ url, title: asText(entry?.title, 1024) ?? "", scroll: readScroll(entry?.scroll) }];
}

function readScroll(value: unknown): EntryScroll {
  const scroll = asRecord(value);
  return {
    blockId: asText(scroll?.blockId, 128),
    offset: clamp(asNumber(scroll?.offset) ?? 0, 0, 1),
    y: Math.max(0, asNumber(scroll?.y) ?? 0),
  };
}

function readPose(value: unknown): Pose {
  const pose = asRecord(value);
  const read = (key: keyof Pose, low: number, high: number) =>
    clamp(asNumber(pose?.[key]) ?? DEFAULT_POSE[key], low, high);
  return {
    azimuthDeg: read("azimuthDeg", -180, 180),
    elevationDeg: read("elevationDeg", -90, 90),
    distanceM: read("distanceM", 0.2, 20),
    widthM: read("widthM", 0.1, 10),
    curvature: read("curvature", 0, 1),
  };
}

function readSplit(value: unknown): Split[] {
  const split = asRecord(value);
  const id = asText(split?.id, 64);
  if (!id) return [];
  const panels = asList(split?.panels).filter((panel) => typeof panel === "string");
  return [{ id, panels, sizes: panels.map((_, place) => asNumber(asList(split?.sizes)[place]) ?? 0) }];
}

function readGroup(value: unknown): PanelGroup[] {
  const group = asRecord(value);
  const id = asText(group?.id, 64);
  return id ? [{ id, title: asText(group?.title, 128) ?? "", collapsed: group?.collapsed === true }] : [];
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

/** What may be written to disk: no private panel, open or closed. */
export function storableSession(session: Session): Session {
  const panels = session.space.panels.filter((panel) => !panel.private);
  return normalise({
    ...session,
    space: { ...session.space, panels },
    closed: session.closed.filter((closed) => closed.panels.every(({ panel }) => !panel.private)),
    returnTo: null,
  });
}

function asRecord(value: unknown): Record<string, unknown> | null {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
}

function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function asText(value: unknown, max: number): string | null {
  return typeof value === "string" && value.length > 0 && value.length <= max ? value : null;
}

function asNumber(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

function uniqueById(panels: Panel[]): Panel[] {
  const seen = new Set<string>();
  return panels.filter((panel) => !seen.has(panel.id) && seen.add(panel.id));
}
