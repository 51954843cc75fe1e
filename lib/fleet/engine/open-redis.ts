import { CimletError } from '../../base/errors.js';
import type { FleetEngine, Redis } from './load-engine.js';
import type { RedisAddress } from './redis-address.js';
import { redisFailure } from './redis-failure.js';

/** `caller`: a command fails within seconds when Redis is away. `worker`: it waits for Redis to come back. */
export type RedisRole = 'caller' | 'worker';

const RETRY_MS = [50, 100, 250, 500, 1_000];
/** No time makes these better. */
const FINAL: ReadonlySet<string> = new Set(['ERR_AUTHENTICATION', 'ERR_AUTHORIZATION', 'ERR_TLS']);

/**
 * Connects, and waits until Redis answers.
 * @throws CimletError what kept it from that: `ERR_CONNECTION_REFUSED`, `ERR_NAME_NOT_RESOLVED`, `ERR_AUTHENTICATION`, `ERR_TLS`, `ERR_TIMEOUT`.
 */
export async function openRedis(
  { ioredis }: FleetEngine,
  address: RedisAddress,
  role: RedisRole,
  onWarning: (text: string) => void,
  withinMs: number,
): Promise<Redis> {
  const redis = new ioredis.Redis({
    ...address.options,
    lazyConnect: true,
    enableAutoPipelining: true,
    connectTimeout: withinMs,
    maxRetriesPerRequest: role === 'worker' ? null : 3,
    // After a failover the old primary is a replica, and keeps its connections: the address leads to the new one only to who connects anew. A worker's
    // command is sent again there; a caller is told, and may try again.
    reconnectOnError: ({ message }) =>
      /^(?:READONLY|UNBLOCKED)\b/.test(message) ? (role === 'worker' ? 2 : 1) : false,
    retryStrategy: (times: number) => RETRY_MS[Math.min(times, RETRY_MS.length) - 1] ?? 1_000,
  });
  try {
    await ready(redis, address, withinMs);
  } catch (error) {
    redis.disconnect();
    throw error;
  }
  warnOfOutages(redis, address, onWarning);
  return redis;
}

function ready(redis: Redis, address: RedisAddress, withinMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    let last: unknown;
    const end = (error?: CimletError) => {
      clearTimeout(timer);
      redis.off('error', onError);
      redis.off('ready', onReady);
      // One that comes between two listeners would end the process.
      redis.on('error', () => {});
      if (error === undefined) resolve();
      else reject(error);
    };
    const onReady = () => end();
    const onError = (error: unknown) => {
      last = error;
      const failure = redisFailure(error, address);
      if (FINAL.has(failure.code)) end(failure);
    };
    const timer = setTimeout(
      () => end(last === undefined ? silent(address, withinMs) : redisFailure(last, address)),
      withinMs,
    );
    redis.on('error', onError);
    redis.on('ready', onReady);
    redis.connect().catch(() => {});
  });
}

function silent({ shown, isSecure }: RedisAddress, withinMs: number): CimletError {
  return new CimletError('ERR_TIMEOUT', `Redis at ${shown} did not answer within ${withinMs} ms.`, {
    retryable: true,
    hint: isSecure ? 'Where it speaks no TLS, the address begins with redis://.' : undefined,
  });
}

/** Once for each outage, however often it is tried. */
function warnOfOutages(redis: Redis, address: RedisAddress, onWarning: (text: string) => void): void {
  let isAway = false;
  redis.on('error', (error: unknown) => {
    if (!isAway) onWarning(redisFailure(error, address).message);
    isAway = true;
  });
  redis.on('ready', () => {
    if (isAway) onWarning(`Redis at ${address.shown} is back.`);
    isAway = false;
  });
}
