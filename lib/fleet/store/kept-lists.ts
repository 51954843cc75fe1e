import type { FleetSiteLimits } from '../contract/fleet.js';
import type { Redis } from '../engine/load-engine.js';
import { decodeTarget, encodeTarget, type StoredTarget } from '../plan/stored-plan.js';
import type { FleetKeys } from './fleet-keys.js';

const PAGE = 5_000;

/** What a fleet keeps beside its runs: lists of targets by name, the limits of sites, and its workers. */
export class KeptLists {
  readonly #redis: Redis;
  readonly #keys: FleetKeys;

  constructor(redis: Redis, keys: FleetKeys) {
    this.#redis = redis;
    this.#keys = keys;
  }

  /** Replaces a list as a whole, when all of the new one is there. Gives its length. */
  async setTargets(name: string, batches: AsyncIterable<readonly StoredTarget[]>): Promise<number> {
    const key = this.#keys.list(name);
    const next = `${key}:next-${Math.random().toString(36).slice(2)}`;
    let length = 0;
    for await (const batch of batches) {
      length = await this.#redis.rpush(next, ...batch.map(encodeTarget));
      await this.#redis.expire(next, 3_600);
    }
    if (length === 0) {
      await this.#redis.del(key);
      return 0;
    }
    await this.#redis.multi().persist(next).rename(next, key).exec();
    return length;
  }

  async *targets(name: string): AsyncGenerator<StoredTarget> {
    for (let at = 0; ; at += PAGE) {
      const rows = await this.#redis.lrange(this.#keys.list(name), at, at + PAGE - 1);
      for (const row of rows) {
        const target = decodeTarget(row);
        if (target !== undefined) yield target;
      }
      if (rows.length < PAGE) return;
    }
  }

  async countTargets(name: string): Promise<number> {
    return this.#redis.llen(this.#keys.list(name));
  }

  async setSiteLimits(site: string, limits: FleetSiteLimits | undefined): Promise<void> {
    if (limits === undefined) await this.#redis.hdel(this.#keys.siteLimits, site);
    else await this.#redis.hset(this.#keys.siteLimits, site, JSON.stringify(limits));
  }

  async limitedSites(): Promise<ReadonlySet<string>> {
    return new Set(await this.#redis.hkeys(this.#keys.siteLimits));
  }

  /** What a schedule needs when it is due, as JSON; undefined removes it. */
  async setSchedule(name: string, json: string | undefined): Promise<void> {
    if (json === undefined) await this.#redis.hdel(this.#keys.schedules, name);
    else await this.#redis.hset(this.#keys.schedules, name, json);
  }

  async schedule(name: string): Promise<string | undefined> {
    return (await this.#redis.hget(this.#keys.schedules, name)) ?? undefined;
  }

  async schedules(): Promise<Readonly<Record<string, string>>> {
    return this.#redis.hgetall(this.#keys.schedules);
  }
}
