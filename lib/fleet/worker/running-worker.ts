import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { systemClock } from '../../base/clock.js';
import { Deadline } from '../../base/deadline.js';
import { sleep } from '../../base/sleep.js';
import { PACKAGE_VERSION } from '../../base/text/package-version.js';
import type { Throttle } from '../../cmdlet/run/throttle.js';
import type { FleetWorkerStatus } from '../contract/fleet.js';
import type { FleetWorker, FleetWorkerOptions } from '../contract/fleet-worker.js';
import { CONTROL_QUEUE, siteQueueName, telemetryOption } from '../engine/fleet-queues.js';
import type { Job, Worker } from '../engine/load-engine.js';
import { redisFailure } from '../engine/redis-failure.js';
import type { OpenedStore } from '../store/open-store.js';
import type { Allowance } from '../target/allowance.js';
import type { NamedSecrets } from '../target/named-secrets.js';
import { Coordinator } from './coordinator.js';
import { FleetClock } from './fleet-clock.js';
import { Heartbeat } from './heartbeat.js';
import { LoadedRuns } from './loaded-runs.js';
import { RunWatch } from './run-watch.js';
import { ScheduledRuns } from './scheduled-runs.js';
import { SiteJobs } from './site-jobs.js';
import { joinMetrics, WorkerFigures } from './worker-figures.js';

/** What a worker is made of, checked. */
export interface WorkerParts {
  readonly options: FleetWorkerOptions;
  readonly sites: readonly string[];
  readonly throttle: Throttle;
  readonly lockMs: number;
  readonly allowance: Allowance;
  readonly secrets: NamedSecrets;
  readonly opened: OpenedStore;
  readonly onWarning: (text: string) => void;
}

/** A killed worker is no fault of the job, and repeating is safe: often is no reason to give up. */
const MOST_STALLS = 20;
const COORDINATORS = 4;
const KINDS = ['read', 'change'] as const;
/** What an end waits for at most where nobody may answer. */
const MOMENT_MS = 1_000;
/** Prometheus gives a scrape ten seconds. */
const METRICS_MS = 3_000;
const TRY_AGAIN_MS = [100, 250, 500, 1_000, 2_000];

type Work = (job: Job, token: string) => Promise<void>;

/** A worker of a fleet, in this process. */
export class RunningWorker implements FleetWorker {
  readonly id = randomUUID();
  readonly #parts: WorkerParts;
  readonly #watch: RunWatch;
  readonly #clock: FleetClock;
  readonly #heartbeat: Heartbeat;
  readonly #figures = new WorkerFigures();
  readonly #workers: Worker[] = [];
  readonly #end = new Deadline();
  #running = 0;
  #closing: Promise<void> | undefined;

