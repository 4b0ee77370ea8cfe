import { defineScript, NOW_US } from "#lib/node/kv/redis/scripts/script.ts";

/**
 * Stores a value and notes it in the index of each of its tags: a sorted set of keys by the millisecond at which
 * they expire. What has expired leaves the index with the next write to it, and an index lives as long as its
 * longest entry, so no index outgrows its live entries by more than what expired since its last write.
 * KEYS: value, tag indexes. ARGV: stored value, ttlMs, the key's own name.
 */
export const setTagged = defineScript(
  "set-tagged",
  `${NOW_US}
local nowMs = math.floor(nowUs / 1000)
local ttlMs = tonumber(ARGV[2])
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
for i = 2, #KEYS do
  redis.call('ZREMRANGEBYSCORE', KEYS[i], '-inf', nowMs)
  redis.call('ZADD', KEYS[i], string.format('%.0f', nowMs + ttlMs), ARGV[3])
  if redis.call('PTTL', KEYS[i]) < ttlMs then redis.call('PEXPIRE', KEYS[i], ARGV[2]) end
end
return 1
`,
);

/** The names in an index that have not expired. KEYS: tag index. */
export const listTagged = defineScript(
  "list-tagged",
  `${NOW_US}
return redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. string.format('%.0f', math.floor(nowUs / 1000)), '+inf')
`,
);

/**
 * Deletes those of the values that still carry the tag: one that was set again without it stays.
 * KEYS: tag index, values. ARGV: the tag between separators, longest header, the values' names. Answers how many.
 */
export const deleteTagged = defineScript(
  "delete-tagged",
  `
local deleted = 0
for i = 2, #KEYS do
  local head = redis.call('GETRANGE', KEYS[i], 0, tonumber(ARGV[2]))
  local stop = string.find(head, '\\n', 1, true)
  if stop and string.byte(head, 1) == 1 and string.find(string.sub(head, 1, stop), ARGV[1], 1, true) then
    deleted = deleted + redis.call('UNLINK', KEYS[i])
  end
  redis.call('ZREM', KEYS[1], ARGV[i + 1])
end
return deleted
`,
);
