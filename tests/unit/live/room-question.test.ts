import { describe, expect, it } from "vitest";
import {
  beginQuestion,
  type LiveQuestion,
  type QuestionDraft,
  roomQuestion,
} from "#lib/core/live/room-question.ts";

/** As a headset shows it, after what was said so far. */
const menuOf = (question: LiveQuestion, said: Partial<QuestionDraft> = {}, canChooseFiles = false) =>
  roomQuestion(question, { ...beginQuestion(question, "2026-11-21"), ...said }, { canChooseFiles });
const dialog = (kind: "alert" | "confirm" | "prompt" | "beforeunload", message = "Sure?") =>
  ({ kind: "dialog", dialog: kind, origin: "shop.example", message, value: "" }) as const;
const answers = (menu: ReturnType<typeof roomQuestion>) =>
  menu.rows.map(({ id, act }) => [id, act.do === "answer" ? act.answer : act.do]);

describe("a page's question in the room", () => {
  it("is answered as the page's dialogs would be", () => {
    expect(answers(menuOf(dialog("alert")))).toEqual([["ok", { kind: "accept" }]]);
    expect(answers(menuOf(dialog("confirm")))).toEqual([
      ["ok", { kind: "accept" }],
      ["cancel", null],
    ]);
    expect(answers(menuOf(dialog("prompt"), { typed: "Ada" }))).toEqual([
      ["words", "type"],
      ["ok", { kind: "accept", text: "Ada" }],
      ["cancel", null],
    ]);
    expect(answers(menuOf(dialog("beforeunload")))).toEqual([
      ["stay", null],
      ["leave", { kind: "accept" }],
    ]);
  });

  it("says who asks, in lines that fit, and where a long message was cut", () => {
    const { title, note } = menuOf(dialog("alert", "word ".repeat(500)));
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
    const one = menuOf({ ...select, multiple: false, options: [...select.options] });
    expect(one.rows.map(({ label, checked }) => [label, checked])).toEqual([
      ["Red", false],
      ["Green", true],
      ["Blue", false],
    ]);
    expect(answers(one)[2]).toEqual(["option 2", { kind: "options", indices: [2] }]);
    const several = menuOf(
      { ...select, multiple: true, options: [...select.options] },
      { marked: new Set([2, 0]) },
    );
    expect(answers(several)[0]).toEqual(["done", { kind: "options", indices: [0, 2] }]);
    expect(answers(several)[2]).toEqual(["option 1", "mark"]);
  });

  it("lets files be chosen on a screen, and in a headset says kindly why they wait", () => {
    const files = { kind: "files", multiple: true, accept: "", bytesMax: 50_000_000 } as const;
    expect(answers(menuOf(files, {}, true))).toEqual([
      ["files", "files"],
      ["dismiss", null],
    ]);
    expect(menuOf(files, { notice: "Sending a.txt, 40 %" }, true).note.join(" ")).toMatch(
      /at most 50 MB a file.*Sending a.txt, 40 %/,
    );
    const headset = menuOf(files);
    expect(headset.note.join(" ")).toMatch(/a headset cannot show.*The page waits for you/);
    expect(answers(headset)).toEqual([
      ["flat", "leave"],
      ["dismiss", null],
    ]);
  });

  it("asks for a name and a password, says who wants them, and shows no letter of the password", () => {
    const question = {
      kind: "credentials",
      origin: "http://shop.example",
      realm: "Staff",
      wrong: true,
    } as const;
    const menu = menuOf(question, { username: "ada", password: "byron" });
    expect(menu.title).toBe("Sign in to http://shop.example");
    expect(menu.note).toEqual([
      "The site says: “Staff”",
      "That name and password were not accepted.",
      "The connection to this site is not encrypted.",
    ]);
    expect(menu.rows.map(({ label }) => label)).toEqual(["ada", "•••••", "Sign in", "Cancel"]);
    expect(answers(menu)[2]).toEqual(["ok", { kind: "credentials", username: "ada", password: "byron" }]);
  });

  it("has a calendar for dates, which can be written or cleared too", () => {
    const menu = menuOf({
      kind: "picker",
      rect: { x: 0, y: 0, width: 10, height: 10 },
      input: "date",
      value: "2026-11-21",
      min: "",
      max: "",
      step: "",
    });
    expect([menu.title, menu.columns, menu.note]).toEqual(["Choose a date", 7, ["Now: 2026-11-21"]]);
    const given = new Map(answers(menu) as [string, unknown][]);
    expect(given.get("day 2026-11-09")).toEqual({ kind: "value", value: "2026-11-09" });
    expect(given.get("words")).toBe("type");
    expect(given.get("clear")).toEqual({ kind: "value", value: "" });
  });

  it("about a permission names the site and what a yes gives, and leaves the clipboard to the flat view", () => {
    const asked = (permission: "geolocation" | "notifications" | "clipboard-read") =>
      menuOf({ kind: "permission", origin: "https://maps.example", permission });
    const place = asked("geolocation");
    expect([place.title, ...place.note]).toEqual([
      "https://maps.example",
      "This site wants to know where you are.",
    ]);
    expect(answers(place).slice(0, 2)).toEqual([
      ["later", null],
      ["never", { kind: "deny" }],
    ]);
    expect(answers(place)).toContainEqual([
      "Berlin",
      { kind: "allow", keep: "once", place: { latitude: 52.5, longitude: 13.4 } },
    ]);
    expect(answers(asked("notifications"))).toContainEqual(["allow", { kind: "allow", keep: "once" }]);
    expect(answers(asked("clipboard-read"))).toContainEqual(["flat", "leave"]);
  });
});
