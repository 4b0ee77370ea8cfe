import { describe, expect, test } from "vitest";
import { createByteBudget } from "#lib/core/media/byte-budget.ts";
import { createFairQueue } from "#lib/core/media/fair-queue.ts";

describe("the fair queue", () => {
  const anyone = () => true;
  const takeAll = (queue: ReturnType<typeof createFairQueue<string>>) => {
    const taken: string[] = [];
    for (let next = queue.shift(anyone); next; next = queue.shift(anyone)) taken.push(next.item);
    return taken;
  };

  test("groups take turns, each in its own order", () => {
    const queue = createFairQueue<string>();
    for (const item of ["a1", "a2", "a3", "b1", "c1", "c2"]) queue.push(item.charAt(0), item);
    expect(queue.size).toBe(6);
    expect(takeAll(queue)).toEqual(["a1", "b1", "c1", "a2", "c2", "a3"]);
    expect(queue.size).toBe(0);
  });

  test("a group that may not run keeps its place and its items", () => {
    const queue = createFairQueue<string>();
    for (const item of ["a1", "a2", "b1"]) queue.push(item.charAt(0), item);
    expect(queue.shift((group) => group !== "a")).toEqual({ group: "b", item: "b1" });
    expect(queue.shift((group) => group !== "a")).toBeUndefined();
    expect(takeAll(queue)).toEqual(["a1", "a2"]);
  });

  test("an item can leave the queue once", () => {
    const queue = createFairQueue<string>();
    queue.push("a", "a1");
    queue.push("a", "a2");
    expect([queue.remove("a", "a1"), queue.remove("a", "a1"), queue.remove("b", "a2")]).toEqual([
      true,
      false,
      false,
    ]);
    expect([queue.size, takeAll(queue)]).toEqual([1, ["a2"]]);
  });

  test("draining hands out everything that waits", () => {
    const queue = createFairQueue<string>();
    for (const item of ["a1", "b1", "a2"]) queue.push(item.charAt(0), item);
    expect(queue.drain().sort()).toEqual(["a1", "a2", "b1"]);
    expect([queue.size, takeAll(queue)]).toEqual([0, []]);
  });
});

test("a budget is never overdrawn, and what is given back can be taken again", () => {
  const budget = createByteBudget(100);
  expect([budget.take(60), budget.take(50), budget.left]).toEqual([true, false, 40]);
  expect([budget.take(40), budget.take(1)]).toEqual([true, false]);
  budget.give(60);
  expect([budget.take(60), budget.left]).toEqual([true, 0]);
});
