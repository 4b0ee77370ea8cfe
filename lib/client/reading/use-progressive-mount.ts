import { startTransition, useCallback, useEffect, useState } from "react";

/** Chunks mounted in the first, blocking render. */
const FIRST = 2;
/** Chunks added in one step, each step short enough for a frame. */
const STEP = 2;

interface Progress {
  /** Chunks before this index are mounted. */
  upTo: number;
  /** Mounted ahead of their turn, because someone went there. */
  ahead: ReadonlySet<number>;
}

const START: Progress = { upTo: FIRST, ahead: new Set() };

/**
 * Mounts a long document bit by bit while the browser is idle, so that its first
 * screen is there at once and all of it soon after, for select-all, printing and
 * assistive technology. `key` changes with the document.
 */
export function useProgressiveMount(key: unknown, total: number) {
  const [owner, setOwner] = useState(key);
  const [progress, setProgress] = useState(START);
  if (owner !== key) {
    setOwner(key);
    setProgress(START);
  }
  const isComplete = progress.upTo >= total;

  // biome-ignore lint/correctness/useExhaustiveDependencies: each step that is done asks for the next.
  useEffect(() => {
    if (isComplete) return;
    return onIdle(() => {
      startTransition(() => setProgress((now) => ({ ...now, upTo: now.upTo + STEP })));
    });
  }, [isComplete, progress]);

  const mount = useCallback((indexes: readonly number[]) => {
    setProgress((now) => {
      const missing = indexes.filter((index) => index >= now.upTo && !now.ahead.has(index));
      return missing.length === 0 ? now : { ...now, ahead: new Set([...now.ahead, ...missing]) };
    });
  }, []);
  const mountAll = useCallback(() => setProgress((now) => ({ ...now, upTo: total })), [total]);
  const isMounted = (index: number): boolean => index < progress.upTo || progress.ahead.has(index);
  return { isMounted, isComplete, mount, mountAll, /** Changes whenever more is mounted. */ step: progress };
}

function onIdle(run: () => void): () => void {
  // Safari has no idle callbacks: there a timer leaves the browser room to draw.
  if (typeof requestIdleCallback === "undefined") {
    const timer = setTimeout(run, 30);
    return () => clearTimeout(timer);
  }
  const handle = requestIdleCallback(run, { timeout: 500 });
  return () => cancelIdleCallback(handle);
}
