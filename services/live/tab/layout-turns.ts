import type { CDPSession } from "playwright-core";
import { within } from "#services/live/browser/within.ts";

/** A press that is not answered waits for something else, such as a dialog; a screenshot may never be. */
const PRESS_MS = 300;
const CHANGE_MS = 2_000;
/** What a person does in the meantime; more is dropped. */
const WAITING_MAX = 500;

/** Tells Chromium the newest layout; `isAgain` where it was told already and has gone back to an older one. */
type MakeLayout = (isAgain: boolean) => Promise<unknown>;

/**
 * Input and changes of the layout take turns: a place means one thing before a change and another after it, and
 * Chromium loses a press that it finds between the two (found by tests: a click and a new density in one moment).
 * Screenshots too: when one ends, Chromium puts back the layout that it began with (measured, Chromium 156), so a
 * change that was made meanwhile is made again.
 */
export interface LayoutTurns {
  /** Runs now, or in its order once the layout stands. */
  pass(act: () => void): void;
  /** Input or a screenshot that Chromium has yet to answer. */
  sent(answer: Promise<unknown>): void;
  /** A screenshot that Chromium was asked for: it answers once it has put its layout back, however late. */
  shot(answer: Promise<unknown>): void;
  /** Runs once the last input was answered. Of several that wait the newest alone is made. */
  change(make: MakeLayout): void;
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
  let next: { make: MakeLayout; isAgain: boolean } | null = null;
  let newest: MakeLayout | null = null;
  let changes = 0;
  let isChanging = false;

  async function run(): Promise<void> {
    isChanging = true;
    while (next) {
      await within(Promise.allSettled(unanswered), PRESS_MS, "what was sent last").catch(() => {
        // The layout waits no longer for it.
      });
      const { make, isAgain } = next;
      next = null;
      changes += 1;
      await within(make(isAgain), CHANGE_MS, "a new layout").catch(() => {
        // The page is gone or hangs; its own event ends the tab.
      });
    }
    isChanging = false;
    for (const act of waiting.splice(0)) act();
  }

  function change(make: MakeLayout, isAgain: boolean): void {
    newest = make;
    next = { make, isAgain: isAgain || next?.isAgain === true };
    if (!isChanging) void run();
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
    shot(answer) {
      const begun = changes;
      const settle = () => {
        if (changes !== begun && newest) change(newest, true);
      };
      answer.then(settle, settle);
    },
    change: (make) => change(make, false),
  };
}
