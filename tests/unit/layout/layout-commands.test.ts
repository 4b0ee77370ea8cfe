import { beforeEach, describe, expect, it } from "vitest";
import { layoutCommands } from "#lib/client/room/layout-commands.ts";
import { gaze } from "#lib/client/room/layout-gaze.ts";
import { listenRecentre } from "#lib/client/room/recentre.ts";
import { browserStore, getSession, updateSession } from "#lib/client/store/browser-store.ts";
import { uiStore } from "#lib/client/store/ui-store.ts";
import { viewStore } from "#lib/client/store/view-store.ts";
import { type CommandArgs, createCommandRegistry } from "#lib/core/commands/registry.ts";
import { arrangeUnplaced } from "#lib/core/layout/arrange-unplaced.ts";
import { HOME_POSE } from "#lib/core/layout/place-panel.ts";
import { takeArrangement } from "#lib/core/space/arrangement.ts";
import { groupPanels, openPanel } from "#lib/core/space/panels.ts";
import { setPose } from "#lib/core/space/poses.ts";
import { createPagePanel, createSession } from "#lib/core/space/session.ts";

const registry = createCommandRegistry();
registry.register(layoutCommands);

const run = (id: string, args: CommandArgs = {}) => registry.run(id, args);
const poses = () => takeArrangement(getSession()).poses;
const poseOf = (id: string) => poses()[id] ?? HOME_POSE;
const layouts = () => getSession().space.layout.poseLayouts;
const undoOffered = () => uiStore.getState().toasts.some(({ action }) => action?.command === "layout.undo");
let spaces = 0;

beforeEach(() => {
  let session = createSession(`space${spaces++}`);
  for (const id of ["a", "b", "c"])
    session = openPanel(session, createPagePanel({ id, url: `https://${id}.example/`, title: id }), {
      activate: true,
    });
  browserStore.setState({ session: arrangeUnplaced(session), status: "ready", views: {} });
  viewStore.setState({ view: "room" });
  uiStore.setState({ toasts: [], announcement: "" });
  Object.assign(gaze, { azimuthDeg: 0, elevationDeg: 0 });
});

describe("commands of the layout", () => {
  it("set panels out by a preset, and take it back", () => {
    const before = poses();
    expect(run("layout.preset.theatre")).toBe(true);
    expect(poseOf("c").widthM).toBe(3.2);
    expect(undoOffered()).toBe(true);
    expect(run("layout.undo")).toBe(true);
    expect(poses()).toEqual(before);
    expect(run("layout.undo")).toBe(false);
  });

  it("save layouts under names, numbers where none is given, and switch between them", () => {
    run("layout.save", { text: "Reading" });
    const reading = poses();
    run("layout.preset.wall");
    run("layout.save");
    run("layout.save");
    expect(layouts().map(({ name }) => name)).toEqual(["Reading", "Layout 1", "Layout 2"]);
    expect(run("layout.apply", { text: "reading" })).toBe(true);
    expect(poses()).toEqual(reading);
    run("layout.undo");
    expect(poses()).not.toEqual(reading);
    expect(run("layout.apply", { text: "no such" })).toBe(false);
  });

  it("save over a layout and bring the old one back", () => {
    run("layout.save", { text: "Mine" });
    const [saved] = layouts();
    run("panel.moveRight", { panelId: "a" });
    run("layout.save", { text: "mine" });
    expect(layouts()).toHaveLength(1);
    expect(layouts()[0]).not.toEqual(saved);
    run("layout.undo");
    expect(layouts()).toEqual([saved]);
    run("layout.update");
    expect(layouts()[0]?.poses).toEqual(poses());
  });

  it("rename a layout, delete it and bring it back", () => {
    run("layout.save", { text: "Old" });
    const layoutId = layouts()[0]?.id ?? "";
    expect(run("layout.rename", { layoutId, text: " " })).toBe(false);
    run("layout.rename", { layoutId, text: "New" });
    expect(registry.title("layout.apply", { layoutId })).toBe("Layout “New”");
    run("layout.delete", { layoutId });
    expect(layouts()).toEqual([]);
    expect(undoOffered()).toBe(true);
    run("layout.undo");
    expect(layouts().map(({ name }) => name)).toEqual(["New"]);
    expect(getSession().space.layout.activeLayoutId).toBe(layoutId);
  });

  it("take nothing back in another space", () => {
    run("layout.preset.desk");
    browserStore.setState({ session: createSession("elsewhere") });
    expect(run("layout.undo")).toBe(false);
  });

  it("ask the room to come round, and panels to come along", () => {
    let asked = 0;
    const stop = listenRecentre(() => {
      asked++;
    });
    run("layout.recentre");
    stop();
    expect(asked).toBe(1);
    run("layout.follow");
    expect(getSession().space.layout.follow).toBe(true);
    expect(registry.get("layout.follow")?.checked?.({})).toBe(true);
  });

  it("that change what only the room shows are off in the flat view, saving and switching are not", () => {
    run("layout.save", { text: "Kept" });
    viewStore.setState({ view: "flat" });
    for (const id of [
      "layout.preset.trio",
      "layout.recentre",
      "layout.follow",
      "layout.centre",
      "panel.bigger",
      "panel.moveUp",
      "panel.headLock",
    ])
      expect(registry.isEnabled(id), id).toBe(false);
    expect(registry.isEnabled("layout.save")).toBe(true);
    expect(registry.isEnabled("layout.apply", { text: "Kept" })).toBe(true);
  });
});

