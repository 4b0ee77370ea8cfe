import { expect, it } from "vitest";
import {
  askForPlace,
  retryAfterMs,
  WAITING_MAX,
  WAITING_SILENCE_MS,
  type Waiting,
} from "#lib/core/live/waiting-queue.ts";

/** A node as accounts see it, with a clock the test turns. */
function waitingRoom() {
  let queue: Waiting[] = [];
  const room = {
    nowMs: 1_000_000,
    ask(account: string, free: number) {
      const result = askForPlace(queue, { account, nowMs: room.nowMs, free });
      queue = result.queue;
      return result.outcome;
    },
  };
  return room;
}
const waiting = (place: number) => ({ kind: "waiting", place });
const admitted = { kind: "admitted" };

it("lets in at once whoever asks while there is room", () => {
  expect(waitingRoom().ask("a", 1)).toEqual(admitted);
});

it("gives places in the order of asking, and asking again changes nothing", () => {
  const room = waitingRoom();
  expect(room.ask("a", 0)).toEqual(waiting(1));
  expect(room.ask("b", 0)).toEqual(waiting(2));
  expect(room.ask("a", 0)).toEqual(waiting(1));
  expect(room.ask("b", 0)).toEqual(waiting(2));
});

it("lets nobody overtake: a free place is the first one's, even while others ask more often", () => {
  const room = waitingRoom();
  room.ask("first", 0);
  room.ask("second", 0);
  expect(room.ask("second", 1)).toEqual(waiting(1));
  expect(room.ask("newcomer", 1)).toEqual(waiting(2));
  expect(room.ask("first", 1)).toEqual(admitted);
  expect(room.ask("second", 0)).toEqual(waiting(1));
  expect(room.ask("second", 1)).toEqual(admitted);
});

it("lets several in when several places are free", () => {
  const room = waitingRoom();
  for (const account of ["a", "b", "c"]) room.ask(account, 0);
  expect(room.ask("b", 2)).toEqual(admitted);
  expect(room.ask("a", 1)).toEqual(admitted);
  expect(room.ask("c", 0)).toEqual(waiting(1));
});

it("forgets who fell silent, and the others move up", () => {
  const room = waitingRoom();
  room.ask("gone", 0);
  room.ask("patient", 0);
  room.nowMs += WAITING_SILENCE_MS;
  expect(room.ask("patient", 0)).toEqual(waiting(2));
  room.nowMs += 1;
  expect(room.ask("patient", 0)).toEqual(waiting(1));
  expect(room.ask("gone", 0)).toEqual(waiting(2));
});

it("is bounded: one more is refused, and those who wait keep their places", () => {
  const room = waitingRoom();
  for (let index = 0; index < WAITING_MAX; index++) room.ask(`account ${index}`, 0);
  expect(room.ask("one more", 0)).toEqual({ kind: "full" });
  expect(room.ask(`account ${WAITING_MAX - 1}`, 0)).toEqual(waiting(WAITING_MAX));
});

it("asks everyone back before their silence counts", () => {
  for (const place of [1, 10, WAITING_MAX]) {
    expect(retryAfterMs(place)).toBeLessThan(WAITING_SILENCE_MS / 2);
  }
});
