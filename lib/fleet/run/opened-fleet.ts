import { CimletError, invalidArgument } from '../../base/errors.js';
import { checkOptionForms, NUMBER } from '../../base/option-forms.js';
import type {
  Fleet,
  FleetFinding,
  FleetRetryOptions,
  FleetSchedule,
  FleetScheduleOptions,
  FleetSiteLimits,
  FleetWorkerStatus,
} from '../contract/fleet.js';
import type { FleetOutcomeState } from '../contract/fleet-outcome.js';
import type { FleetPlan, FleetPreview, FleetTarget } from '../contract/fleet-plan.js';
import type { FleetRun } from '../contract/fleet-run.js';
import { siteQueueName } from '../engine/fleet-queues.js';
import { redisFailure } from '../engine/redis-failure.js';
import { preparePlan } from '../plan/prepare-plan.js';
import { readTargets } from '../plan/read-targets.js';
import { stageBounds } from '../plan/stage-windows.js';
import { checkedName } from '../store/fleet-keys.js';
import { checkedTargets, launchRun, noTargets, storedTargets } from '../store/launch-run.js';
import type { OpenedStore } from '../store/open-store.js';
import { checkFleet } from './fleet-check.js';
import { Schedules } from './fleet-schedules.js';
import { planAgain, retryTargets } from './retry-targets.js';
import { RunHandle } from './run-handle.js';

const RUN_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A fleet as a caller has it. */
export class OpenedFleet implements Fleet {
  readonly name: string;
  readonly #opened: OpenedStore;
  readonly #schedules: Schedules;
  #isClosed = false;

  constructor(name: string, opened: OpenedStore) {
    this.name = name;
    this.#opened = opened;
    this.#schedules = new Schedules(opened);
  }

  async start(plan: FleetPlan): Promise<FleetRun> {
    return this.#guarded(async () => this.#handle(await launchRun(this.#opened, plan)));
  }

  async preview(plan: FleetPlan): Promise<FleetPreview> {
    return this.#guarded(async () => {
      const prepared = preparePlan(plan, this.#opened.cmdlets);
      const sites: Record<string, number> = {};
      let total = 0;
      for await (const batch of storedTargets(plan.targets, prepared, this.#opened.lists)) {
        total += batch.length;
        for (const { site = prepared.stored.site } of batch) sites[site] = (sites[site] ?? 0) + 1;
      }
      if (total === 0) throw noTargets();
      const stages = stageBounds(prepared.stored.stages, total);
      return {
        cmdlet: prepared.cmdlet.name,
        changes: prepared.stored.changes,
        total,
        sites,
        stages: stages.map(({ from, to, maxFailedShare }) => ({ computers: to - from, maxFailedShare })),
      };
    });
  }

