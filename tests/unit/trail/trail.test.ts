import { describe, expect, it } from "vitest";
import { createPagePanel, createSession, type Session } from "#lib/core/space/session.ts";
import { addTrailLink } from "#lib/core/space/trail.ts";
import { isLinkOfPage, pageKey, settleTrailLink } from "#lib/core/trail/followed-link.ts";
import { threadsBetween } from "#lib/core/trail/threads.ts";
import type { Page } from "#lib/protocol/pages.ts";
import { makeDocument, paragraph } from "../../fixtures/make-document.ts";

function pageWith(...hrefs: string[]): Page {
  return {
    document: makeDocument([paragraph("Words.")]),
    links: hrefs.map((href) => ({ href, text: "", internal: true })),
    media: [],
    trackers: { level: "standard", count: 0, entities: [], strippedParameters: 0 },
    needsLive: false,
    icon: null,
    cache: "miss",
  };
}

function sessionWith(...urls: string[]): Session {
  const session = createSession("space");
  const panels = urls.map((url, place) => createPagePanel({ id: `p${place}`, url, title: url }));
  return { ...session, space: { ...session.space, panels }, activeId: "p0" };
}

const end = (panelId: string, url: string) => ({ panelId, url, title: url });
const AT = "2026-11-20T10:00:00.000Z";

describe("a followed link", () => {
  it("is one the page itself has, whatever place within the target it names", () => {
    const page = pageWith("https://a.test/next");
    expect(isLinkOfPage(page, "https://a.test/next#part")).toBe(true);
    expect(isLinkOfPage(page, "https://elsewhere.test/")).toBe(false);
  });

  it("is none when it leads to a place within the same page", () => {
    const page = pageWith("https://example.org/a#notes");
    expect(isLinkOfPage(page, "https://example.org/a#notes")).toBe(false);
  });

  it("takes the address and title its page gave itself, once", () => {
    const before = addTrailLink(sessionWith("https://a.test/", "https://b.test/"), {
      id: "one",
      from: end("p0", "https://a.test/"),
      to: { panelId: "p1", url: "https://b.test/short", title: "" },
      at: AT,
    });
    const after = settleTrailLink(before, "one", { url: "https://b.test/final", title: "Final" });
    expect(after.space.trail[0]?.to).toEqual({ panelId: "p1", url: "https://b.test/final", title: "Final" });
    expect(settleTrailLink(after, "one", { url: "https://b.test/final", title: "Final" })).toBe(after);
    expect(settleTrailLink(after, "gone", { url: "https://b.test/", title: "" })).toBe(after);
  });

  it("is known by its page, not by the place within it", () => {
    expect(pageKey("https://a.test/b#c")).toBe("https://a.test/b");
    expect(pageKey("?words")).toBe("?words");
  });
});

describe("threads", () => {
  const follow = (session: Session, id: string, from: number, to: number) =>
    addTrailLink(session, {
      id,
      from: end(`p${from}`, `https://${from}.test/`),
      to: end(`p${to}`, `https://${to}.test/`),
      at: AT,
    });
  const three = sessionWith("https://0.test/", "https://1.test/", "https://2.test/");

  it("run between open panels only, one for each pair, the newest first", () => {
    const session = follow(follow(follow(three, "a", 0, 1), "b", 1, 2), "c", 0, 9);
    expect(threadsBetween(session.space.trail, session.space.panels)).toEqual([
      { fromId: "p1", toId: "p2", isCurrent: true },
      { fromId: "p0", toId: "p1", isCurrent: true },
    ]);
  });

  it("say when a panel has moved on to another page", () => {
    const session = follow(three, "a", 0, 1);
    const moved = sessionWith("https://0.test/", "https://elsewhere.test/");
    expect(threadsBetween(session.space.trail, moved.space.panels)).toEqual([
      { fromId: "p0", toId: "p1", isCurrent: false },
    ]);
  });

  it("have no length within one panel", () => {
    const session = follow(three, "a", 1, 1);
    expect(threadsBetween(session.space.trail, session.space.panels)).toEqual([]);
  });
});
