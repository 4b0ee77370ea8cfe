import { asList, asNumber, asRecord, asText, clamp } from "#lib/core/space/read-values.ts";
import { DEFAULT_POSE } from "#lib/core/space/session.ts";
import type { EntryScroll, PageEntry, PagePanel, Panel, Pose } from "#lib/protocol/space.ts";

export function readPanel(value: unknown): Panel[] {
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
        ...readSound(state.sound),
      },
    },
  ];
}

function readSound(value: unknown): Pick<PagePanel["state"], "sound"> {
  const sound = asRecord(value);
  if (!sound) return {};
  return { sound: { muted: sound.muted === true, volume: clamp(asNumber(sound.volume) ?? 1, 0, 1) } };
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

export function readPose(value: unknown): Pose {
  const pose = asRecord(value);
  const read = (key: keyof Pose, low: number, high: number) =>
    clamp(asNumber(pose?.[key]) ?? DEFAULT_POSE[key], low, high);
  return {
    azimuthDeg: read("azimuthDeg", -180, 180),
    elevationDeg: read("elevationDeg", -90, 90),
    distanceM: read("distanceM", 0.2, 20),
    widthM: read("widthM", 0.1, 10),
    curvature: read("curvature", 0, 1),
    aspect: read("aspect", 0.3, 3),
  };
}