  async run(id: string): Promise<FleetRun> {
    return this.#guarded(async () => {
      const handle = this.#handle(checkedRun(id));
      await handle.record();
      return handle;
    });
  }

  async *runs(): AsyncGenerator<FleetRun> {
    const ids = this.#opened.store.runs();
    for (;;) {
      const { done, value } = await this.#guarded(() => ids.next());
      if (done === true) return;
      yield this.#handle(value);
    }
  }

  async retry(run: FleetRun | string, options: FleetRetryOptions = {}): Promise<FleetRun> {
    return this.#guarded(async () => {
      const handle = this.#handle(checkedRun(typeof run === 'string' ? run : run.id));
      const status = await handle.status();
      if (status.state !== 'ended')
        throw invalidArgument('run', handle.id, 'It goes on: wait for its end, or cancel it.');
      const states = new Set<FleetOutcomeState>(['failed']);
      if (options.skipped !== false) states.add('skipped');
      if (options.unknown === true) states.add('unknown');
      const record = await handle.record();
      const targets = retryTargets(this.#opened.store, handle.id, record.total, states);
      try {
        return this.#handle(await launchRun(this.#opened, planAgain(record, targets)));
      } catch (error) {
        throw nothingLeft(error, status.unknown, options) ?? error;
      }
    });
  }

  async schedule(
    name: string,
    cron: string,
    plan: FleetPlan | undefined,
    options: FleetScheduleOptions = {},
  ): Promise<void> {
    await this.#guarded(() => this.#schedules.set(name, cron, plan, options));
  }

  async schedules(): Promise<readonly FleetSchedule[]> {
    return this.#guarded(() => this.#schedules.list());
  }

  async setTargets(
    name: string,
    targets: Iterable<string | FleetTarget> | AsyncIterable<string | FleetTarget> | undefined,
  ): Promise<number> {
    return this.#guarded(() => {
      const key = checkedName('name', name);
      const batches = readTargets(targets === undefined ? [] : checkedTargets(targets), {
        cmdlet: undefined,
        parameters: {},
      });
      return this.#opened.lists.setTargets(key, batches);
    });
  }

  async limitSite(site: string, limits: FleetSiteLimits | undefined): Promise<void> {
    await this.#guarded(async () => {
      const { lists, queues } = this.#opened;
      checkedName('site', site);
      const { concurrency, perSecond } = checkedLimits(limits);
      await lists.setSiteLimits(site, limits);
      for (const kind of ['read', 'change'] as const) {
        const queue = queues.queue(siteQueueName(site, kind));
        if (concurrency === undefined) await queue.removeGlobalConcurrency();
        else await queue.setGlobalConcurrency(concurrency);
        if (perSecond === undefined) await queue.removeGlobalRateLimit();
        else await queue.setGlobalRateLimit(perSecond, 1_000);
      }
    });
  }

  async workers(): Promise<readonly FleetWorkerStatus[]> {
    const { registry, store } = this.#opened;
    return this.#guarded(async () => registry.alive(await store.now()));
  }

  async check(): Promise<readonly FleetFinding[]> {
    return this.#guarded(() => checkFleet(this.#opened));
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await this.#opened.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #handle(id: string): RunHandle {
    return new RunHandle(id, this.#opened, (error) => this.#failure(error));
  }

  #failure(error: unknown): unknown {
    if (this.#isClosed) return new CimletError('ERR_SESSION_CLOSED', 'The fleet is closed.', { cause: error });
    // A mistake of this library is no failure of Redis.
    if (error instanceof TypeError || error instanceof RangeError) return error;
    return redisFailure(error, this.#opened.address);
  }

  async #guarded<T>(work: () => Promise<T>): Promise<T> {
    try {
      if (this.#isClosed) throw new CimletError('ERR_SESSION_CLOSED', 'The fleet is closed.');
      return await work();
    } catch (error) {
      throw this.#failure(error);
    }
  }
}

function checkedRun(id: unknown): string {
  if (typeof id === 'string' && RUN_ID.test(id)) return id.toLowerCase();
  throw invalidArgument('run', id, 'Give the id of a run, as start and runs give it.');
}

function checkedLimits(limits: FleetSiteLimits | undefined): FleetSiteLimits {
  if (limits === undefined) return {};
  if (typeof limits !== 'object' || limits === null)
    throw invalidArgument('limits', limits, 'Give { concurrency, perSecond }.');
  checkOptionForms(limits, { concurrency: NUMBER, perSecond: NUMBER }, 'limit', 'limits.');
  for (const [name, value] of Object.entries(limits)) {
    if (value === undefined || (Number.isInteger(value) && value >= 1)) continue;
    throw invalidArgument(`limits.${name}`, value, 'Give a whole number above zero.');
  }
  return limits;
}

function nothingLeft(error: unknown, unknown: number, options: FleetRetryOptions): CimletError | undefined {
  const isEmpty = error instanceof CimletError && error.message.includes('There is no computer in it.');
  if (!isEmpty) return undefined;
  const hint =
    unknown > 0 && options.unknown !== true
      ? `${unknown} are unknown: look at them, and give unknown: true to do them again.`
      : undefined;
  return new CimletError('ERR_INVALID_ARGUMENT', 'run: nothing of it is left to do.', { hint });
}
