import { describe, expect, it } from "vitest";
import { createFieldMirror } from "#lib/core/live/field-mirror.ts";

const field = (value: string, kind = "text") => ({ field: kind, value, length: value.length });

describe("the mirror of a remote text field", () => {
  it("tells each change as one replacement in what the page held", () => {
    const mirror = createFieldMirror(field("helo"));
    expect(mirror.text).toBe("helo");
    expect(mirror.change("hello", 4)).toEqual([{ type: "edit", from: 3, to: 3, text: "l", caret: 4 }]);
    expect(mirror.change("hell", 4)).toEqual([{ type: "edit", from: 4, to: 5, text: "", caret: 4 }]);
    expect(mirror.change("hell", 4)).toEqual([]);
  });

  it("passes over answers that are older than what was typed since", () => {
    const mirror = createFieldMirror(field(""));
    mirror.change("a", 1);
    mirror.change("ab", 2);
    mirror.change("abc", 3);
    expect(mirror.adopt(field("a"))).toBeNull();
    expect(mirror.adopt(field("abc"))).toBeNull();
    expect(mirror.adopt(field("ab"))).toBe("ab");
  });

  it("takes over what the page made of the text", () => {
    const mirror = createFieldMirror(field(""));
    mirror.change("4111", 4);
    mirror.change("41111", 5);
    expect(mirror.adopt(field("4111"))).toBeNull();
    expect(mirror.adopt(field("4111 1"))).toBe("4111 1");
    expect(mirror.change("4111 11", 7)).toEqual([{ type: "edit", from: 6, to: 6, text: "1", caret: 7 }]);
  });

  it("knows a password by its length alone and still edits the right place", () => {
    const mirror = createFieldMirror({ field: "password", value: "", length: 3 });
    expect(mirror.text).toBe("•••");
    expect(mirror.change("•••s", 4)).toEqual([{ type: "edit", from: 3, to: 3, text: "s", caret: 4 }]);
    expect(mirror.adopt({ field: "password", value: "", length: 4 })).toBeNull();
    expect(mirror.adopt({ field: "password", value: "", length: 0 })).toBe("");
  });

  it("types into rich text as keys do, without carrying the text", () => {
    const mirror = createFieldMirror(field("Dear reader", "contenteditable"));
    expect(mirror.text).toBe("");
    expect(mirror.change("hi", 2)).toEqual([{ type: "text", text: "hi" }]);
    expect(mirror.change("h", 1).map(({ type }) => type)).toEqual(["key", "key"]);
    expect(mirror.adopt(field("Dear reader h", "contenteditable"))).toBeNull();
  });
});
