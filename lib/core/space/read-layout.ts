import { readPose } from "#lib/core/space/read-panel.ts";
import { asList, asMoment, asNumber, asRecord, asText, uniqueById } from "#lib/core/space/read-values.ts";
import type { Citation } from "#lib/protocol/document.ts";
import type {
  Layout,
  Note,
  PanelGroup,
  PoseLayout,
  Split,
  TrailEnd,
  TrailLink,
} from "#lib/protocol/space.ts";

const QUOTE_MAX = 1_000_000;

/** What names panels that are gone is put right by `normalise`. */
export function readLayout(value: unknown): Layout {
  const layout = asRecord(value);
  return {
    splits: asList(layout?.splits).flatMap(readSplit),
    groups: asList(layout?.groups).flatMap(readGroup),
    poseLayouts: uniqueById(asList(layout?.poseLayouts).flatMap(readPoseLayout)).slice(0, 50),
    activeLayoutId: asText(layout?.activeLayoutId, 64),
    follow: layout?.follow === true,
    headLockedId: asText(layout?.headLockedId, 64),
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

function readPoseLayout(value: unknown): PoseLayout[] {
  const layout = asRecord(value);
  const id = asText(layout?.id, 64);
  const name = asText(layout?.name, 128);
  if (!id || !name) return [];
  const poses = Object.entries(asRecord(layout?.poses) ?? {})
    .filter(([panelId, pose]) => asText(panelId, 64) && asRecord(pose))
    .map(([panelId, pose]) => [panelId, readPose(pose)] as const);
  return [{ id, name, poses: Object.fromEntries(poses) }];
}

/** A private note in storage would be a fault of ours; it is not brought back. The same holds for links. */
export function readNotes(value: unknown): Note[] {
  const notes = asList(value).flatMap((item): Note[] => {
    const note = asRecord(item);
    const id = asText(note?.id, 64);
    const url = asText(note?.url, 8192);
    const panelId = asText(note?.panelId, 64);
    const citation = readCitation(note?.citation);
    const createdAt = asMoment(note?.createdAt);
    if (!note || !id || !url || !panelId || !citation || !createdAt || note.private === true) return [];
    const title = asText(note.title, 1024) ?? "";
    return [{ id, citation, url, title, panelId, pose: readPose(note.pose), createdAt, private: false }];
  });
  return uniqueById(notes).slice(0, 500);
}

function readCitation(value: unknown): Citation | null {
  const citation = asRecord(value);
  const documentId = asText(citation?.documentId, 8192);
  const blockId = asText(citation?.blockId, 128);
  const quote = asText(citation?.quote, QUOTE_MAX);
  if (!documentId || !blockId || !quote) return null;
  const start = Math.max(0, Math.trunc(asNumber(citation?.start) ?? 0));
  const end = Math.max(start, Math.trunc(asNumber(citation?.end) ?? start + quote.length));
  return { documentId, blockId, start, end, quote };
}

export function readTrail(value: unknown): TrailLink[] {
  const links = asList(value).flatMap((item): TrailLink[] => {
    const link = asRecord(item);
    const id = asText(link?.id, 64);
    const from = readTrailEnd(link?.from);
    const to = readTrailEnd(link?.to);
    const at = asMoment(link?.at);
    if (!id || !from || !to || !at || link?.private === true) return [];
    return [{ id, from, to, at, private: false }];
  });
  return uniqueById(links).slice(-1000);
}

function readTrailEnd(value: unknown): TrailEnd | null {
  const end = asRecord(value);
  const url = asText(end?.url, 8192);
  const panelId = asText(end?.panelId, 64);
  return url && panelId ? { url, title: asText(end?.title, 1024) ?? "", panelId } : null;
}
