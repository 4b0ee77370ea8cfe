/**
 * Something that eases towards a goal. Mutated in place, so that no frame allocates:
 * a class, because a plain object whose first key is `value` shares its hidden class
 * with others that hold objects there, and V8 then boxes each number stored.
 */
export class Spring {
  // A number from the start: declared alone, the field would first hold `undefined`.
  value = 0;
  /** Per second. */
  velocity = 0;

  constructor(value = 0) {
    this.value = value;
  }
}

/**
 * One step of a critically damped spring: the fastest way to a goal that never
 * passes it from rest. The exact solution of its equation, so that any frame rate
 * gives the same movement; `smoothS` is about the time it lags behind a moving goal.
 */
export function stepSpring(spring: Spring, goal: number, smoothS: number, dt: number): void {
  const omega = 2 / smoothS;
  const decay = Math.exp(-omega * dt);
  const away = spring.value - goal;
  const push = (spring.velocity + omega * away) * dt;
  spring.velocity = (spring.velocity - omega * push) * decay;
  spring.value = goal + (away + push) * decay;
}
