let release: (() => void) | null = null;

/**
 * Makes a space this window's own until it is closed or `releaseSpace` is called,
 * so that two windows never write the same one. With `waitMs`, waits that long for
 * a window that is just closing, as on reload. Without the Web Locks API (plain
 * http) every claim succeeds and the version check at each write keeps windows apart.
 */
export async function claimSpace(id: string, waitMs = 0): Promise<boolean> {
  if (!navigator.locks) return true;
  return new Promise((resolve) => {
    const hold = (lock: Lock | null): Promise<void> | undefined => {
      resolve(lock !== null);
      if (lock === null) return undefined;
      return new Promise((done) => {
        release = done;
      });
    };
    const name = `qui-space-${id}`;
    const request =
      waitMs > 0
        ? navigator.locks.request(name, { signal: AbortSignal.timeout(waitMs) }, hold)
        : navigator.locks.request(name, { ifAvailable: true }, hold);
    // The wait ran out: another living window has it.
    request.catch(() => resolve(false));
  });
}

/** Whether a claim keeps other windows out; without the Web Locks API it does not. */
export function claimsHold(): boolean {
  return navigator.locks !== undefined;
}

export function releaseSpace(): void {
  release?.();
  release = null;
}

/** The spaces that some window of this browser has open now. */
export async function openSpaceIds(): Promise<Set<string>> {
  const held = (await navigator.locks?.query())?.held ?? [];
  return new Set(
    held.flatMap(({ name }) => (name?.startsWith("qui-space-") ? [name.slice("qui-space-".length)] : [])),
  );
}
