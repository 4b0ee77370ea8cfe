import "fake-indexeddb/auto";
import { describe, expect, it } from "vitest";
import { deleteSpace, getSpace, listSpaces, putOwnSpace, putSpace } from "#lib/client/store/session-db.ts";
import { readSettings } from "#lib/client/store/settings-store.ts";

describe("spaces on the device", () => {
  it("are written only by who has seen the last version", async () => {
    expect(await putSpace("a", { tabs: 1 }, 0)).toBe(1);
    expect(await putSpace("a", { tabs: 2 }, 1)).toBe(2);
    expect(await putSpace("a", { tabs: "of another window" }, 1)).toBeNull();
    expect(await getSpace("a")).toMatchObject({ session: { tabs: 2 }, version: 2 });
  });

  it("are listed with the one saved last first, and gone when deleted", async () => {
    await putSpace("older", {}, 0);
    await new Promise((resolve) => setTimeout(resolve, 2));
    await putSpace("newer", {}, 0);
    const ids = (await listSpaces()).map(({ id }) => id);
    expect(ids.indexOf("newer")).toBeLessThan(ids.indexOf("older"));
    await deleteSpace("older");
    expect(await getSpace("older")).toBeNull();
  });

  it("are written in one step when the window goes", async () => {
    await putSpace("leaving", { tabs: 1 }, 0);
    await putOwnSpace("leaving", { tabs: 2 }, 2);
    expect(await getSpace("leaving")).toMatchObject({ session: { tabs: 2 }, version: 2 });
  });
});

describe("settings", () => {
  it.each([
    [null, { theme: "system", trackerLevel: "standard", defaultZoom: 1 }],
    ["not json", { theme: "system" }],
    ['"text"', { theme: "system" }],
    [
      '{"theme":"dark","trackerLevel":"strict","defaultZoom":1.5,"liveZone":"Asia/Tokyo"}',
      { theme: "dark", trackerLevel: "strict", defaultZoom: 1.5, liveZone: "Asia/Tokyo" },
    ],
    [
      '{"theme":"pink","trackerLevel":7,"defaultZoom":99,"appearance":{"font":"mono"},"liveZone":"Mars/Base"}',
      { theme: "system", defaultZoom: 1, appearance: { font: "mono" }, liveZone: "UTC" },
    ],
  ])("are read from %s as far as they can be", (text, expected) => {
    expect(readSettings(text)).toMatchObject(expected);
  });
});
