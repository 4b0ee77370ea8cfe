import { defineScript, NOW_US } from "#lib/node/kv/redis/scripts/script.ts";

/**
 * Token bucket; `memory/token-bucket.ts` is the same in TypeScript.
 * KEYS: bucket. ARGV: capacity, refill per second, cost.
 * Answers allowed, remaining, retryAfterMs, resetAfterMs. A full bucket is no key at all: the key expires
 * at the moment the bucket would be full.
 */
export const takeTokens = defineScript(
  "take-tokens",
  `${NOW_US}
local capacity = tonumber(ARGV[1])
local refill = tonumber(ARGV[2])
local cost = tonumber(ARGV[3])
local epsilon = 1e-9
local state = redis.call('HMGET', KEYS[1], 'tokens', 'at')
local tokens = capacity
local at = nowUs
if state[1] and state[2] then
  at = tonumber(state[2])
  local elapsed = math.max(0, nowUs - at)
  tokens = math.min(capacity, tonumber(state[1]) + elapsed * refill / 1000000)
  at = math.max(at, nowUs)
end
local function msFor(missing)
  return math.max(0, math.ceil((missing - epsilon / 2) / refill * 1000))
end
local allowed = 0
local retryAfter = 0
if tokens + epsilon >= cost then
  allowed = 1
  tokens = math.max(0, tokens - cost)
else
  retryAfter = math.max(1, msFor(cost - tokens))
end
local resetAfter = msFor(capacity - tokens)
redis.call('HSET', KEYS[1], 'tokens', string.format('%.17g', tokens), 'at', string.format('%.0f', at))
redis.call('PEXPIRE', KEYS[1], string.format('%.0f', math.max(1, resetAfter)))
return {allowed, math.floor(tokens + epsilon), retryAfter, resetAfter}
`,
);