  constructor(parts: WorkerParts) {
    this.#parts = parts;
    const { opened, onWarning } = parts;
    this.#watch = new RunWatch(opened.store);
    this.#clock = new FleetClock(opened.store);
    const { store, registry } = opened;
    this.#heartbeat = new Heartbeat({
      store,
      registry,
      watch: this.#watch,
      clock: this.#clock,
      status: () => this.#status(),
      onWarning,
    });
  }

  get running(): number {
    return this.#running;
  }

  /** @throws CimletError `ERR_QUEUE` when the clocks of this machine and of Redis differ too much. */
  async start(): Promise<void> {
    await this.#clock.measure();
    this.#clock.refuse();
    await this.#heartbeat.start();
    const { opened, onWarning, sites, throttle } = this.#parts;
    const { engine, store, lists, queues, cmdlets } = opened;
    const runs = new LoadedRuns(store, cmdlets);
    const coordinator = new Coordinator({ engine, store, lists, queues, runs, onWarning });
    const scheduled = new ScheduledRuns({ store, lists, queues, cmdlets }, onWarning);
    const jobs = this.#siteJobs(runs);
    this.#work(CONTROL_QUEUE, COORDINATORS, (job, token) =>
      job.name === 'schedule' ? scheduled.work(job) : coordinator.work(job, token),
    );
    for (const site of sites) {
      for (const kind of KINDS) {
        // Twice what is worked on at a time, so that nothing waits for the way to Redis; a read's job has ten computers.
        const concurrency = kind === 'change' ? throttle.limit : Math.max(2, Math.ceil((2 * throttle.limit) / 10));
        this.#work(siteQueueName(site, kind), concurrency, (job, token) => jobs.work(job, token));
      }
    }
    await Promise.all(this.#workers.map((worker) => worker.waitUntilReady()));
  }

  async metrics(): Promise<string> {
    const { opened, sites } = this.#parts;
    const names = sites.flatMap((site) => KINDS.map((kind) => siteQueueName(site, kind)));
    const ofQueues = Promise.all(
      [CONTROL_QUEUE, ...names].map((name) => opened.queues.queue(name).exportPrometheusMetrics()),
    );
    // Its own are there when Redis is not, which is when somebody looks.
    const texts = (await this.#within(ofQueues, METRICS_MS)) ? await ofQueues : [];
    return joinMetrics([...texts, this.#figures.text(this.#running)]);
  }

  close({ graceMs }: { readonly graceMs?: number | undefined } = {}): Promise<void> {
    this.#closing ??= this.#close(graceMs);
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close(graceMs: number | undefined): Promise<void> {
    const { opened } = this.#parts;
    const ending = Promise.all(this.#workers.map((worker) => worker.close().catch(() => {})));
    const isEnded = await this.#finish(ending, graceMs);
    // With a Redis that is away there is nobody to say it to.
    await this.#within(this.#heartbeat.stop(), MOMENT_MS);
    this.#end.abort();
    // The engine closes once: what it still waits for, a change or a Redis that is away, is cut off.
    if (!isEnded) await this.#within(Promise.all(this.#workers.map((worker) => worker.disconnect())), MOMENT_MS);
    await opened.close();
  }

  /** Waits until all is done, or the grace is over, or nothing is left to do but to tell a Redis that is away. */
  async #finish(ending: Promise<unknown>, graceMs = Number.POSITIVE_INFINITY): Promise<boolean> {
    for (let left = graceMs; left > 0; left -= MOMENT_MS) {
      if (await this.#within(ending, Math.min(left, MOMENT_MS))) return true;
      if (this.#running === 0 && this.#parts.opened.redis.status !== 'ready') return false;
    }
    this.#watch.abortReads();
    // What was given up is written down, which takes a moment.
    return await this.#within(ending, MOMENT_MS);
  }

  async #within(ending: Promise<unknown>, ms: number): Promise<boolean> {
    const timer = new Deadline({ timeoutMs: Math.max(1, ms) });
    try {
      await timer.race(ending);
      return true;
    } catch {
      return false;
    } finally {
      timer[Symbol.dispose]();
    }
  }

  #siteJobs(runs: LoadedRuns): SiteJobs {
    const { opened, onWarning, throttle, allowance, secrets, options } = this.#parts;
    const { engine, store, cmdlets } = opened;
    return new SiteJobs({
      engine,
      store,
      cmdlets,
      runs,
      allowance,
      secrets,
      watch: this.#watch,
      figures: this.#figures,
      sessionOptions: options.sessionOptions ?? {},
      worker: `${hostname()}:${process.pid}`,
      now: () => this.#clock.now(),
      isClosing: () => this.#closing !== undefined,
      onWarning,
      onOutcome: options.onOutcome,
      persist: (what, action) => this.#persist(what, action),
      inTurn: (work) => this.#inTurn(throttle, work),
    });
  }

  #inTurn<T>(throttle: Throttle, work: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      throttle.add(async () => {
        this.#running += 1;
        try {
          await work().then(resolve, reject);
        } finally {
          this.#running -= 1;
        }
      });
    });
  }

  async #persist<T>(what: string, action: () => Promise<T>): Promise<T> {
    for (let tries = 0; ; tries += 1) {
      try {
        return await action();
      } catch (error) {
        if (this.#end.reason !== undefined) throw error;
        if (tries === 0) this.#warn(`${what} could not be written, and is written again`, error);
        await sleep(systemClock, TRY_AGAIN_MS[Math.min(tries, TRY_AGAIN_MS.length - 1)] ?? 1_000, this.#end);
      }
    }
  }

  #work(name: string, concurrency: number, work: Work): void {
    const { opened, lockMs, options } = this.#parts;
    const { engine, redis, keys } = opened;
    const worker: Worker = new engine.bullmq.Worker(name, async (job: Job, token?: string) => work(job, token ?? ''), {
      connection: redis,
      prefix: keys.prefix,
      concurrency,
      lockDuration: lockMs,
      stalledInterval: lockMs,
      maxStalledCount: MOST_STALLS,
      // After a command that failed, not the engine's fifteen seconds.
      runRetryDelay: Math.min(5_000, lockMs),
      ...telemetryOption(options.telemetry),
    });
    worker.on('error', (error) => this.#warn('The engine reports', error));
    worker.on('failed', (job, error) => this.#warn(`The job ${job?.id} failed`, error));
    this.#workers.push(worker);
  }

  #warn(what: string, error: unknown): void {
    // One line an outage: the connection itself has told of it.
    const failure = redisFailure(error, this.#parts.opened.address);
    if (failure.code === 'ERR_CONNECTION_REFUSED' || this.#end.reason !== undefined) return;
    this.#parts.onWarning(`${what}: ${error instanceof Error ? error.message.slice(0, 300) : String(error)}`);
  }

  #status(): FleetWorkerStatus {
    return {
      id: this.id,
      host: hostname(),
      pid: process.pid,
      version: PACKAGE_VERSION,
      sites: this.#parts.sites,
      running: this.#running,
      clockOffsetMs: this.#clock.offsetMs,
    };
  }
}
