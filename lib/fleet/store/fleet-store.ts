import type { FleetOutcomeState } from '../contract/fleet-outcome.js';
import type { FleetRunEnd } from '../contract/fleet-status.js';
import type { Redis } from '../engine/load-engine.js';
import { computerKey } from '../plan/computer-key.js';
import { decodeTarget, encodeTarget, type StoredPlan, type StoredTarget } from '../plan/stored-plan.js';
import type { FleetKeys } from './fleet-keys.js';
import { BEGIN, END, SETTLE, STOP, TAKE_BACK } from './journal-scripts.js';
import { decodeOutcome, encodeOutcome, IN_DOUBT, type StoredOutcome } from './outcome-codec.js';
import { type RunRecord, readRunRecord } from './run-record.js';

type Argument = string | number | Buffer;
type Script = (keys: number, ...parts: Argument[]) => Promise<number>;

/** What `defineCommand` adds to a connection. */
interface Scripts {
  cimletBegin: Script;
  cimletSettle: Script;
  cimletTakeBack: Script;
  cimletStop: Script;
  cimletEnd: Script;
}

/** What stood in the way of a change, or nothing. */
export type Beginning =
  | { readonly kind: 'begun' }
  /** It was sent before, and nobody wrote what became of it. */
  | { readonly kind: 'inDoubt' }
  | { readonly kind: 'settled' }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'held'; readonly forMs: number };

/** One change that is under way: whose it is, and the computers that nobody else may change meanwhile. */
export interface Holding {
  readonly run: string;
  readonly index: number;
  /** Another one for each try. */
  readonly holder: string;
  readonly computers: readonly string[];
}

/** A new run: forgotten within the hour unless it is queued. */
const UNQUEUED_SECONDS = 3_600;

/** Runs, their targets and outcomes, and the journal of changes, in Redis. */
export class FleetStore {
  readonly #redis: Redis & Scripts;
  readonly #keys: FleetKeys;

  constructor(redis: Redis, keys: FleetKeys) {
    const scripts = {
      cimletBegin: BEGIN,
      cimletSettle: SETTLE,
      cimletTakeBack: TAKE_BACK,
      cimletStop: STOP,
      cimletEnd: END,
    };
    for (const [name, lua] of Object.entries(scripts)) redis.defineCommand(name, { lua });
    this.#redis = redis as Redis & Scripts;
    this.#keys = keys;
  }

  /** Milliseconds since 1970, by the clock of Redis. */
  async now(): Promise<number> {
    const [seconds, micros] = await this.#redis.time();
    return Number(seconds) * 1_000 + Math.floor(Number(micros) / 1_000);
  }

  async addTargets(run: string, targets: readonly StoredTarget[]): Promise<void> {
    const key = this.#keys.run(run, 'targets');
    await this.#redis.rpush(key, ...targets.map(encodeTarget));
    await this.#redis.expire(key, UNQUEUED_SECONDS);
  }

  async create(run: string, plan: StoredPlan, total: number, schedule: string | undefined): Promise<void> {
    const key = this.#keys.run(run, 'state');
    const submitted = await this.now();
    await this.#redis
      .multi()
      .hset(key, { plan: JSON.stringify(plan), total, submitted, ...(schedule !== undefined && { schedule }) })
      .expire(key, UNQUEUED_SECONDS)
      .exec();
  }

