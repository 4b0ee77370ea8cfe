export interface IdleTimes {
  /** Hidden and without input for so long, a page stops running. */
  freezeMs: number;
  /** And after so long it is closed; it can be opened again where it was. */
  closeMs: number;
}

export const IDLE_TIMES: IdleTimes = { freezeMs: 5 * 60_000, closeMs: 60 * 60_000 };

export interface Idleness {
  /** Somebody looks or did something. */
  used(): void;
  /** Nobody can see it now. */
  hidden(): void;
  stop(): void;
}

/** Counts from the moment a tab is out of sight until it is used again. */
export function watchIdleness(
  { freezeMs, closeMs }: IdleTimes,
  { freeze, thaw, close }: Record<"freeze" | "thaw" | "close", () => void>,
): Idleness {
  let timer: NodeJS.Timeout | undefined;
  let frozen = false;
  const stop = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  const wait = (ms: number, then: () => void) => {
    timer = setTimeout(then, ms);
    timer.unref();
  };
  return {
    used() {
      stop();
      if (!frozen) return;
      frozen = false;
      thaw();
    },
    hidden() {
      if (timer) return;
      wait(freezeMs, () => {
        frozen = true;
        freeze();
        wait(Math.max(0, closeMs - freezeMs), close);
      });
    },
    stop,
  };
}
