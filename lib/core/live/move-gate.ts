/**
 * Lets input through in order and drops only moves that a newer one has overtaken:
 * while `inFlightMax` moves are unanswered, the newest waits and the ones before it
 * are gone. Anything that is no move first lets the waiting one through, so a press
 * always happens where the pointer was. Never waits itself.
 */
export interface MoveGate<Move> {
  move(move: Move, inFlightMax: number): void;
  /** Call before anything else is sent. */
  flush(): void;
}

export function createMoveGate<Move>(send: (move: Move) => Promise<unknown>): MoveGate<Move> {
  let inFlight = 0;
  let waiting: { move: Move } | null = null;

  function pass(move: Move): void {
    inFlight += 1;
    const settle = () => {
      inFlight -= 1;
      flush();
    };
    send(move).then(settle, settle);
  }

  function flush(): void {
    if (!waiting) return;
    const { move } = waiting;
    waiting = null;
    pass(move);
  }

  return {
    move(move, inFlightMax) {
      if (inFlight < inFlightMax && !waiting) pass(move);
      else waiting = { move };
    },
    flush,
  };
}
