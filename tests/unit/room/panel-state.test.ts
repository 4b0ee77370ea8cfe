import { expect, it } from "vitest";
import { registerRoomPanel, roomPanelStore, setPointed } from "#lib/client/room/panel-state.ts";

const pointed = () => roomPanelStore.getState().pointedId;

it("of two rays that rest on two panels, the one that came last says which is pointed at", () => {
  const unregister = registerRoomPanel({
    panelId: "b",
    heightPx: 100,
    contentHeightPx: 100,
    surfaceKind: "mesh",
    scrollBy() {},
    scrollTo() {},
    fling() {},
  });
  setPointed("a", 1, true);
  setPointed("b", 2, true);
  // Both go on moving where they are.
  setPointed("a", 1, true);
  expect(pointed()).toBe("b");
  setPointed("c", 1, true);
  expect(pointed()).toBe("c");
  // On its way to the bar of that panel, past the one the other hand rests on.
  setPointed("c", 1, false);
  setPointed("b", 2, true);
  expect(pointed()).toBeNull();
  setPointed("b", 3, true);
  unregister();
  expect(pointed()).toBeNull();
});
