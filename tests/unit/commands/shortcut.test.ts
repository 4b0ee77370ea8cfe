import { describe, expect, it } from "vitest";
import { createCommandRegistry } from "#lib/core/commands/registry.ts";
import {
  ariaShortcut,
  type KeyPress,
  type KeySurroundings,
  matchesShortcut,
  shortcutLabel,
} from "#lib/core/commands/shortcut.ts";

function press(key: string, more: Partial<KeyPress> = {}): KeyPress {
  return {
    key,
    code: "",
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    shiftKey: false,
    altGraph: false,
    isComposing: false,
    ...more,
  };
}

const pc: KeySurroundings = { platform: "other", installed: false, editing: false };
const mac: KeySurroundings = { ...pc, platform: "mac" };

describe("matching a key press", () => {
  it("means Command on a Mac and Control elsewhere", () => {
    const shortcut = { keys: "Mod+L" };
    expect(matchesShortcut(shortcut, press("l", { ctrlKey: true }), pc)).toBe(true);
    expect(matchesShortcut(shortcut, press("l", { metaKey: true }), mac)).toBe(true);
    expect(matchesShortcut(shortcut, press("l", { ctrlKey: true }), mac)).toBe(false);
    expect(matchesShortcut(shortcut, press("l", { ctrlKey: true, shiftKey: true }), pc)).toBe(false);
  });

  it("finds letters on a keyboard of another script and behind Option", () => {
    expect(matchesShortcut({ keys: "Mod+L" }, press("д", { code: "KeyL", ctrlKey: true }), pc)).toBe(true);
    expect(matchesShortcut({ keys: "Alt+T" }, press("†", { code: "KeyT", altKey: true }), mac)).toBe(true);
    expect(matchesShortcut({ keys: "Alt+1" }, press("&", { code: "Digit1", altKey: true }), pc)).toBe(true);
  });

  it("goes by the letter, not its place, on a Latin keyboard", () => {
    expect(matchesShortcut({ keys: "Mod+Z" }, press("y", { code: "KeyZ", ctrlKey: true }), pc)).toBe(false);
  });

  it("never takes a character being typed", () => {
    expect(
      matchesShortcut({ keys: "Alt+Mod+L" }, press("@", { ctrlKey: true, altKey: true, altGraph: true }), pc),
    ).toBe(false);
    expect(matchesShortcut({ keys: "?" }, press("?", { shiftKey: true }), { ...pc, editing: true })).toBe(
      false,
    );
    expect(matchesShortcut({ keys: "?" }, press("?", { shiftKey: true }), pc)).toBe(true);
    expect(
      matchesShortcut({ keys: "Alt+L" }, press("@", { code: "KeyL", altKey: true }), {
        ...mac,
        editing: true,
      }),
    ).toBe(false);
    expect(matchesShortcut({ keys: "Mod+L" }, press("l", { ctrlKey: true, isComposing: true }), pc)).toBe(
      false,
    );
  });

  it("keeps keys of an installed app to installed windows", () => {
    const shortcut = { keys: "Mod+T", installed: true };
    expect(matchesShortcut(shortcut, press("t", { ctrlKey: true }), pc)).toBe(false);
    expect(matchesShortcut(shortcut, press("t", { ctrlKey: true }), { ...pc, installed: true })).toBe(true);
  });

  it.each([
    ["Mod++", press("+", { ctrlKey: true, shiftKey: true })],
    ["Mod+=", press("=", { ctrlKey: true })],
    ["Mod+-", press("-", { ctrlKey: true })],
    ["Mod+\\", press("\\", { ctrlKey: true })],
    ["Alt+ArrowLeft", press("ArrowLeft", { altKey: true })],
  ])("knows %s", (keys, event) => {
    expect(matchesShortcut({ keys }, event, pc)).toBe(true);
  });
});

describe("writing a shortcut", () => {
  it("follows the platform", () => {
    expect(shortcutLabel({ keys: "Mod+Shift+T" }, "mac")).toBe("⇧⌘T");
    expect(shortcutLabel({ keys: "Mod+Shift+T" }, "other")).toBe("Ctrl+Shift+T");
    expect(shortcutLabel({ keys: "Mod++" }, "other")).toBe("Ctrl++");
    expect(ariaShortcut({ keys: "Mod+Shift+T" }, "mac")).toBe("Meta+Shift+T");
  });
});

describe("the registry", () => {
  function registryOf(enabled: boolean) {
    const ran: unknown[] = [];
    const registry = createCommandRegistry();
    const take = registry.register([
      {
        id: "a",
        group: "Qui",
        title: "A",
        shortcuts: [{ keys: "Alt+1", args: { index: 0 } }],
        enabled: () => enabled,
        run: (args) => ran.push(args),
      },
      {
        id: "b",
        group: "Qui",
        title: (args) => `B ${args.text ?? ""}`,
        arguments: [{ name: "url", description: "Where", required: true }],
        run: (args) => ran.push(args),
      },
    ]);
    return { ran, registry, take };
  }

  it("runs a command with its arguments", () => {
    const { ran, registry } = registryOf(true);
    expect(registry.run("a", { text: "x" })).toBe(true);
    expect(ran).toEqual([{ text: "x" }]);
  });

  it("runs nothing that is disabled, unknown or lacks what it needs", () => {
    const { ran, registry } = registryOf(false);
    expect([registry.run("a"), registry.run("b"), registry.run("c")]).toEqual([false, false, false]);
    expect(ran).toEqual([]);
  });

  it("finds the enabled command of a key press, with the arguments of that key", () => {
    const event = press("1", { altKey: true });
    expect(registryOf(true).registry.match(event, pc)).toMatchObject({
      command: { id: "a" },
      args: { index: 0 },
    });
    expect(registryOf(false).registry.match(event, pc)).toBeNull();
  });

  it("refuses two commands of one id, and takes commands back", () => {
    const { registry, take } = registryOf(true);
    expect(() => registry.register([{ id: "a", group: "Qui", title: "", run: () => undefined }])).toThrow(
      "called a",
    );
    take();
    expect(registry.list()).toEqual([]);
  });
});
