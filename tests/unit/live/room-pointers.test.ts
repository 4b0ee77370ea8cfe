import { Mesh, Vector3 } from "three";
import { describe, expect, it } from "vitest";
import type { LiveTabInput } from "#lib/client/live/live-tab.ts";
import { listenLivePointers } from "#lib/client/xr/live/live-pointer.ts";

const SHEET = { widthM: 2, heightM: 1, bendRadiusM: Number.POSITIVE_INFINITY, cornerRadiusM: 0 };
const RAY = { pointerType: "ray", inputSource: { gamepad: { axes: [0, 0, 0, 0] } } };
const HAND = { pointerType: "ray", inputSource: { hand: {} } };
const MOUSE = { pointerType: "screen-mouse" };
const POKE = { pointerType: "touch", inputSource: { hand: {} } };
const FINGER = { pointerType: "screen-touch" };

/** A panel 1000 by 500 CSS pixels large, and what its page is told. */
function setUp(mode: "desktop" | "mobile" = "desktop") {
  const mesh = new Mesh();
  Object.assign(mesh, {
    setPointerCapture: () => {},
    releasePointerCapture: () => {},
    hasPointerCapture: () => true,
  });
  const sent: LiveTabInput[] = [];
  const held: boolean[] = [];
  const menus: { x: number; y: number }[] = [];
  const pointer = listenLivePointers({
    mesh,
    getSheet: () => SHEET,
    getViewport: () => ({ width: 1000, height: 500 }),
    getMode: () => mode,
    isStill: () => true,
    send: (message) => sent.push(message),
    onHover: () => {},
    onPress: () => {},
    onWait: () => {},
    onMenu: (at) => menus.push(at),
    onHold: (isHeld) => held.push(isHeld),
  });
  let timeMs = 0;
  const point = (
    type: string,
    { pointerType, ...state }: { pointerType: string },
    [x, y]: readonly [number, number],
    native: object = {},
  ) => {
    timeMs += 100;
    mesh.dispatchEvent({
      type,
      pointerId: 1,
      pointerType,
      pointerState: state,
      point: new Vector3((x / 1000 - 0.5) * 2, 0.5 - y / 500, 0),
      nativeEvent: { timeStamp: timeMs, button: 0, ...native },
      stopPropagation: () => {},
    } as never);
  };
  const told = () =>
    sent.map((message) =>
      message.type === "mouse"
        ? `${message.kind} ${message.button} ${message.x},${message.y} ×${message.clicks}`
        : message.type === "wheel"
          ? `wheel ${message.x},${message.y} by ${message.dx},${message.dy}`
          : message.type === "touch"
            ? `touch ${message.kind} ${message.points.map(({ x, y }) => `${x},${y}`).join(" ")}`
            : message.type,
    );
  /** So many frames, each as long. */
  const frames = (count: number, ms = 20) => {
    for (let frame = 0; frame < count; frame += 1) pointer.step(ms);
  };
  return { pointer, point, told, held, menus, frames };
}

