export interface RecycleLimits {
  contextsMax: number;
  minutesMax: number;
}

/** Whether a browser has served long enough to take no new contexts: memory that Chromium never gives back ends with it. */
export function decideRecycle(
  { startedAtMs }: { startedAtMs: number },
  contextsMade: number,
  { contextsMax, minutesMax }: RecycleLimits,
  nowMs: number,
): boolean {
  return contextsMade >= contextsMax || nowMs - startedAtMs >= minutesMax * 60_000;
}