  /** It is queued, and kept until its end. */
  async keep(run: string, { deadline }: StoredPlan): Promise<void> {
    const transaction = this.#redis.multi();
    for (const part of ['state', 'targets'] as const) transaction.persist(this.#keys.run(run, part));
    transaction.zadd(this.#keys.runs, await this.now(), run);
    if (deadline !== undefined) transaction.zadd(this.#keys.deadlines, deadline, run);
    await transaction.exec();
  }

  /** Once its coordinator is at it: whoever queued it may have died before he kept it, and within the hour it would be gone in the middle of its work. */
  async adopt(run: string, plan: StoredPlan): Promise<void> {
    if ((await this.#redis.zscore(this.#keys.runs, run)) === null) await this.keep(run, plan);
  }

  async forget(run: string): Promise<void> {
    await this.#redis.del(this.#keys.run(run, 'targets'), this.#keys.run(run, 'state'));
    await this.#redis.zrem(this.#keys.runs, run);
  }

  async record(run: string): Promise<RunRecord | 'newer' | undefined> {
    const key = this.#keys.run(run, 'state');
    // Somebody else's may be of any length.
    if ((await this.#redis.hstrlen(key, 'plan')) > 1_048_576) return undefined;
    return readRunRecord(await this.#redis.hgetall(key));
  }

  /** How a run was stopped; undefined while it was not. `ended` where it is not there any more. */
  async stopOf(run: string): Promise<string | undefined> {
    const [stop, total] = await this.#redis.hmget(this.#keys.run(run, 'state'), 'stop', 'total');
    return stop ?? (total === null ? 'ended' : undefined);
  }

  /** From the newest on; those that are over their retention are taken off the list. */
  async *runs(): AsyncGenerator<string> {
    for (let at = 0; ; at += 100) {
      const ids = await this.#redis.zrevrange(this.#keys.runs, at, at + 99);
      const gone: string[] = [];
      for (const id of ids) {
        if ((await this.#redis.exists(this.#keys.run(id, 'state'))) === 1) yield id;
        else gone.push(id);
      }
      if (gone.length > 0) await this.#redis.zrem(this.#keys.runs, ...gone);
      if (ids.length < 100) return;
      at -= gone.length;
    }
  }

  async setStage(run: string, stage: number): Promise<void> {
    await this.#redis.hset(this.#keys.run(run, 'state'), 'stage', stage);
  }

  /** The targets from `from` to, but not with, `to`; undefined in the place of what nobody of ours wrote. */
  async targets(run: string, from: number, to: number): Promise<readonly (StoredTarget | undefined)[]> {
    const rows = await this.#redis.lrange(this.#keys.run(run, 'targets'), from, to - 1);
    return rows.map(decodeTarget);
  }

  /** Which of them have no outcome. */
  async open(run: string, indexes: readonly number[]): Promise<readonly number[]> {
    if (indexes.length === 0) return [];
    const known = await this.#redis.hmget(this.#keys.run(run, 'results'), ...indexes.map(String));
    return indexes.filter((_, at) => known[at] === null);
  }

  async outcomes(run: string, from: number, to: number): Promise<readonly (StoredOutcome | undefined)[]> {
    const fields = Array.from({ length: to - from }, (_, at) => String(from + at));
    if (fields.length === 0) return [];
    const found = await this.#redis.hmgetBuffer(this.#keys.run(run, 'results'), ...fields);
    return found.map((stored) => (stored === null ? undefined : decodeOutcome(stored)));
  }

  /** Takes the leases of a change and writes down that it is sent, or says why not. */
  async begin(holding: Holding, leaseMs: number): Promise<Beginning> {
    const { run, index, holder } = holding;
    const keys = [this.#keys.run(run, 'state'), this.#keys.run(run, 'results'), this.#keys.run(run, 'sent')];
    const all = [...keys, ...this.#leases(holding)];
    const answer = await this.#redis.cimletBegin(all.length, ...all, holder, leaseMs, index);
    if (answer > 0) return { kind: 'held', forMs: answer };
    if (answer === 0) return { kind: 'begun' };
    return { kind: answer === -2 ? 'inDoubt' : answer === -1 ? 'settled' : 'stopped' };
  }

  /** Writes an outcome; false where there was one. The leases of `holding` go back, unless they are left to lapse. */
  async settle(
    run: string,
    index: number,
    outcome: StoredOutcome,
    holding?: { readonly holding: Holding; readonly givesBack: boolean },
  ): Promise<boolean> {
    const parts = (['state', 'results', 'sent'] as const).map((part) => this.#keys.run(run, part));
    const keys = [...parts, ...(holding?.givesBack === true ? this.#leases(holding.holding) : [])];
    const counters: (FleetOutcomeState | 'found')[] = [
      outcome.state,
      ...(outcome.found === true ? ['found' as const] : []),
    ];
    const written = await this.#redis.cimletSettle(
      keys.length,
      ...keys,
      index,
      encodeOutcome(outcome),
      holding?.holding.holder ?? '',
      ...counters,
    );
    return written === 1;
  }

  /** A try was begun, and nobody wrote what became of it. */
  async isSent(run: string, index: number): Promise<boolean> {
    return (await this.#redis.hexists(this.#keys.run(run, 'sent'), String(index))) === 1;
  }

  /** The same of the targets from `from` to, but not with, `to`. */
  async sent(run: string, from: number, to: number): Promise<readonly boolean[]> {
    const fields = Array.from({ length: to - from }, (_, at) => String(from + at));
    if (fields.length === 0) return [];
    const found = await this.#redis.hmget(this.#keys.run(run, 'sent'), ...fields);
    return found.map((holder) => holder !== null);
  }

  async countSent(run: string): Promise<number> {
    return this.#redis.hlen(this.#keys.run(run, 'sent'));
  }

  /** For another try, with the leases given back. `forget`: nothing was begun; `keep`: the next try is to ask first. */
  async takeBack(holding: Holding, sent: 'forget' | 'keep'): Promise<void> {
    const keys = [this.#keys.run(holding.run, 'sent'), ...this.#leases(holding)];
    await this.#redis.cimletTakeBack(keys.length, ...keys, holding.index, holding.holder, sent);
  }

  /** False where it was stopped or has ended before. */
  async stop(run: string, how: FleetRunEnd, why: string): Promise<boolean> {
    const stopped = await this.#redis.cimletStop(
      1,
      this.#keys.run(run, 'state'),
      how,
      why.slice(0, 1_000),
      await this.now(),
    );
    return stopped === 1;
  }

  async end(run: string, retentionDays: number): Promise<void> {
    const parts = (['state', 'targets', 'sent', 'results'] as const).map((part) => this.#keys.run(run, part));
    const seconds = Math.max(1, Math.round(retentionDays * 86_400));
    const now = await this.now();
    const lost = encodeOutcome({ ...IN_DOUBT, at: new Date(now).toISOString() });
    await this.#redis.cimletEnd(5, ...parts, this.#keys.deadlines, now, seconds, run, lost);
  }

  /** Runs whose deadline is over. */
  async overdue(now: number): Promise<readonly string[]> {
    return this.#redis.zrangebyscore(this.#keys.deadlines, '-inf', now);
  }

  /** Gives a due time its run: the one that is given, or the one that was given before. */
  async claim(due: string, run: string): Promise<string> {
    const key = `${this.#keys.prefix}:due:${due}`;
    const claimed = await this.#redis.set(key, run, 'EX', 604_800, 'NX');
    return claimed === null ? ((await this.#redis.get(key)) ?? run) : run;
  }

  async forgetDeadline(run: string): Promise<void> {
    await this.#redis.zrem(this.#keys.deadlines, run);
  }

  #leases({ computers }: Holding): string[] {
    return [...new Set(computers.map(computerKey))].sort().map((computer) => this.#keys.lease(computer));
  }
}
