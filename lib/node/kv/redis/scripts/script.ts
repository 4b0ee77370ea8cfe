import { createHash } from "node:crypto";

/**
 * A Lua script that both Redis drivers run. Each one is atomic, touches only the
 * keys it is given (all in one cluster slot), takes the time from the server, and
 * uses nothing beyond stock Redis 6 or Valkey. It must return integers as numbers
 * and anything else as strings: Redis cuts fractions off numbers in replies, and
 * Lua prints large ones with an exponent.
 */
export interface Script {
  name: string;
  source: string;
  sha1: string;
}

export function defineScript(name: string, source: string): Script {
  return { name, source, sha1: createHash("sha1").update(source).digest("hex") };
}

/** Lua: `nowUs`, the server's time in microseconds, exact in a double until the year 2255. */
export const NOW_US = `
local time = redis.call('TIME')
local nowUs = tonumber(time[1]) * 1000000 + tonumber(time[2])
`;
