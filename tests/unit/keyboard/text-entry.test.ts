import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  applyTextEdit,
  chooseEntrySuggestion,
  closeTextEntry,
  pressEntryKey,
  requestTextEntry,
  submitTextEntry,
  type TextEntryRequest,
  textEntryStore,
} from "#lib/client/room/text-entry.ts";
import { setLibrary } from "#lib/client/store/library-port.ts";
import { createKeyboardState } from "#lib/core/keyboard/keyboard-state.ts";
import { buildKeys } from "#lib/core/keyboard/keys.ts";
import type { KeyboardLanguage } from "#lib/core/keyboard/layouts.ts";

let told: string[] = [];
const state = () => textEntryStore.getState();

function open(change: Partial<TextEntryRequest> = {}, language: KeyboardLanguage = "en"): void {
  textEntryStore.setState({ keyboard: createKeyboardState(language) });
  requestTextEntry({
    purpose: "omnibox",
    label: "Address",
    onSubmit: (text, row) => told.push(`submit ${text} ${row && "url" in row ? row.url : row?.kind}`),
    onClose: () => told.push("close"),
    ...change,
  });
}

/** Presses keys by their ids, as they are shown at that moment. */
function press(...ids: string[]): void {
  for (const id of ids) {
    const { keyboard, purpose, dictation } = state();
    const key = buildKeys({ ...keyboard, purpose, dictation })
      .flat()
      .find((candidate) => candidate.id === id);
    pressEntryKey(key ?? expect.fail(`no key ${id}`));
  }
}

beforeEach(() => {
  told = [];
  setLibrary({
    history: () => [
      {
        url: "https://example.org/",
        title: "Example",
        icon: null,
        visitCount: 9,
        typedCount: 5,
        lastVisitedAt: Date.now(),
      },
    ],
    bookmarks: () => [],
    recordVisit: () => {},
    getSavedPage: async () => null,
  });
});
afterEach(closeTextEntry);

describe("typing in the room", () => {
  it("opens an address that was typed key by key", () => {
    open();
    press(..."qui", "stop", ..."de", "comma", "a", "enter");
    expect(told).toEqual(["close", "submit qui.de/a https://qui.de/a"]);
    expect(state().open).toBe(false);
  });

  it("does what the first suggestion says, which finishes a known address", () => {
    open();
    press(..."exam");
    expect(state().suggestions[0]).toMatchObject({ kind: "row", row: { url: "https://example.org/" } });
    press("enter");
    expect(told.at(-1)).toBe("submit exam https://example.org/");
  });

  it("does not finish an address again that was shortened on purpose", () => {
    open();
    press(..."exam", "backspace");
    expect(state().suggestions[0]).toMatchObject({ row: { kind: "search" } });
  });

  it("takes a suggestion that is pressed", () => {
    open();
    press(..."example");
    const index = state().suggestions.findIndex((item) => item.kind === "row" && item.row.kind === "search");
    chooseEntrySuggestion(index);
    expect(told.at(-1)).toBe("submit example ?example");
  });

  it("replaces the address that stands there, as it is all selected", () => {
    open({ text: "https://old.test/" });
    expect(state().selection).toEqual({ start: 0, end: 17 });
    press("n");
    expect(state()).toMatchObject({ text: "n", caret: 1 });
  });

  it("submits nothing where nothing was typed", () => {
    open();
    press("enter");
    expect(told).toEqual([]);
    expect(state().open).toBe(true);
  });

  it("is ended by hiding the keyboard, with nothing submitted", () => {
    open();
    press("a", "hide");
    expect(told).toEqual(["close"]);
    applyTextEdit({ type: "insert", text: "late" });
    expect(state().text).toBe("a");
  });

  it("is ended by another text", () => {
    open();
    open({
      purpose: "field",
      onSubmit: (text) => told.push(`second ${text}`),
      onClose: () => told.push("second close"),
    });
    press("b", "enter");
    expect(told).toEqual(["close", "second close", "second b"]);
  });

  it("tells of changes, and goes on after Enter where the field wants it", () => {
    const changes: string[] = [];
    open({ purpose: "find", staysOpen: true, onChange: (text) => changes.push(text) });
    press("a", "b", "enter", "c");
    expect(changes).toEqual(["a", "ab", "abc"]);
    expect(told).toEqual(["submit ab undefined"]);
    expect(state().open).toBe(true);
  });

  it("shows kana while they are composed, Enter settles them before it submits", () => {
    const changes: string[] = [];
    open({ purpose: "field", onChange: (text) => changes.push(text) }, "ja");
    press(..."neko");
    expect(state()).toMatchObject({ text: "ねこ", composition: { start: 0, end: 2 } });
    expect(changes).toEqual([]);
    press("enter");
    expect(state()).toMatchObject({ text: "ねこ", composition: null, open: true });
    expect(changes).toEqual(["ねこ"]);
    submitTextEntry();
    expect(told.at(-1)).toBe("submit ねこ undefined");
  });

  it("settles what is composed when the language changes", () => {
    open({ purpose: "field" }, "ja");
    press(..."ka", "language");
    expect(state()).toMatchObject({ text: "か", composition: null });
    expect(state().keyboard.language).not.toBe("ja");
  });

  it("gives one capital after Shift", () => {
    open({ purpose: "field" });
    press("shift", "q", "u");
    expect(state().text).toBe("Qu");
  });
});
