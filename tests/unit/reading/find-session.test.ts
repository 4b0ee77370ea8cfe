import { afterEach, describe, expect, it } from "vitest";
import { createFindSession, getCurrentFind } from "#lib/client/reading/find-session.ts";
import type { PageViewHandle } from "#lib/client/reading/page-view-handle.ts";
import type { TextRange } from "#lib/core/reading/find.ts";
import { makeDocument, paragraph } from "../../fixtures/make-document.ts";

const document = makeDocument([paragraph("one fish"), paragraph("two fish"), paragraph("red fish fished")], {
  title: "",
});

/** A view that remembers what it was asked to show, read at the block of this order. */
function openAt(order: number) {
  const shown: { count: number; active: TextRange | undefined }[] = [];
  const view = {
    showMatches: (matches: readonly TextRange[], active: number) =>
      shown.push({ count: matches.length, active: matches[active] }),
    clearMatches: () => shown.push({ count: 0, active: undefined }),
    getPlace: () => ({ blockId: null, order, progress: 0, minutesLeft: 0 }),
  } as Pick<PageViewHandle, "showMatches" | "clearMatches" | "getPlace"> as PageViewHandle;
  return { session: createFindSession(document, view), shown };
}

afterEach(() => {
  getCurrentFind()?.search("", { caseSensitive: false, wholeWord: false });
  getCurrentFind()?.dispose();
});

describe("a find session", () => {
  it("starts at the first match after the place one reads", () => {
    const { session, shown } = openAt(1);
    session.search("fish");
    expect(session.store.getState()).toMatchObject({ active: 1, capped: false });
    expect(session.store.getState().matches).toHaveLength(4);
    expect(shown.at(-1)?.active?.blockId).toBe(document.blocks[1]?.id);
  });

  it("stays at its match while the word grows", () => {
    const { session } = openAt(2);
    session.search("fi");
    session.step(1);
    session.search("fish");
    expect(session.activeMatch()).toMatchObject({ blockId: document.blocks[2]?.id, start: 9 });
  });

  it("steps in both directions and wraps round", () => {
    const { session } = openAt(0);
    session.search("fish");
    session.step(-1);
    expect(session.store.getState().active).toBe(3);
    session.step(1);
    expect(session.store.getState().active).toBe(0);
  });

  it("narrows to whole words without forgetting the query", () => {
    const { session } = openAt(0);
    session.search("fish");
    session.search("fish", { wholeWord: true });
    expect(session.store.getState().matches).toHaveLength(3);
  });

  it("has no active match when nothing is found, and stepping does nothing", () => {
    const { session } = openAt(0);
    session.search("whale");
    session.step(1);
    expect(session.store.getState()).toMatchObject({ active: -1, matches: [] });
    expect(session.activeMatch()).toBeNull();
  });

  it("opens the next time with what was looked for last, and clears its marks when closed", () => {
    const first = openAt(0);
    first.session.search("two");
    first.session.dispose();
    expect(first.shown.at(-1)).toEqual({ count: 0, active: undefined });
    expect(getCurrentFind()).toBeNull();
    expect(openAt(0).session.store.getState().query).toBe("two");
  });
});
