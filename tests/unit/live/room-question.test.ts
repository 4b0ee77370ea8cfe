import { describe, expect, it } from "vitest";
import { roomQuestion } from "#lib/core/live/room-question.ts";

const NOTHING = { marked: new Set<number>(), typed: "" };
const dialog = (kind: "alert" | "confirm" | "prompt" | "beforeunload", message = "Sure?") =>
  ({ kind: "dialog", dialog: kind, origin: "shop.example", message, value: "" }) as const;
const answers = (menu: ReturnType<typeof roomQuestion>) =>
  menu.rows.map(({ id, act }) => [id, act.do === "answer" ? act.answer : act.do]);

describe("a page's question in the room", () => {
  it("is answered as the page's dialogs would be", () => {
    expect(answers(roomQuestion(dialog("alert"), NOTHING))).toEqual([["ok", { kind: "accept" }]]);
    expect(answers(roomQuestion(dialog("confirm"), NOTHING))).toEqual([
      ["ok", { kind: "accept" }],
      ["cancel", null],
    ]);
    expect(answers(roomQuestion(dialog("prompt"), { ...NOTHING, typed: "Ada" }))).toEqual([
      ["words", "type"],
      ["ok", { kind: "accept", text: "Ada" }],
      ["cancel", null],
    ]);
    expect(answers(roomQuestion(dialog("beforeunload"), NOTHING))).toEqual([
      ["stay", null],
      ["leave", { kind: "accept" }],
    ]);
  });

  it("says who asks, in lines that fit, and where a long message was cut", () => {
    const { title, note } = roomQuestion(dialog("alert", "word ".repeat(500)), NOTHING);
    expect(title).toBe("shop.example says");
    expect(note).toHaveLength(6);
    expect(note.at(-1)).toMatch(/…$/);
    for (const line of note) expect(line.length).toBeLessThanOrEqual(72);
  });

  it("offers a list's options, and marks them first where several may be chosen", () => {
    const option = (label: string, selected = false) => ({ label, group: null, disabled: false, selected });
    const select = {
      kind: "select",
      rect: { x: 0, y: 0, width: 10, height: 10 },
      options: [option("Red"), option("Green", true), option("Blue")],
    } as const;
    const one = roomQuestion({ ...select, multiple: false, options: [...select.options] }, NOTHING);
    expect(one.rows.map(({ label, checked }) => [label, checked])).toEqual([
      ["Red", false],
      ["Green", true],
      ["Blue", false],
    ]);
    expect(answers(one)[2]).toEqual(["option 2", { kind: "options", indices: [2] }]);
    const several = roomQuestion(
      { ...select, multiple: true, options: [...select.options] },
      { marked: new Set([2, 0]), typed: "" },
    );
    expect(answers(several)[0]).toEqual(["done", { kind: "options", indices: [0, 2] }]);
    expect(answers(several)[2]).toEqual(["option 1", "mark"]);
  });

  it("leaves what needs the device to the flat view, and can be put off", () => {
    const files = roomQuestion({ kind: "files", multiple: false, accept: "", bytesMax: 1 }, NOTHING);
    expect(answers(files)).toEqual([
      ["flat", "leave"],
      ["dismiss", null],
    ]);
  });
});
