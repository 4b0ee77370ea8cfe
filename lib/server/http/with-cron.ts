import "server-only";
import type { Logger } from "pino";
import { getKv } from "#lib/node/kv/get-kv.ts";
import { withRoute } from "#lib/server/http/with-route.ts";

/** Longer than any job may run on Vercel, so that a crashed run does not hold the next ones up for ever. */
const LOCK_MS = 10 * 60_000;

export interface CronContext {
  signal: AbortSignal;
  log: Logger;
}

/**
 * The GET handler of a scheduled job, called by Vercel's scheduler or any other with
 * `Authorization: Bearer $CRON_SECRET`. Runs never overlap: while one is under way,
 * a second answers `{status: "running"}` and does nothing. What the job returns
 * stands in the answer.
 */
export function withCron(name: string, job: (context: CronContext) => Promise<Record<string, unknown>>) {
  return withRoute(
    {
      name: `cron.${name}`,
      auth: { kind: "bearer", token: "CRON_SECRET" },
      limit: "admin",
      audit: `cron.${name}`,
      admitsBlocked: true,
    },
    async ({ signal, log }) => {
      const lock = await getKv().acquireLock(`cron:${name}`, { ttlMs: LOCK_MS });
      if (!lock) return Response.json({ status: "running" });
      try {
        return Response.json({ status: "done", ...(await job({ signal, log })) });
      } finally {
        await lock.release();
      }
    },
  );
}
