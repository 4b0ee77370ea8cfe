/**
 * Runs something that can wait until the first frame is on screen, so that what is
 * seen first is not held up by it. `start` may answer how to stop what it began.
 * Returns how to call it off, at any time.
 */
export function afterFirstPaint(start: () => Promise<(() => void) | undefined>): () => void {
  let begun = false;
  let stopped = false;
  let stop: (() => void) | undefined;
  const run = async () => {
    if (begun || stopped) return;
    begun = true;
    // What it loads may be missing, as offline before the first visit was over: Qui works without.
    stop = await start().catch(() => undefined);
    if (stopped) stop?.();
  };
  // A frame that is never drawn, as in a background tab, must not hold it up for ever.
  const timer = setTimeout(run, 1000);
  const frame = requestAnimationFrame(() => {
    clearTimeout(timer);
    setTimeout(run);
  });
  return () => {
    stopped = true;
    clearTimeout(timer);
    cancelAnimationFrame(frame);
    stop?.();
  };
}
