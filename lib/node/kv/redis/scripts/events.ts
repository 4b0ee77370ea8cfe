import { defineScript } from "#lib/node/kv/redis/scripts/script.ts";

/**
 * Numbers, stores and announces one event. The stream's ids are the offsets, so Redis itself refuses a number
 * that does not grow. Epoch and last offset outlive the events, so that a reader who has seen everything is not
 * told that something is gone.
 * KEYS: stream, head. ARGV: data, lengthMax, ttlMs, the head's ttlMs, channel, an epoch in case the log is new.
 * Answers epoch and offset.
 */
export const appendEvent = defineScript(
  "append-event",
  `
redis.call('HSETNX', KEYS[2], 'epoch', ARGV[6])
local epoch = redis.call('HGET', KEYS[2], 'epoch')
local offset = string.format('%.0f', redis.call('HINCRBY', KEYS[2], 'offset', 1))
redis.call('XADD', KEYS[1], 'MAXLEN', '=', ARGV[2], offset .. '-0', 'data', ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
redis.call('PEXPIRE', KEYS[2], ARGV[4])
local message = '{"epoch":' .. cjson.encode(epoch) .. ',"offset":' .. offset .. ',"data":' .. cjson.encode(ARGV[1]) .. '}'
redis.call('PUBLISH', ARGV[5], message)
return {epoch, offset}
`,
);

/**
 * One consistent look at a log: its epoch, last offset, first kept offset, and up to \`limit\` events after the given one.
 * KEYS: stream, head. ARGV: offset to read after, limit.
 * Answers epoch ('' for no log), last, first, then offset and data of each event in turn.
 */
export const readEvents = defineScript(
  "read-events",
  `
local head = redis.call('HMGET', KEYS[2], 'epoch', 'offset')
if not head[1] then return {'', '0', '0'} end
local oldest = redis.call('XRANGE', KEYS[1], '-', '+', 'COUNT', 1)
local first = string.format('%.0f', tonumber(head[2]) + 1)
if oldest[1] then first = string.match(oldest[1][1], '^%d+') end
local reply = {head[1], head[2], first}
local from = string.format('%.0f', tonumber(ARGV[1]) + 1)
for _, event in ipairs(redis.call('XRANGE', KEYS[1], from, '+', 'COUNT', ARGV[2])) do
  reply[#reply + 1] = string.match(event[1], '^%d+')
  reply[#reply + 1] = event[2][2]
end
return reply
`,
);
