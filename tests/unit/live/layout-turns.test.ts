import { beforeEach, describe, expect, it } from "vitest";
import { createLayoutTurns, type LayoutTurns } from "#services/live/tab/layout-turns.ts";

let turns: LayoutTurns;
/** What Chromium was told, in order. */
let told: string[];
/** Something that Chromium answers when the test says so. */
const question = () => Promise.withResolvers<void>();
/** Past every step that waits for nothing else. */
const settled = () => new Promise((resolve) => setImmediate(resolve));
const layout = (name: string) => async (isAgain: boolean) => {
  told.push(isAgain ? `${name} again` : name);
};

beforeEach(() => {
  turns = createLayoutTurns();
  told = [];
});

describe("turns of input, layout and screenshots", () => {
  it("makes a change once the press before it is answered, and the press after it once it stands", async () => {
    const press = question();
    turns.sent(press.promise);
    turns.change(layout("wide"));
    turns.pass(() => told.push("press"));
    await settled();
    expect(told).toEqual([]);
    press.resolve();
    await settled();
    expect(told).toEqual(["wide", "press"]);
  });

  it("makes the newest of the changes that wait, alone", async () => {
    const press = question();
    turns.sent(press.promise);
    for (const name of ["wide", "narrow", "dense"]) turns.change(layout(name));
    press.resolve();
    await settled();
    expect(told).toEqual(["dense"]);
  });

  it("makes a change again that a screenshot from before it has put back, however the screenshot ends", async () => {
    for (const end of ["resolve", "reject"] as const) {
      told = [];
      const shot = question();
      turns.shot(shot.promise);
      turns.change(layout("wide"));
      await settled();
      turns.change(layout("narrow"));
      await settled();
      shot[end]();
      await settled();
      expect(told).toEqual(["wide", "narrow", "narrow again"]);
    }
  });

  it("leaves the layout alone after a screenshot that began with it", async () => {
    turns.change(layout("wide"));
    await settled();
    const shot = question();
    turns.shot(shot.promise);
    shot.resolve();
    await settled();
    expect(told).toEqual(["wide"]);
  });

  it("does not forget that a layout was put back when another change comes in the same moment", async () => {
    const [shot, press] = [question(), question()];
    turns.shot(shot.promise);
    turns.change(layout("wide"));
    await settled();
    turns.sent(press.promise);
    shot.resolve();
    await settled();
    turns.change(layout("wide and dark"));
    press.resolve();
    await settled();
    expect(told).toEqual(["wide", "wide and dark again"]);
  });
});
