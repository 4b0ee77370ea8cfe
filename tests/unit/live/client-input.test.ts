import { describe, expect, it } from "vitest";
import { chooseEngine, movesToLive } from "#lib/core/live/choose-engine.ts";
import { countClicks } from "#lib/core/live/count-clicks.ts";
import { failureOfLoad } from "#lib/core/live/failure-of-load.ts";
import { diffField } from "#lib/core/live/field-edit.ts";
import { fitViewport } from "#lib/core/live/fit-viewport.ts";
import { clipboardWish, isQuiShortcut, type PressedKey, remoteKey } from "#lib/core/live/key-input.ts";
import { reconnectDelayMs } from "#lib/core/live/reconnect-delay.ts";
import { readMove, stepTo } from "#lib/core/live/remote-history.ts";
import { wheelPixels } from "#lib/core/live/wheel.ts";

function pressed(key: string, change: Partial<PressedKey> = {}): PressedKey {
  const none = { altKey: false, ctrlKey: false, metaKey: false, shiftKey: false, altGraph: false };
  return { key, code: `Key${key.toUpperCase()}`, location: 0, ...none, ...change };
}
const held = (press: PressedKey, platform: "mac" | "other") => {
  const remote = remoteKey(press, platform);
  const names = Object.entries(remote?.modifiers ?? {}).flatMap(([name, is]) => (is ? [name] : []));
  return remote && [...names, remote.key].join("+");
};

describe("keys", () => {
  it("become what a computer with Linux would have", () => {
    expect(held(pressed("c", { metaKey: true }), "mac")).toBe("ctrl+c");
    expect(held(pressed("ArrowLeft", { metaKey: true, shiftKey: true }), "mac")).toBe("shift+Home");
    expect(held(pressed("ArrowRight", { altKey: true }), "mac")).toBe("ctrl+ArrowRight");
    expect(held(pressed("å", { altKey: true }), "mac")).toBe("å");
    expect(held(pressed("c", { ctrlKey: true }), "other")).toBe("ctrl+c");
    expect(held(pressed("ArrowLeft", { altKey: true }), "other")).toBe("alt+ArrowLeft");
  });

  it("made with AltGr are characters, not shortcuts", () => {
    const at = pressed("@", { ctrlKey: true, altKey: true, altGraph: true });
    expect(held(at, "other")).toBe("@");
  });

  it("that are not finished wait for their text", () => {
    for (const key of ["Dead", "Process", "Unidentified"])
      expect(remoteKey(pressed(key), "other")).toBeNull();
  });

  it("of the clipboard are known on each platform", () => {
    expect(clipboardWish(pressed("c", { metaKey: true }), "mac")).toBe("copy");
    expect(clipboardWish(pressed("c", { ctrlKey: true }), "mac")).toBeNull();
    expect(clipboardWish(pressed("x", { ctrlKey: true }), "other")).toBe("cut");
    expect(clipboardWish(pressed("V", { ctrlKey: true, shiftKey: true }), "other")).toBe("paste");
    expect(clipboardWish(pressed("Insert", { shiftKey: true }), "other")).toBe("paste");
    expect(clipboardWish(pressed("C", { ctrlKey: true, shiftKey: true }), "other")).toBeNull();
  });

  it("of tabs and the address stay with Qui, others go to the page", () => {
    expect(isQuiShortcut({ id: "tab.close", group: "Tabs" })).toBe(true);
    expect(isQuiShortcut({ id: "omnibox.focus", group: "Page" })).toBe(true);
    expect(isQuiShortcut({ id: "page.stop", group: "Page" })).toBe(false);
    expect(isQuiShortcut({ id: "page.outline", group: "Page" })).toBe(false);
  });
});

describe("pointers", () => {
  it("turn lines and pages of a wheel into pixels, sideways with Shift", () => {
    const view = { width: 1000, height: 600 };
    const turn = { deltaX: 0, deltaY: 3, deltaMode: 1, shiftKey: false };
    expect(wheelPixels(turn, view)).toEqual({ dx: 0, dy: 120 });
    expect(wheelPixels({ ...turn, deltaY: 1, deltaMode: 2 }, view)).toEqual({ dx: 0, dy: 600 });
    expect(wheelPixels({ ...turn, deltaY: 4.5, deltaMode: 0 }, view)).toEqual({ dx: 0, dy: 4.5 });
    expect(wheelPixels({ ...turn, shiftKey: true }, view)).toEqual({ dx: 120, dy: 0 });
    expect(wheelPixels({ ...turn, deltaY: 1e9 }, view).dy).toBe(20_000);
  });

  it("count clicks that come soon, near and with the same button", () => {
    const at = (timeMs: number, x = 10, button = "left") => ({ button, x, y: 10, timeMs });
    const first = countClicks(at(0), null);
    const second = countClicks(at(300), first);
    const third = countClicks(at(600), second);
    expect([first.clicks, second.clicks, third.clicks]).toEqual([1, 2, 3]);
    expect(countClicks(at(900), third).clicks).toBe(1);
    expect(countClicks(at(900), first).clicks).toBe(1);
    expect(countClicks(at(100, 40), first).clicks).toBe(1);
    expect(countClicks(at(100, 20), first, "touch").clicks).toBe(2);
    expect(countClicks(at(100, 10, "right"), first).clicks).toBe(1);
  });
});

