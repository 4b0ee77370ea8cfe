import pino, { type Logger } from "pino";
import { getEnv } from "#lib/node/env.ts";
import { serializeError } from "#lib/node/log/serialize-error.ts";

export type Log = Pick<Logger, "trace" | "debug" | "info" | "warn" | "error" | "fatal">;

/** Field names whose values never reach a log, at the top level or one below. */
const SECRET_FIELDS = [
  "authorization",
  "cookie",
  "password",
  "secret",
  "token",
  "body",
  "query",
  "url",
  "address",
  "text",
];

const INSTANCE = Symbol.for("qui.log");
const holder = globalThis as { [INSTANCE]?: Logger };

/**
 * The process's logger: one JSON object a line on standard output. What a person
 * reads is private, so a line never holds a page's address or text, a query, a
 * body, a cookie or a token; fields of those names are replaced, and addresses
 * inside error messages are masked. Name a page by `urlTag`.
 * Next loads modules several times over, hence the instance on `globalThis`.
 */
export function getLog(): Logger {
  holder[INSTANCE] ??= createLog({ level: getEnv().LOG_LEVEL });
  return holder[INSTANCE];
}

/** For tests that read what is logged. */
export function setLog(log: Logger | undefined): void {
  if (log) holder[INSTANCE] = log;
  else delete holder[INSTANCE];
}

export function createLog(options: { level: string; destination?: pino.DestinationStream }): Logger {
  return pino(
    {
      level: options.level,
      base: { service: "qui", pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: serializeError },
      redact: {
        paths: SECRET_FIELDS.flatMap((field) => [field, `*.${field}`]),
        censor: "[redacted]",
      },
    },
    // Lines leave in the background, so that a slow reader of our output never holds a request up.
    options.destination ?? pino.destination({ dest: 1, sync: false }),
  );
}
