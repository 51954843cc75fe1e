// One call each, so that nobody sees a half of it. Redis runs a script to its end before anything else.

/** Lines of their own, since what is built has no indentation. */
const script = (...lines: readonly string[]): string => lines.join('\n');

/**
 * Begins a change: KEYS state, results, sent, leases…; ARGV holder, milliseconds, field. Nothing where the run is stopped (-3) or the target has its
 * outcome (-1); how long to wait where somebody else has a lease; else takes all leases and writes down that it is being sent: 0, or -2 where that
 * stood there already and nobody wrote what became of it. The same holder's second call, after a reply that was lost, is given the first one's answer.
 */
export const BEGIN = script(
  "if redis.call('HEXISTS', KEYS[1], 'stop') == 1 then return -3 end",
  "if redis.call('HEXISTS', KEYS[2], ARGV[3]) == 1 then return -1 end",
  'for i = 4, #KEYS do',
  "local holder = redis.call('GET', KEYS[i])",
  "if holder and holder ~= ARGV[1] then return math.max(1, redis.call('PTTL', KEYS[i])) end",
  'end',
  "local sent = redis.call('HGET', KEYS[3], ARGV[3])",
  "for i = 4, #KEYS do redis.call('SET', KEYS[i], ARGV[1], 'PX', ARGV[2]) end",
  'if sent == ARGV[1] then return 0 end',
  "if sent == ARGV[1] .. '!' then return -2 end",
  "redis.call('HSET', KEYS[3], ARGV[3], ARGV[1] .. (sent and '!' or ''))",
  'return sent and -2 or 0',
);

/**
 * Writes an outcome: KEYS state, results, sent, leases…; ARGV field, outcome, holder, counters…. Only the first one counts. The leases that are given
 * go back, if they are still the holder's.
 */
export const SETTLE = script(
  "local new = redis.call('HSETNX', KEYS[2], ARGV[1], ARGV[2])",
  "if new == 1 then for i = 4, #ARGV do redis.call('HINCRBY', KEYS[1], ARGV[i], 1) end end",
  "redis.call('HDEL', KEYS[3], ARGV[1])",
  "for i = 4, #KEYS do if redis.call('GET', KEYS[i]) == ARGV[3] then redis.call('DEL', KEYS[i]) end end",
  'return new',
);

/**
 * Ends a try that is followed by another one: KEYS sent, leases…; ARGV field, holder, `forget` or `keep`. With `forget` nothing was begun, and what
 * was in doubt before stays so; with `keep` the next one is to ask first.
 */
export const TAKE_BACK = script(
  "if ARGV[3] == 'forget' and redis.call('HGET', KEYS[1], ARGV[1]) == ARGV[2] then redis.call('HDEL', KEYS[1], ARGV[1]) end",
  "for i = 2, #KEYS do if redis.call('GET', KEYS[i]) == ARGV[2] then redis.call('DEL', KEYS[i]) end end",
  'return 1',
);

/** Stops a run: KEYS state; ARGV how, why, when. The first one counts; 0 where there is nothing to stop. */
export const STOP = script(
  "if redis.call('EXISTS', KEYS[1]) == 0 or redis.call('HEXISTS', KEYS[1], 'ended') == 1 then return 0 end",
  "if redis.call('HSETNX', KEYS[1], 'stop', ARGV[1]) == 0 then return 0 end",
  "redis.call('HSET', KEYS[1], 'reason', ARGV[2], 'stoppedAt', ARGV[3])",
  'return 1',
);

/**
 * Ends a run: KEYS state, targets, sent, results, deadlines; ARGV when, seconds until it is forgotten, the run, and the outcome of what was sent and has
 * none: a change whose answer was lost, or whose worker died, before the run was stopped was not left out.
 */
export const END = script(
  "if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end",
  "redis.call('HSETNX', KEYS[1], 'stop', 'done')",
  "redis.call('HSETNX', KEYS[1], 'ended', ARGV[1])",
  "for _, field in ipairs(redis.call('HKEYS', KEYS[3])) do",
  "if redis.call('HSETNX', KEYS[4], field, ARGV[4]) == 1 then redis.call('HINCRBY', KEYS[1], 'unknown', 1) end",
  'end',
  "redis.call('DEL', KEYS[3])",
  "for i = 1, 4 do redis.call('EXPIRE', KEYS[i], ARGV[2]) end",
  "redis.call('ZREM', KEYS[5], ARGV[3])",
  'return 1',
);
