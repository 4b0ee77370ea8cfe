import "server-only";

export interface CheckResult {
  status: "up" | "down";
  durationMs: number;
}

export type Checks<N extends string> = Record<N, CheckResult>;

/**
 * Runs every check at once, each bounded, and never rejects. Why one is down is told
 * to `onFailure`, for the log; the result holds nothing but names, states and times.
 */
export async function runChecks<N extends string>(
  checks: Record<N, () => Promise<unknown>>,
  options: { timeoutMs: number; onFailure: (name: N, error: unknown) => void },
): Promise<Checks<N>> {
  const names = Object.keys(checks) as N[];
  const results = await Promise.all(
    names.map(async (name): Promise<[N, CheckResult]> => {
      const startedAt = performance.now();
      const status = await runCheck(checks[name], options.timeoutMs).then(
        () => "up" as const,
        (error) => {
          options.onFailure(name, error);
          return "down" as const;
        },
      );
      return [name, { status, durationMs: Math.round(performance.now() - startedAt) }];
    }),
  );
  return Object.fromEntries(results) as Checks<N>;
}

async function runCheck(check: () => Promise<unknown>, timeoutMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
  });
  try {
    // A check that throws at once counts as one that rejects.
    await Promise.race([(async () => check())(), late]);
  } finally {
    clearTimeout(timer);
  }
}