describe("pointers on a live panel", () => {
  it("tells a mouse's press at once, after where it is, and only the newest of its moves in a frame", () => {
    const { pointer, point, told } = setUp();
    for (const x of [10, 20, 30]) point("pointermove", MOUSE, [x, 100]);
    expect(told()).toEqual([]);
    pointer.step(16);
    expect(told()).toEqual(["move none 30,100 ×0"]);
    point("pointerdown", MOUSE, [40, 100]);
    expect(told().slice(1)).toEqual(["move none 40,100 ×0", "down left 40,100 ×1"]);
    point("pointermove", MOUSE, [300, 100], { buttons: 1 });
    point("pointerup", MOUSE, [300, 100]);
    expect(told().slice(3)).toEqual(["move none 300,100 ×0", "up left 300,100 ×1"]);
  });

  it("tells a ray that rests once, however many frames it rests", () => {
    const { pointer, point, told } = setUp();
    for (let frame = 0; frame < 50; frame += 1) {
      point("pointermove", RAY, [120, 80]);
      pointer.step(16);
    }
    expect(told()).toEqual(["move none 120,80 ×0"]);
    point("pointermove", RAY, [121, 80]);
    pointer.step(16);
    expect(told().at(-1)).toBe("move none 121,80 ×0");
  });

  it("counts clicks, so that a second one selects a word", () => {
    const { point, told } = setUp();
    for (let press = 0; press < 2; press += 1) {
      point("pointerdown", RAY, [200, 200]);
      point("pointerup", RAY, [200, 200]);
    }
    expect(told().filter((line) => line.startsWith("down"))).toEqual([
      "down left 200,200 ×1",
      "down left 200,200 ×2",
    ]);
  });

  it("drags with a ray from where the press began", () => {
    const { pointer, point, told } = setUp();
    point("pointerdown", RAY, [100, 100]);
    point("pointermove", RAY, [105, 100]);
    pointer.step(16);
    expect(told()).toEqual([]);
    point("pointermove", RAY, [160, 100]);
    pointer.step(16);
    point("pointerup", RAY, [160, 100]);
    expect(told()).toEqual([
      "move none 100,100 ×0",
      "down left 100,100 ×1",
      "move none 160,100 ×0",
      "up left 160,100 ×1",
    ]);
  });

  it("scrolls with a hand's drag, and presses nothing", () => {
    const { pointer, point, told, held } = setUp();
    point("pointerdown", HAND, [400, 300]);
    point("pointermove", HAND, [400, 270]);
    point("pointermove", HAND, [400, 250]);
    pointer.step(16);
    point("pointerup", HAND, [400, 250]);
    pointer.step(16);
    expect(told()).toEqual(["wheel 400,300 by 0,50"]);
    expect(held).toEqual([true, false]);
  });

  it("takes a ray held still for the right button, at once and once", () => {
    const { point, told, menus, held, frames } = setUp();
    point("pointerdown", RAY, [50, 50]);
    frames(24);
    expect(told()).toEqual([]);
    frames(2);
    const rightClick = ["move none 50,50 ×0", "down right 50,50 ×1", "up right 50,50 ×1"];
    expect(told()).toEqual(rightClick);
    expect(menus).toEqual([{ x: 50, y: 50 }]);
    expect(held).toEqual([true, false]);
    frames(100);
    point("pointerup", RAY, [50, 50]);
    expect(told()).toEqual(rightClick);
  });

  it("makes no long press of a click in a frame that was late", () => {
    const { point, told, menus, frames } = setUp();
    point("pointerdown", RAY, [50, 50]);
    frames(2, 2000);
    point("pointerup", RAY, [50, 50]);
    expect(told()).toEqual(["move none 50,50 ×0", "down left 50,50 ×1", "up left 50,50 ×1"]);
    expect(menus).toEqual([]);
  });

  it("lets a hand that rested drag, or open the menu where it lets go", () => {
    const drags = setUp();
    drags.point("pointerdown", HAND, [50, 50]);
    drags.frames(30);
    drags.point("pointermove", HAND, [50, 120]);
    expect(drags.told()).toEqual(["move none 50,50 ×0", "down left 50,50 ×1"]);
    const rests = setUp();
    rests.point("pointerdown", HAND, [50, 50]);
    rests.frames(30);
    expect(rests.menus).toEqual([]);
    rests.point("pointerup", HAND, [50, 50]);
    expect(rests.menus).toEqual([{ x: 50, y: 50 }]);
  });

  it("tells fingers, rays and hands as touches where the page is shown as on a phone", () => {
    for (const pressing of [FINGER, RAY, HAND, POKE]) {
      const { pointer, point, told } = setUp("mobile");
      point("pointerdown", pressing, [10, 10]);
      point("pointermove", pressing, [14, 16]);
      pointer.step(16);
      point("pointermove", pressing, [10, 60]);
      pointer.step(16);
      point("pointerup", pressing, [10, 60]);
      expect(told()).toEqual(["touch start 10,10", "touch move 10,60", "touch end "]);
    }
  });

  it("holds a finger that rests, and opens the menu for what lies under it", () => {
    const { point, told, menus, frames } = setUp("mobile");
    point("pointerdown", RAY, [10, 10]);
    point("pointermove", RAY, [12, 13]);
    frames(30);
    expect(menus).toEqual([{ x: 10, y: 10 }]);
    point("pointerup", RAY, [12, 13]);
    expect(told()).toEqual(["touch start 10,10", "touch end "]);
  });

  it("clicks with a fingertip, and scrolls with one that is drawn along the page", () => {
    const { pointer, point, told } = setUp();
    point("pointerdown", POKE, [200, 200]);
    point("pointerup", POKE, [200, 200]);
    expect(told()).toEqual(["move none 200,200 ×0", "down left 200,200 ×1", "up left 200,200 ×1"]);
    point("pointerdown", POKE, [200, 300]);
    point("pointermove", POKE, [200, 240]);
    pointer.step(16);
    expect(told().at(-1)).toBe("wheel 200,300 by 0,60");
  });

  it("lets go of a button that is held when the panel goes away", () => {
    const { pointer, point, told } = setUp();
    point("pointerdown", MOUSE, [10, 10]);
    pointer.dispose();
    expect(told().at(-1)).toBe("up left 10,10 ×1");
    point("pointermove", MOUSE, [90, 10]);
    pointer.step(16);
    expect(told()).toHaveLength(3);
  });
});
