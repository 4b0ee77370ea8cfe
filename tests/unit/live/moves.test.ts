import { expect, it } from "vitest";
import { createMoveGate } from "#lib/core/live/move-gate.ts";

function gate() {
  const sent: number[] = [];
  const answers: (() => void)[] = [];
  const moves = createMoveGate((move: number) => {
    sent.push(move);
    return new Promise<void>((resolve) => answers.push(resolve));
  });
  return { sent, answers, moves };
}
const settled = () => new Promise((resolve) => setImmediate(resolve));

it("lets moves through until as many are unanswered as may be, then only the newest", async () => {
  const { sent, answers, moves } = gate();
  for (const move of [1, 2, 3, 4, 5]) moves.move(move, 2);
  expect(sent).toEqual([1, 2]);
  answers[0]?.();
  await settled();
  expect(sent).toEqual([1, 2, 5]);
  answers[1]?.();
  await settled();
  expect(sent).toEqual([1, 2, 5]);
});

it("sends the waiting move before whatever is no move, so that a press happens where the pointer was", () => {
  const { sent, moves } = gate();
  moves.move(1, 1);
  moves.move(2, 1);
  moves.flush();
  expect(sent).toEqual([1, 2]);
  moves.flush();
  expect(sent).toEqual([1, 2]);
});
