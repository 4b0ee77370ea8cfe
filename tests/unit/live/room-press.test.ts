import { describe, expect, it } from "vitest";
import { decideRoomDrag, roomPointerKind } from "#lib/core/live/room-press.ts";

const kindOf = (pointerType: string, mode: "desktop" | "mobile" = "desktop", hasStick = false) =>
  roomPointerKind({ pointerType, mode, hasStick });

describe("what presses a live page in the room", () => {
  it("tells mice, rays, hands and fingers apart", () => {
    expect(kindOf("screen-mouse")).toBe("mouse");
    expect(kindOf("screen-pen", "mobile")).toBe("mouse");
    expect(kindOf("ray", "desktop", true)).toBe("ray");
    expect(kindOf("ray")).toBe("hand");
    expect(kindOf("touch")).toBe("hand");
    expect(kindOf("screen-touch")).toBe("hand");
  });

  it("are all fingers but a mouse where the page is shown as on a phone", () => {
    expect(kindOf("ray", "mobile", true)).toBe("finger");
    expect(kindOf("ray", "mobile")).toBe("finger");
    expect(kindOf("touch", "mobile")).toBe("finger");
    expect(kindOf("screen-touch", "mobile")).toBe("finger");
    expect(kindOf("screen-mouse", "mobile")).toBe("mouse");
  });
});

describe("a drag on a live page", () => {
  const drag = { kind: "hand", canLook: false, hasLongPressed: false, dxPx: 0, dyPx: 0 } as const;

  it("is a press while it trembles", () => {
    expect(decideRoomDrag({ ...drag, kind: "ray", dxPx: 9, dyPx: 9 })).toBeNull();
  });

  it("holds the button for a ray, and for a hand that has rested first", () => {
    expect(decideRoomDrag({ ...drag, kind: "ray", dyPx: 40 })).toBe("drag");
    expect(decideRoomDrag({ ...drag, hasLongPressed: true, dxPx: 40 })).toBe("drag");
  });

  it("scrolls for a hand in any direction, and on a screen leaves a sideways one to the view", () => {
    expect(decideRoomDrag({ ...drag, dyPx: 40 })).toBe("scroll");
    expect(decideRoomDrag({ ...drag, dxPx: 40 })).toBe("scroll");
    expect(decideRoomDrag({ ...drag, canLook: true, dxPx: 40 })).toBe("look");
    expect(decideRoomDrag({ ...drag, canLook: true, dxPx: 40, dyPx: 40 })).toBe("scroll");
  });
});
