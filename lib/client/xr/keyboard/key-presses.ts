import {
  createKeyRepeat,
  type KeyRepeat,
  LONG_PRESS_MS,
  stepKeyRepeat,
} from "#lib/core/keyboard/key-repeat.ts";
import type { Key } from "#lib/core/keyboard/keys.ts";

/** A key held down by one pointer. */
export interface KeyPress {
  readonly pointerId: number;
  readonly key: Key;
  readonly index: number;
  readonly repeat: KeyRepeat;
  heldMs: number;
  /** Its accents were offered. */
  offered: boolean;
}

export interface KeyPressSink {
  onKey(key: Key): void;
  /** Held long enough to offer accents. */
  onOffer(press: KeyPress): void;
}

/**
 * Keys held down, one a pointer. A key acts when it goes down, which is the same for
 * a finger, a ray and a gaze; held, it repeats or offers its accents.
 */
export interface KeyPresses {
  /** In no order; few. */
  readonly held: KeyPress[];
  down(pointerId: number, key: Key, index: number): void;
  /** Ends a pointer's press and returns it. */
  up(pointerId: number): KeyPress | null;
  clear(): void;
  /** One frame; allocates nothing. */
  step(dtMs: number): void;
}

export function createKeyPresses(sink: KeyPressSink): KeyPresses {
  const held: KeyPress[] = [];
  return {
    held,
    down(pointerId, key, index) {
      if (held.some((press) => press.pointerId === pointerId)) return;
      held.push({ pointerId, key, index, repeat: createKeyRepeat(), heldMs: 0, offered: false });
      sink.onKey(key);
    },
    up(pointerId) {
      const place = held.findIndex((press) => press.pointerId === pointerId);
      return place < 0 ? null : (held.splice(place, 1)[0] ?? null);
    },
    clear: () => void held.splice(0),
    step(dtMs) {
      for (let at = 0; at < held.length; at += 1) {
        const press = held[at];
        if (!press) continue;
        press.heldMs += dtMs;
        if (press.key.repeats) {
          for (let acts = stepKeyRepeat(press.repeat, dtMs); acts > 0; acts -= 1) sink.onKey(press.key);
        } else if (!press.offered && press.heldMs >= LONG_PRESS_MS && press.key.accents.length > 0) {
          press.offered = true;
          sink.onOffer(press);
        }
      }
    },
  };
}
