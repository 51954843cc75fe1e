import { systemClock } from '../../base/clock.js';
import { Deadline } from '../../base/deadline.js';
import { invalidArgument, isCimletError } from '../../base/errors.js';
import { sleep } from '../../base/sleep.js';
import type { FleetOutcome } from '../contract/fleet-outcome.js';
import type { FleetOutcomeFilter, FleetRun, FleetWatchOptions } from '../contract/fleet-run.js';
import type { FleetStatus } from '../contract/fleet-status.js';
import { stageBounds } from '../plan/stage-windows.js';
import { endWaitingJobs } from '../store/end-waiting-jobs.js';
import type { OpenedStore } from '../store/open-store.js';
import { IN_DOUBT } from '../store/outcome-codec.js';
import type { RunRecord } from '../store/run-record.js';

const SKIPPED = { state: 'skipped', attempt: 0 } as const;
const PAGE = 500;
const EVERY_MS = 500;
/** So long a Redis that is away is waited for by who watches: it is started again, or fails over. */
const PATIENCE_MS = 60_000;
const PASSING: ReadonlySet<string> = new Set(['ERR_CONNECTION_LOST', 'ERR_CONNECTION_REFUSED', 'ERR_QUEUE']);

/** A run as its fleet sees it. */
export class RunHandle implements FleetRun {
  readonly id: string;
  readonly #opened: OpenedStore;
  readonly #fail: (error: unknown) => unknown;

  /** `fail`: what an error of Redis is to the caller. */
  constructor(id: string, opened: OpenedStore, fail: (error: unknown) => unknown) {
    this.id = id;
    this.#opened = opened;
    this.#fail = fail;
  }

  async status(): Promise<FleetStatus> {
    return this.#guarded(async () => {
      const { store, registry } = this.#opened;
      const [record, now] = await Promise.all([this.record(), store.now()]);
      const workers = await registry.count(now);
      // Once a run has ended, its journal has become outcomes.
      const isClosed = record.stop === undefined || record.ended !== undefined;
      return statusOf(this.id, record, { now, workers, sent: isClosed ? 0 : await store.countSent(this.id) });
    });
  }

  async *watch({ signal, everyMs = EVERY_MS }: FleetWatchOptions = {}): AsyncGenerator<FleetStatus> {
    if (!(everyMs >= 10)) throw invalidArgument('everyMs', everyMs, 'Give a number of milliseconds from 10 on.');
    using deadline = new Deadline({ signal });
    for (let before = ''; ; ) {
      deadline.throwIfDone();
      const status = await this.#patiently(deadline);
      const now = JSON.stringify(status);
      if (now !== before) yield status;
      if (status.state === 'ended') return;
      before = now;
      await sleep(systemClock, everyMs, deadline);
    }
  }

  /** Redis may be away for a moment, and the run goes on afterwards. */
  async #patiently(deadline: Deadline): Promise<FleetStatus> {
    for (const begun = performance.now(); ; ) {
      try {
        return await deadline.race(this.status());
      } catch (error) {
        const mayPass = isCimletError(error) && PASSING.has(error.code) && performance.now() - begun < PATIENCE_MS;
        if (!mayPass || deadline.reason !== undefined) throw error;
        await sleep(systemClock, EVERY_MS, deadline);
      }
    }
  }

  async wait(options: FleetWatchOptions = {}): Promise<FleetStatus> {
    let last: FleetStatus | undefined;
    for await (const status of this.watch(options)) last = status;
    return last ?? this.status();
  }

  async *outcomes({ state }: FleetOutcomeFilter = {}): AsyncGenerator<FleetOutcome> {
    const wanted = state === undefined ? undefined : new Set([state].flat());
    const { store } = this.#opened;
    const { total, plan } = await this.#guarded(() => this.record());
    for (let from = 0; from < total; from += PAGE) {
      const to = Math.min(total, from + PAGE);
      const [targets, outcomes, sent, { state: whole }] = await this.#guarded(() =>
        Promise.all([
          store.targets(this.id, from, to),
          store.outcomes(this.id, from, to),
          store.sent(this.id, from, to),
          this.status(),
        ]),
      );
      for (const [offset, target] of targets.entries()) {
        const outcome = outcomes[offset];
        if (outcome === undefined && whole !== 'ended') continue;
        const place = { target: target?.computer ?? '', index: from + offset, site: target?.site ?? plan.site };
        const found: FleetOutcome = { ...place, ...(outcome ?? (sent[offset] ? IN_DOUBT : SKIPPED)) };
        if (wanted === undefined || wanted.has(found.state)) yield found;
      }
    }
  }

  async cancel(): Promise<void> {
    await this.#guarded(async () => {
      const { store, queues } = this.#opened;
      const { plan } = await this.record();
      if (await store.stop(this.id, 'cancelled', 'It was cancelled.'))
        await endWaitingJobs(queues, store, this.id, plan);
    });
  }

  /** @throws CimletError `ERR_INVALID_ARGUMENT` where there is none, or a newer version wrote it. */
  async record(): Promise<RunRecord> {
    const record = await this.#opened.store.record(this.id);
    if (record === undefined) {
      throw invalidArgument(
        'run',
        this.id,
        'There is no such run (any more): its retention may be over, or it is of another fleet.',
      );
    }
    if (record === 'newer')
      throw invalidArgument('run', this.id, 'A newer version of cimlet wrote it: install that one.');
    return record;
  }

  async #guarded<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw this.#fail(error);
    }
  }
}

/** `sent`: changes that were sent and have no outcome, of a run that was stopped. */
function statusOf(
  run: string,
  record: RunRecord,
  { now, workers, sent }: { readonly now: number; readonly workers: number; readonly sent: number },
): FleetStatus {
  const { plan, total, submitted, schedule, stage, ok, found, failed, stop, reason } = record;
  const ended = endedAt(record, now);
  const isEnded = ended !== undefined;
  const unknown = record.unknown + (isEnded ? sent : 0);
  const settled = ok + failed + unknown;
  const stages = stageBounds(plan.stages, total).length;
  return {
    run,
    cmdlet: plan.cmdlet,
    state: isEnded ? 'ended' : record.isStarted ? 'running' : 'queued',
    ...(stop !== undefined && { end: stop }),
    ...(reason !== undefined && { reason }),
    ...(schedule !== undefined && { schedule }),
    submitted: new Date(submitted).toISOString(),
    ...(isEnded && { ended: new Date(ended).toISOString() }),
    ...(plan.deadline !== undefined && { deadline: new Date(plan.deadline).toISOString() }),
    total,
    settled,
    ok,
    found,
    failed,
    unknown,
    skipped: isEnded ? total - settled : 0,
    stage: Math.min(stage + 1, stages),
    stages,
    workers,
  };
}

/**
 * Of a run that was stopped nothing is begun any more, and what had been begun has ended after a while, whether or not its site has a worker left that
 * says so.
 */
function endedAt({ ended, stop, stoppedAt, plan }: RunRecord, now: number): number | undefined {
  if (ended !== undefined || stop === undefined) return ended;
  const latest = stoppedAt + 2 * plan.timeoutMs + plan.graceMs;
  return now > latest ? latest : undefined;
}
