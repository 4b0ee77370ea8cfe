/** Who waits for a place, in order of arrival. Everybody is told of each change of their place. */
export interface WaitingLine<T> {
  readonly length: number;
  /** False when the line is full. */
  join(waiter: T): boolean;
  leave(waiter: T): void;
  /** The first, who is then no longer waiting. */
  next(): T | undefined;
  [Symbol.iterator](): Iterator<T>;
}

/** @param tell is given places from 1, which is next. */
export function createWaitingLine<T>(
  lengthMax: number,
  tell: (waiter: T, place: number) => void,
): WaitingLine<T> {
  const waiters: T[] = [];
  const tellFrom = (index: number) => {
    for (const [at, waiter] of waiters.entries()) if (at >= index) tell(waiter, at + 1);
  };
  return {
    get length() {
      return waiters.length;
    },
    join(waiter) {
      if (waiters.length >= lengthMax) return false;
      tell(waiter, waiters.push(waiter));
      return true;
    },
    leave(waiter) {
      const at = waiters.indexOf(waiter);
      if (at < 0) return;
      waiters.splice(at, 1);
      tellFrom(at);
    },
    next() {
      const first = waiters.shift();
      tellFrom(0);
      return first;
    },
    [Symbol.iterator]: () => waiters[Symbol.iterator](),
  };
}