describe("commands of one panel", () => {
  it("move it step by step, say where it is, and take its group along", () => {
    updateSession((session) => groupPanels(session, ["a", "b"], { id: "g", title: "" }));
    const before = poses();
    run("panel.moveUp", { panelId: "a" });
    expect(poseOf("a").elevationDeg).toBe((before.a?.elevationDeg ?? 0) + 5);
    expect(poseOf("b").elevationDeg).toBe((before.b?.elevationDeg ?? 0) + 5);
    expect(poseOf("c")).toEqual(before.c);
    expect(uiStore.getState().announcement).toMatch(/^a, \d+° to the left, 2° up$/);
  });

  it("change its size, distance and curve, up to the limits and saying so", () => {
    run("panel.bigger", { panelId: "a" });
    expect(poseOf("a").widthM).toBeCloseTo(1.38, 9);
    run("panel.nearer", { panelId: "a" });
    expect(poseOf("a").distanceM).toBeCloseTo(1.6 / 1.15, 9);
    run("panel.curveMore", { panelId: "a" });
    expect(uiStore.getState().announcement).toBe("Curved, 25 percent");
    run("panel.flat", { panelId: "a" });
    expect(poseOf("a").curvature).toBe(0);
    run("panel.curveLess", { panelId: "a" });
    expect(uiStore.getState().announcement).toBe("a cannot go further");
    for (let press = 0; press < 40; press++) run("panel.smaller", { panelId: "a" });
    expect(poseOf("a").widthM).toBe(0.2);
  });

  it("bring it in front of where the person looks", () => {
    Object.assign(gaze, { azimuthDeg: -100, elevationDeg: 15 });
    run("layout.centre", { panelId: "b" });
    expect(poseOf("b")).toEqual({ ...HOME_POSE, azimuthDeg: -100, elevationDeg: 15 });
    expect(getSession().space.panels[0]?.id).toBe("b");
  });

  it("bring it before what hides it, and are off when nothing does", () => {
    expect(registry.isEnabled("layout.front", { panelId: "a" })).toBe(false);
    updateSession((session) => setPose(session, "b", { ...poseOf("a"), distanceM: 1.2 }));
    expect(run("layout.front", { panelId: "a" })).toBe(true);
    expect(poseOf("a").distanceM).toBeLessThan(1.2);
  });

  it("lock it to the head where it is seen, and let it go there", () => {
    Object.assign(gaze, { azimuthDeg: 50, elevationDeg: 5 });
    const seen = poseOf("c");
    run("panel.headLock", { panelId: "c" });
    expect(getSession().space.layout.headLockedId).toBe("c");
    expect(poseOf("c").azimuthDeg).toBeCloseTo(seen.azimuthDeg - 50, 9);
    run("panel.headLock", { panelId: "c" });
    expect(getSession().space.layout.headLockedId).toBeNull();
    expect(poseOf("c").azimuthDeg).toBeCloseTo(seen.azimuthDeg, 9);
    expect(poseOf("c").elevationDeg).toBeCloseTo(seen.elevationDeg, 9);
  });

  it("hand the head lock from one panel to the next without moving the first", () => {
    run("panel.headLock", { panelId: "b" });
    const seen = poseOf("b");
    Object.assign(gaze, { azimuthDeg: 30, elevationDeg: 0 });
    run("panel.headLock", { panelId: "c" });
    expect(getSession().space.layout.headLockedId).toBe("c");
    expect(poseOf("b").azimuthDeg).toBeCloseTo(seen.azimuthDeg + 30, 9);
  });

  it("each say what they need and are told from each other", () => {
    const ids = layoutCommands.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const command of layoutCommands) expect(registry.title(command.id)).not.toBe("");
  });
});
