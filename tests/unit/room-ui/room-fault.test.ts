import { describe, expect, it } from "vitest";
import { ROOM_FAULT_WORDS, type RoomFaultSigns, roomFaultKind } from "#lib/core/room-ui/room-fault.ts";

/** A room that was drawn until something was thrown, on a device that is well. */
const WELL: RoomFaultSigns = { error: null, hasWebGl: true, hadWebGl: true, isLost: false };
const kindOf = (signs: Partial<RoomFaultSigns>) => roomFaultKind({ ...WELL, ...signs });

describe("why the room is not there", () => {
  it("is WebGL only where the browser never gave it", () => {
    expect(kindOf({ hasWebGl: false, hadWebGl: false })).toBe("no-webgl");
    expect(kindOf({ hasWebGl: false })).toBe("lost");
  });

  it("is the lost context while it is away, whatever that made fail", () => {
    const error = new TypeError("Cannot read properties of null (reading 'precision')");
    expect(kindOf({ error, isLost: true })).toBe("lost");
    expect(kindOf({ error: new Error("THREE.WebGLRenderer: Context Lost.") })).toBe("lost");
    expect(kindOf({ error: new Error("Web page lost its WebGL context") })).toBe("lost");
  });

  it.each([
    ["V8", new RangeError("Array buffer allocation failed")],
    ["JavaScriptCore", new RangeError("Out of memory")],
    ["SpiderMonkey", new Error("allocation size overflow")],
    ["WebAssembly", new RangeError("WebAssembly.Memory(): could not allocate memory")],
  ])("is memory where %s has none left, even if its context went too", (_, error) => {
    expect(kindOf({ error })).toBe("memory");
    expect(kindOf({ error, hasWebGl: false, isLost: true })).toBe("memory");
  });

  it.each([
    new TypeError("Cannot read properties of undefined (reading 'pose')"),
    new RangeError("Invalid array length"),
    new Error("We lost the thread of the context menu, not the other way round."),
    "a thrown text",
    undefined,
  ])("is blamed on no device for a fault of ours: %s", (error) => {
    expect(kindOf({ error })).toBe("other");
  });

  it("is told apart in words, and only WebGL's own fault names WebGL", () => {
    const words = Object.entries(ROOM_FAULT_WORDS);
    expect(new Set(words.map(([, { title }]) => title)).size).toBe(words.length);
    expect(words.filter(([, { text }]) => text.includes("WebGL")).map(([kind]) => kind)).toEqual([
      "no-webgl",
    ]);
  });
});
