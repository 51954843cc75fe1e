import type { FleetWorkerStatus } from '../contract/fleet.js';
import type { Redis } from '../engine/load-engine.js';
import type { FleetKeys } from './fleet-keys.js';

/** A worker that has said nothing for so long is taken for dead. */
const ALIVE_MS = 15_000;

/** Who works for the fleet: each worker says so every few seconds. */
export class WorkerRegistry {
  readonly #redis: Redis;
  readonly #keys: FleetKeys;

  constructor(redis: Redis, keys: FleetKeys) {
    this.#redis = redis;
    this.#keys = keys;
  }

  async announce(status: FleetWorkerStatus, now: number): Promise<void> {
    await this.#redis
      .multi()
      .zadd(this.#keys.workers, now, status.id)
      .hset(this.#keys.workerInfo, status.id, JSON.stringify(status))
      .exec();
  }

  async leave(id: string): Promise<void> {
    await this.#redis.multi().zrem(this.#keys.workers, id).hdel(this.#keys.workerInfo, id).exec();
  }

  async count(now: number): Promise<number> {
    return this.#redis.zcount(this.#keys.workers, now - ALIVE_MS, '+inf');
  }

  async alive(now: number): Promise<readonly FleetWorkerStatus[]> {
    const dead = await this.#redis.zrangebyscore(this.#keys.workers, '-inf', now - 10 * ALIVE_MS);
    await Promise.all(dead.map((id) => this.leave(id)));
    const ids = await this.#redis.zrangebyscore(this.#keys.workers, now - ALIVE_MS, '+inf');
    if (ids.length === 0) return [];
    const found = await this.#redis.hmget(this.#keys.workerInfo, ...ids);
    return found.flatMap((text) => (text === null ? [] : (readStatus(text) ?? [])));
  }
}

function readStatus(text: string): FleetWorkerStatus | undefined {
  try {
    const { id, host, pid, version, sites, running, clockOffsetMs } = JSON.parse(text) as Partial<FleetWorkerStatus>;
    const texts = [id, host, version].map((value) => String(value ?? ''));
    const [one = '', two = '', three = ''] = texts;
    return {
      id: one,
      host: two,
      pid: Number(pid),
      version: three,
      sites: Array.isArray(sites) ? sites.map(String) : [],
      running: Number(running),
      clockOffsetMs: Number(clockOffsetMs),
    };
  } catch {
    return undefined;
  }
}
