import { defineScript, NOW_US } from "#lib/node/kv/redis/scripts/script.ts";

/**
 * Takes the lock when it is free. The fencing token comes from a counter that outlives the lock and never falls
 * behind the server's microseconds, so tokens keep growing even when the counter was lost with the server's memory.
 * KEYS: lock, counter. ARGV: ttlMs, the counter's ttlMs. Answers the token as text, or nil.
 */
export const acquireLock = defineScript(
  "acquire-lock",
  `${NOW_US}
if redis.call('EXISTS', KEYS[1]) == 1 then return false end
local last = tonumber(redis.call('GET', KEYS[2]) or '0')
local token = string.format('%.0f', math.max(last + 1, nowUs))
redis.call('SET', KEYS[2], token, 'PX', ARGV[2])
redis.call('SET', KEYS[1], token, 'PX', ARGV[1])
return token
`,
);

/** KEYS: lock. ARGV: token, ttlMs. Answers 1 when the lock was still the holder's. */
export const extendLock = defineScript(
  "extend-lock",
  `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])
`,
);

/** KEYS: lock. ARGV: token. Answers 1 when the lock was still the holder's. */
export const releaseLock = defineScript(
  "release-lock",
  `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])
`,
);
