import { describe, expect, it } from "vitest";
import { angularRect, overlaps } from "#lib/core/layout/angular-rect.ts";
import { findPassage } from "#lib/core/notes/find-passage.ts";
import { placeNote } from "#lib/core/notes/note-pose.ts";
import { placeUnplacedNotes, UNPLACED_NOTE } from "#lib/core/notes/place-notes.ts";
import { createCitation } from "#lib/core/reading/citation.ts";
import { addNote } from "#lib/core/space/notes.ts";
import { createPagePanel, createSession, DEFAULT_POSE } from "#lib/core/space/session.ts";
import type { Citation, Document } from "#lib/protocol/document.ts";
import type { Pose } from "#lib/protocol/space.ts";
import { makeDocument, paragraph } from "../../fixtures/make-document.ts";

const document = makeDocument([
  paragraph("The tide comes in over the flats."),
  paragraph("The ferry waits at the pier."),
]);

function cite(from: Document, place: number, start: number, end: number): Citation {
  const citation = createCitation(from, { blockId: from.blocks[place]?.id ?? "", start, end });
  if (!citation) throw new Error("There is nothing to cite.");
  return citation;
}

describe("a pinned passage", () => {
  const ferry = cite(document, 1, 4, 15);

  it("is found by its block when the page was fetched again", () => {
    const again = makeDocument([
      paragraph("A new first paragraph."),
      paragraph("The tide comes in over the flats."),
      paragraph("The ferry waits at the pier."),
    ]);
    expect(ferry.quote).toBe("ferry waits");
    expect(findPassage(again, ferry)).toEqual({
      status: "here",
      range: { blockId: ferry.blockId, start: 4, end: 15 },
    });
  });

  it("is found by its words when its block is gone, and that is said", () => {
    const changed = makeDocument([paragraph("Every morning the ferry waits at the new pier.")]);
    const found = findPassage(changed, ferry);
    expect(found).toMatchObject({ status: "moved", range: { start: 18, end: 29 } });
  });

  it("that is gone altogether is said to be gone", () => {
    expect(findPassage(makeDocument([paragraph("Nothing of it.")]), ferry)).toEqual({ status: "gone" });
  });
});

describe("the place of a note", () => {
  it("is beside its page, a little nearer, facing the person", () => {
    const pose = placeNote(DEFAULT_POSE, []);
    expect(overlaps(pose, DEFAULT_POSE)).toBe(false);
    expect(pose.azimuthDeg).toBeGreaterThan(0);
    expect(pose.distanceM).toBeLessThan(DEFAULT_POSE.distanceM);
  });

  it("covers neither page nor other notes while there is room for them", () => {
    const taken: Pose[] = [];
    for (let count = 0; count < 12; count += 1) {
      const pose = placeNote(DEFAULT_POSE, taken);
      expect(overlaps(pose, DEFAULT_POSE)).toBe(false);
      expect(taken.filter((other) => overlaps(pose, other))).toEqual([]);
      taken.push(pose);
    }
  });

  it("is never behind the person or out of reach, however many there are", () => {
    const taken: Pose[] = [];
    for (let count = 0; count < 80; count += 1) {
      const pose = placeNote(DEFAULT_POSE, taken);
      const { lowDeg, highDeg } = angularRect(pose);
      expect(Math.abs(pose.azimuthDeg)).toBeLessThan(90);
      expect(lowDeg).toBeGreaterThan(-60);
      expect(highDeg).toBeLessThan(60);
      taken.push(pose);
    }
  });
});

describe("a note pinned outside the room", () => {
  const panel = {
    ...createPagePanel({ id: "page", url: "https://a.test/" }),
    pose: { ...DEFAULT_POSE, azimuthDeg: 40 },
  };
  const neighbour = { ...createPagePanel({ id: "next" }), pose: { ...DEFAULT_POSE, azimuthDeg: 84 } };
  const empty = createSession("space");
  const session = { ...empty, activeId: "page", space: { ...empty.space, panels: [panel, neighbour] } };
  const note = {
    id: "note",
    citation: cite(document, 1, 4, 15),
    url: "https://a.test/",
    title: "A",
    panelId: "page",
    pose: UNPLACED_NOTE,
    createdAt: "2026-11-20T10:00:00.000Z",
  };

  it("gets its place beside its page once the room stands, on no other panel, and keeps it", () => {
    const placed = placeUnplacedNotes(addNote(session, note));
    const pose = placed.space.notes[0]?.pose ?? DEFAULT_POSE;
    expect(pose.azimuthDeg).toBeLessThan(40);
    expect(placed.space.panels.filter((other) => overlaps(pose, other.pose))).toEqual([]);
    expect(placeUnplacedNotes(placed)).toBe(placed);
  });

  it("stands beside the active page when its own panel is closed", () => {
    const placed = placeUnplacedNotes(addNote(session, { ...note, panelId: "gone" }));
    expect(Math.abs((placed.space.notes[0]?.pose.azimuthDeg ?? 0) - 40)).toBeLessThan(40);
  });
});
