import { defineScript } from "#lib/node/kv/redis/scripts/script.ts";

/** KEYS: counter. ARGV: by, ttlMs or an empty string. The TTL is given in the step that creates the counter. */
export const increment = defineScript(
  "increment",
  `
local created = redis.call('EXISTS', KEYS[1]) == 0
local value = redis.call('INCRBY', KEYS[1], ARGV[1])
if created and ARGV[2] ~= '' then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
return value
`,
);
