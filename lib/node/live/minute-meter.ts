import type { Kv } from "#lib/node/kv/kv.ts";
import { addUsedMs, getUsedMs } from "#lib/node/live/minutes.ts";
import { getLog } from "#lib/node/log/log.ts";

/** Use is written, and limits are looked at, this often: an account gets at most so much more than its minutes. */
export const METER_EVERY_MS = 15_000;

export interface MinuteMeter {
  /**
   * An account opened a tab whose ticket allows so many minutes a day. False: they
   * are used up, and nothing was started. Each true wants its `leave`.
   */
  enter(account: string, minutesMax: number): Promise<boolean>;
  /** One of the account's tabs ended. */
  leave(account: string): void;
  /** Writes what is not written yet. */
  close(): Promise<void>;
}

interface Metered {
  tabs: number;
  minutesMax: number;
  /** Counted up to here. */
  sinceMs: number;
  spent: boolean;
}

export interface MinuteMeterOptions {
  kv: Kv;
  /** Called once for an account whose minutes ran out; its tabs are to end. */
  onSpent(account: string): void;
  now?: () => number;
  everyMs?: number;
}

/**
 * Counts the time in which an account has tabs open here, each minute once however
 * many tabs there are, into the store: the shared one, or where there is none this
 * process's own, so that a node alone holds the limit too. While the store does not
 * answer nobody is cut off; what was used meanwhile is added when it is back.
 */
export function createMinuteMeter(options: MinuteMeterOptions): MinuteMeter {
  const { kv, onSpent, now = Date.now, everyMs = METER_EVERY_MS } = options;
  const accounts = new Map<string, Metered>();
  const log = getLog().child({ module: "live" });

  async function count(account: string, metered: Metered): Promise<void> {
    const nowMs = now();
    const ms = nowMs - metered.sinceMs;
    if (ms <= 0) return;
    metered.sinceMs = nowMs;
    try {
      const usedMs = await addUsedMs(kv, account, { ms, nowMs });
      if (usedMs < metered.minutesMax * 60_000 || metered.spent || metered.tabs === 0) return;
      metered.spent = true;
      onSpent(account);
    } catch (error) {
      metered.sinceMs -= ms;
      log.warn({ err: error }, "minutes of live pages could not be counted");
    }
  }
  const countAll = () => Promise.all([...accounts].map(([account, metered]) => count(account, metered)));
  const timer = setInterval(() => void countAll(), everyMs);
  timer.unref();

  return {
    async enter(account, minutesMax) {
      const current = accounts.get(account);
      if (current) {
        if (current.spent) return false;
        current.tabs += 1;
        current.minutesMax = minutesMax;
        return true;
      }
      const metered: Metered = { tabs: 1, minutesMax, sinceMs: now(), spent: false };
      accounts.set(account, metered);
      const usedMs = await getUsedMs(kv, account, now()).catch((error: unknown) => {
        log.warn({ err: error }, "the minutes used could not be read");
        return 0;
      });
      if (usedMs < minutesMax * 60_000) return true;
      this.leave(account);
      return false;
    },
    leave(account) {
      const metered = accounts.get(account);
      if (!metered) return;
      metered.tabs -= 1;
      if (metered.tabs > 0) return;
      accounts.delete(account);
      void count(account, metered);
    },
    async close() {
      clearInterval(timer);
      await countAll();
    },
  };
}
