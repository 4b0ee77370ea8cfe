import type { CDPSession } from "playwright-core";
import { within } from "#services/live/browser/within.ts";

/** A press that is not answered waits for something else, such as a dialog. */
const PRESS_MS = 300;
const CHANGE_MS = 2_000;
/** What a person does in the meantime; more is dropped. */
const WAITING_MAX = 500;

/**
 * Input and changes of the layout take turns: a place means one thing before a change and another after it, and
 * Chromium loses a press that it finds between the two (found by tests: a click and a new density in one moment).
 */
export interface LayoutTurns {
  /** Runs now, or in its order once the layout stands. */
  pass(act: () => void): void;
  /** Input that Chromium has yet to answer. */
  sent(answer: Promise<unknown>): void;
  /** Runs once the last input was answered. Of several that wait the newest alone is made. */
  change(make: () => Promise<unknown>): void;
}

const turnsOf = new WeakMap<CDPSession, LayoutTurns>();

export function getLayoutTurns(cdp: CDPSession): LayoutTurns {
  const turns = turnsOf.get(cdp) ?? createLayoutTurns();
  turnsOf.set(cdp, turns);
  return turns;
}

export function createLayoutTurns(): LayoutTurns {
  const unanswered = new Set<Promise<unknown>>();
  const waiting: (() => void)[] = [];
  let next: (() => Promise<unknown>) | null = null;
  let isChanging = false;

  async function run(): Promise<void> {
    isChanging = true;
    while (next) {
      await within(Promise.allSettled(unanswered), PRESS_MS, "the last press").catch(() => {
        // The layout waits no longer for it.
      });
      const make = next;
      next = null;
      await within(make(), CHANGE_MS, "a new layout").catch(() => {
        // The page is gone or hangs; its own event ends the tab.
      });
    }
    isChanging = false;
    for (const act of waiting.splice(0)) act();
  }

  return {
    pass(act) {
      if (!isChanging) act();
      else if (waiting.length < WAITING_MAX) waiting.push(act);
    },
    sent(answer) {
      unanswered.add(answer);
      const settle = () => void unanswered.delete(answer);
      answer.then(settle, settle);
    },
    change(make) {
      next = make;
      if (!isChanging) void run();
    },
  };
}