describe("the mirror of a field", () => {
  it("tells one replacement that leads from the old text to the new one", () => {
    const cases = [
      ["", "a", 1],
      ["foo", "fooo", 2],
      ["teh cat", "the cat", 3],
      ["hello world", "hello", 5],
      ["aaa", "aa", 1],
      ["a😀b", "a😁b", 3],
      ["日本", "日本語", 3],
    ] as const;
    for (const [before, after, caret] of cases) {
      const edit = diffField(before, after, caret);
      expect(edit, `${before} → ${after}`).not.toBeNull();
      const { from = 0, to = 0, text = "" } = edit ?? {};
      expect(before.slice(0, from) + text + before.slice(to)).toBe(after);
    }
    expect(diffField("same", "same", 2)).toBeNull();
  });

  it("keeps what stands behind the caret and never halves a character", () => {
    expect(diffField("foo", "fooo", 2)).toEqual({ from: 1, to: 1, text: "o" });
    expect(diffField("😀", "😁", 2)).toEqual({ from: 0, to: 2, text: "😁" });
  });
});

describe("the engine", () => {
  const url = "https://site.example/a";
  const other = "https://other.example/";
  it("is the reader, unless the site, the person or the panel's own site says otherwise", () => {
    const ask = { url, current: null, site: null, byHand: null };
    expect(chooseEngine(ask)).toBe("reader");
    expect(chooseEngine({ ...ask, site: "live" })).toBe("live");
    expect(chooseEngine({ ...ask, current: { engine: "live", url: "https://www.site.example/b" } })).toBe(
      "live",
    );
    expect(chooseEngine({ ...ask, current: { engine: "live", url: other } })).toBe("reader");
    expect(chooseEngine({ ...ask, site: "live", byHand: { engine: "reader", url } })).toBe("reader");
    expect(chooseEngine({ ...ask, site: "live", byHand: { engine: "reader", url: other } })).toBe("live");
    expect(chooseEngine({ ...ask, url: "?words", current: { engine: "live", url } })).toBe("reader");
  });

  it("becomes live for a page that needs it, where that is possible and nobody chose the reader", () => {
    const need = { url, needsLive: true, site: null, byHand: null, available: true };
    expect(movesToLive(need)).toBe(true);
    expect(movesToLive({ ...need, needsLive: false })).toBe(false);
    expect(movesToLive({ ...need, available: false })).toBe(false);
    expect(movesToLive({ ...need, site: "reader" })).toBe(false);
    expect(movesToLive({ ...need, byHand: { engine: "reader", url } })).toBe(false);
  });
});

describe("the history of a tab", () => {
  const entries = ["a", "b", "c", "d"].map((url) => ({ url }));
  const link = { offset: 1, lowest: 0, index: 1, length: 3 };
  it("takes steps that the tab knows, and addresses for others", () => {
    expect(stepTo(link, 1)).toBe("back");
    expect(stepTo(link, 3)).toBe("forward");
    expect(stepTo(link, 0)).toBe("address");
    expect(stepTo({ ...link, lowest: 1 }, 1)).toBe("address");
    expect(stepTo(null, 1)).toBe("address");
  });

  it("tells a new page from a step and from an address put in place", () => {
    expect(readMove(link, { index: 1, length: 3, url: "x" }, entries)).toEqual({ kind: "replace" });
    expect(readMove(link, { index: 0, length: 3, url: "b" }, entries)).toEqual({ kind: "go", panelIndex: 1 });
    expect(readMove(link, { index: 2, length: 3, url: "d" }, entries)).toEqual({ kind: "go", panelIndex: 3 });
    expect(readMove(link, { index: 2, length: 3, url: "new" }, entries)).toEqual({ kind: "push" });
    expect(readMove(link, { index: 2, length: 4, url: "d" }, entries)).toEqual({ kind: "push" });
  });
});

describe("a connection", () => {
  it("is tried again ever more slowly, up to twelve seconds, never all at once", () => {
    expect([0, 1, 2].map((attempt) => reconnectDelayMs(attempt, 1))).toEqual([300, 600, 1200]);
    expect(reconnectDelayMs(50, 1)).toBe(12_000);
    expect(reconnectDelayMs(50, 0)).toBe(9_000);
  });

  it("asks for no more pixels than a 4K screen has, coarser rather than smaller", () => {
    expect(fitViewport({ width: 390.4, height: 731, dpr: 3 })).toEqual({ width: 390, height: 731, dpr: 3 });
    const large = fitViewport({ width: 2560, height: 1440, dpr: 2 });
    expect([large.width, large.height]).toEqual([2560, 1440]);
    expect(large.width * large.height * large.dpr ** 2).toBeLessThanOrEqual(3840 * 2160);
    expect(fitViewport({ width: 10, height: 10, dpr: 9 })).toEqual({ width: 160, height: 120, dpr: 4 });
  });

  it("names Chromium's failures in the words of the shared table", () => {
    const codes = ["net::ERR_NAME_NOT_RESOLVED", "ERR_CERT_DATE_INVALID", "blocked_address", "ERR_SOMETHING"];
    expect(codes.map((error) => failureOfLoad(error).code)).toEqual([
      "name_not_found",
      "insecure_connection",
      "blocked_address",
      "unreachable",
    ]);
  });
});
