/** Lets the first value through at once and, after it, the newest once per frame of the screen. */
export interface PerFrame<T> {
  push(value: T): void;
  /** Sends what still waits: something else is about to be said that must come after it. */
  flush(): void;
  stop(): void;
}

/** `merge` joins a waiting value with the next; without it the next replaces it. */
export function perFrame<T>(
  send: (value: T) => void,
  merge: (waiting: T, next: T) => T = (_, next) => next,
): PerFrame<T> {
  let waiting: T | undefined;
  let frame = 0;

  const flush = () => {
    if (waiting === undefined) return;
    const value = waiting;
    waiting = undefined;
    send(value);
  };
  const tick = () => {
    frame = 0;
    if (waiting === undefined) return;
    flush();
    frame = requestAnimationFrame(tick);
  };

  return {
    push(value) {
      if (frame === 0) {
        send(value);
        frame = requestAnimationFrame(tick);
      } else waiting = waiting === undefined ? value : merge(waiting, value);
    },
    flush,
    stop() {
      cancelAnimationFrame(frame);
      frame = 0;
      waiting = undefined;
    },
  };
}
