import { defineScript, NOW_US } from "#lib/node/kv/redis/scripts/script.ts";

/**
 * Sliding window, one list entry a hit: exact. Each entry is the microsecond until which the hit counts.
 * KEYS: list. ARGV: limit, window in microseconds. Answers allowed, remaining, retryAfterMs, resetAfterMs.
 */
export const hitWindowExact = defineScript(
  "hit-window-exact",
  `${NOW_US}
local limit = tonumber(ARGV[1])
local windowUs = tonumber(ARGV[2])
local head = redis.call('LINDEX', KEYS[1], 0)
while head and tonumber(head) <= nowUs do
  redis.call('LPOP', KEYS[1])
  head = redis.call('LINDEX', KEYS[1], 0)
end
local total = redis.call('LLEN', KEYS[1])
local newest = tonumber(redis.call('LINDEX', KEYS[1], -1) or nowUs)
local function msUntil(us)
  return math.max(0, math.ceil((us - nowUs) / 1000))
end
if total >= limit then
  local frees = tonumber(redis.call('LINDEX', KEYS[1], total - limit))
  return {0, 0, math.max(1, msUntil(frees)), msUntil(newest)}
end
newest = math.max(newest, nowUs + windowUs)
redis.call('RPUSH', KEYS[1], string.format('%.0f', newest))
redis.call('PEXPIRE', KEYS[1], string.format('%.0f', math.max(1, msUntil(newest))))
return {1, limit - total - 1, 0, msUntil(newest)}
`,
);

/**
 * Sliding window for large limits, one hash field a slice of time. A slice counts until even a hit at its very
 * end has left the window, so the limit holds in every window.
 * KEYS: hash. ARGV: limit, window in microseconds, slices. Answers as above.
 */
export const hitWindowSliced = defineScript(
  "hit-window-sliced",
  `${NOW_US}
local limit = tonumber(ARGV[1])
local sliceUs = tonumber(ARGV[2]) / tonumber(ARGV[3])
local fields = redis.call('HGETALL', KEYS[1])
local slices = {}
local total = 0
for i = 1, #fields, 2 do
  local untilUs = tonumber(fields[i])
  if untilUs <= nowUs then
    redis.call('HDEL', KEYS[1], fields[i])
  else
    slices[#slices + 1] = {untilUs, tonumber(fields[i + 1])}
    total = total + tonumber(fields[i + 1])
  end
end
table.sort(slices, function(a, b) return a[1] < b[1] end)
local newest = nowUs
if #slices > 0 then newest = slices[#slices][1] end
local function msUntil(us)
  return math.max(0, math.ceil((us - nowUs) / 1000))
end
if total >= limit then
  local left = total
  local frees = newest
  for _, slice in ipairs(slices) do
    left = left - slice[2]
    if left < limit then
      frees = slice[1]
      break
    end
  end
  return {0, 0, math.max(1, msUntil(frees)), msUntil(newest)}
end
newest = math.max(newest, math.ceil((math.floor(nowUs / sliceUs) + tonumber(ARGV[3]) + 1) * sliceUs))
redis.call('HINCRBY', KEYS[1], string.format('%.0f', newest), 1)
redis.call('PEXPIRE', KEYS[1], string.format('%.0f', math.max(1, msUntil(newest))))
return {1, limit - total - 1, 0, msUntil(newest)}
`,
);
