import { describe, expect, it } from "vitest";
import { editingCommand } from "#lib/core/live/editing-command.ts";
import { type KeyPress, toKeyEvent } from "#lib/core/live/key-event.ts";
import { virtualKeyCode } from "#lib/core/live/virtual-key-code.ts";

const NONE = { alt: false, ctrl: false, meta: false, shift: false };
const press = (key: string, code: string, more: Partial<KeyPress> = {}) =>
  toKeyEvent({ kind: "down", key, code, location: 0, repeat: false, modifiers: NONE, ...more });

describe("a key of the visitor", () => {
  it.each([
    ["a", "KeyA", 65],
    ["ö", "Semicolon", 186],
    ["Ф", "KeyA", 65],
    ["!", "Digit1", 49],
    ["7", "Numpad7", 103],
    ["Enter", "NumpadEnter", 13],
    ["F12", "F12", 123],
    ["ArrowLeft", "ArrowLeft", 37],
    ["あ", "", 0],
  ])("%s at %s has the code %i that pages read", (key, code, expected) => {
    expect(virtualKeyCode({ key, code })).toBe(expected);
  });

  it("types its character, and nothing when it is let go", () => {
    expect(press("a", "KeyA")).toMatchObject({ type: "keyDown", text: "a", modifiers: 0 });
    expect(press("Enter", "Enter")).toMatchObject({ type: "keyDown", text: "\r" });
    expect(press("a", "KeyA", { kind: "up" })).not.toHaveProperty("text");
    expect(press("Shift", "ShiftLeft")).toMatchObject({ type: "rawKeyDown" });
    expect(press("𝒳", "")).toMatchObject({ text: "𝒳" });
  });

  it("typed with AltGr or Option comes as its character alone", () => {
    const altGr = press("@", "KeyQ", { modifiers: { ...NONE, ctrl: true, alt: true } });
    expect(altGr).toMatchObject({ text: "@", modifiers: 0 });
    const option = press("∂", "KeyD", { modifiers: { ...NONE, alt: true } });
    expect(option).toMatchObject({ text: "∂", modifiers: 0 });
    const menu = press("f", "KeyF", { modifiers: { ...NONE, alt: true } });
    expect(menu).toMatchObject({ type: "rawKeyDown", modifiers: 1 });
  });

  it("with Command is the one with Control, and edits as its shortcut says", () => {
    const all = press("a", "KeyA", { modifiers: { ...NONE, meta: true } });
    expect(all).toMatchObject({ modifiers: 2, commands: ["selectAll"] });
    expect(press("a", "KeyA", { kind: "up", modifiers: { ...NONE, meta: true } })).not.toHaveProperty(
      "commands",
    );
    expect(editingCommand({ key: "Z", modifiers: { ...NONE, ctrl: true, shift: true } })).toBe("redo");
  });

  it("never reads or writes the clipboard that all tabs of a node share", () => {
    for (const key of ["c", "x", "v"])
      expect(editingCommand({ key, modifiers: { ...NONE, ctrl: true } })).toBeNull();
  });
});
