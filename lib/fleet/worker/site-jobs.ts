import type { FleetOutcome } from '../contract/fleet-outcome.js';
import type { FleetEngine, Job } from '../engine/load-engine.js';
import { PLAN_VERSION, type StoredTarget } from '../plan/stored-plan.js';
import type { FleetStore } from '../store/fleet-store.js';
import type { StoredOutcome } from '../store/outcome-codec.js';
import { readSiteJob, type SiteJobData, type TryState } from './job-data.js';
import type { LoadedRun, LoadedRuns } from './loaded-runs.js';
import type { RunWatch } from './run-watch.js';
import { type TryResult, type TryServices, tryTarget } from './try-target.js';
import type { WorkerFigures } from './worker-figures.js';

/** What the jobs of a worker share. */
export interface SiteJobServices extends TryServices {
  readonly store: FleetStore;
  readonly engine: FleetEngine;
  readonly runs: LoadedRuns;
  readonly watch: RunWatch;
  readonly figures: WorkerFigures;
  /** By the clock of Redis, as far as this process knows. */
  readonly now: () => number;
  readonly isClosing: () => boolean;
  readonly onWarning: (text: string) => void;
  readonly onOutcome: ((outcome: FleetOutcome, run: string) => void | Promise<void>) | undefined;
  /** Does it until it works: Redis may be away, or full. Rejects only when the worker ends. */
  readonly persist: <T>(what: string, action: () => Promise<T>) => Promise<T>;
  /** Does it when there is a place among the computers that this worker may be at. */
  readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>;
}

/** A job that waits looks after the run so often: it may have been stopped. */
const LONGEST_DELAY_MS = 5_000;
const LONGEST_RETRY_MS = 30_000;
/** What passes within minutes: so many of the plan's first delays, a minute by default, and five minutes at most. */
const LATER = 120;
const LONGEST_LATER_MS = 300_000;
const NEWER_DELAY_MS = 30_000;
/** So often it is tried again where Redis, and not the computer, was in the way. */
const MOST_WAITS = 1_000;

/** Works on one job of a site: some computers of a run. */
export class SiteJobs {
  readonly #services: SiteJobServices;

  constructor(services: SiteJobServices) {
    this.#services = services;
  }

  async work(job: Job, token: string): Promise<void> {
    const { runs, onWarning } = this.#services;
    const data = readSiteJob(job.data);
    const run = data === undefined || data === 'newer' ? data : await runs.load(data.run);
    if (data === 'newer' || run === 'newer') {
      onWarning(`The job ${job.id} was written by a newer version; it is left to a newer worker.`);
      return this.#later(job, token, NEWER_DELAY_MS);
    }
    if (data === undefined || run === undefined) {
      onWarning(`The job ${job.id} is none of this library's, or its run is gone; nothing is done.`);
      return;
    }
    const leave = this.#services.watch.enter(run.id);
    try {
      await this.#workOn(job, token, data, run);
    } finally {
      leave();
    }
  }

  async #workOn(job: Job, token: string, data: SiteJobData, run: LoadedRun): Promise<void> {
    const { watch, store, now } = this.#services;
    if (await watch.hasStopped(run.id)) return;
    if (!(await this.#mayRun(run))) return;
    const open = await store.open(run.id, data.targets);
    const due = open.filter((index) => (data.tries[index]?.at ?? 0) <= now());
    const rows = await this.#rows(run, due);
    const tries: Record<string, TryState> = {};
    for (const index of open) tries[index] = data.tries[index] ?? { n: 0, w: 0, at: 0 };
    await Promise.all(
      due.map(async (index) => {
        const state = tries[index] ?? { n: 0, w: 0, at: 0 };
        const next = await this.#services.inTurn(() => this.#try(run, index, rows.get(index), state));
        if (next === undefined) delete tries[index];
        else tries[index] = next;
      }),
    );
    const left = open.filter((index) => tries[index] !== undefined);
    if (left.length === 0 || watch.isStopped(run.id)) return;
    // What is to be tried again waits in the engine, and holds no place here.
    const again: SiteJobData = { v: PLAN_VERSION, run: run.id, targets: left, tries };
    await job.updateData(again);
    const first = Math.min(...left.map((index) => tries[index]?.at ?? 0));
    await this.#later(job, token, Math.min(Math.max(0, first - now()), LONGEST_DELAY_MS));
  }

  /** A cmdlet that is not known or not allowed would be so for every computer. */
  async #mayRun({ id, plan, cmdlet }: LoadedRun): Promise<boolean> {
    const { allowance, worker } = this.#services;
    if (cmdlet !== undefined && allowance.allowsCmdlet(cmdlet.name)) return true;
    const name = plan.cmdlet.slice(0, 80);
    await this.#stop(
      id,
      cmdlet === undefined
        ? `The worker ${worker} knows no cmdlet ${JSON.stringify(name)}.`
        : `The worker ${worker} is not allowed to run ${name}.`,
    );
    return false;
  }

  async #rows(run: LoadedRun, indexes: readonly number[]): Promise<ReadonlyMap<number, StoredTarget>> {
    const { store } = this.#services;
    const rows = new Map<number, StoredTarget>();
    const sorted = [...indexes].sort((one, other) => one - other);
    // Numbers that follow each other are read at once.
    for (let at = 0; at < sorted.length; ) {
      const from = sorted[at] ?? 0;
      let to = from + 1;
      for (at += 1; sorted[at] === to; at += 1) to += 1;
      const found = await store.targets(run.id, from, to);
      for (const [offset, target] of found.entries()) if (target !== undefined) rows.set(from + offset, target);
    }
    return rows;
  }

  /** Undefined: nothing more is to be done there. */
  async #try(
    run: LoadedRun,
    index: number,
    target: StoredTarget | undefined,
    state: TryState,
  ): Promise<TryState | undefined> {
    const { watch, now, isClosing, figures, onWarning } = this.#services;
    const { cmdlet } = run;
    if (cmdlet === undefined || watch.isStopped(run.id)) return undefined;
    if (isClosing()) return { ...state, at: 0 };
    if (target === undefined) {
      onWarning(`Target ${index} of run ${run.id} is not to be read; nothing is done.`);
      return undefined;
    }
    const begun = performance.now();
    const read = watch.read(run.id);
    figures.tried();
    let result: TryResult;
    try {
      const attempt = { run, cmdlet, index, target, attempt: state.n + 1, signal: read.signal };
      result = await tryTarget(this.#services, attempt);
    } catch (error) {
      // Redis took no lease, or none of its answers came: what was begun is in the journal, and no try is lost.
      if (state.w >= MOST_WAITS) throw error;
      onWarning(
        `${target.computer} could not be tried: ${error instanceof Error ? error.message.slice(0, 300) : String(error)}`,
      );
      return { ...state, w: state.w + 1, at: now() + Math.min(LONGEST_DELAY_MS, 250 * 2 ** Math.min(state.w, 10)) };
    } finally {
      read.leave();
    }
    switch (result.kind) {
      case 'settled':
        await this.#settle(
          run,
          index,
          target,
          result,
          Math.min(state.n + 1, run.plan.attempts),
          performance.now() - begun,
        );
        return undefined;
      case 'held': {
        figures.waited();
        const wait = Math.min(result.forMs, 2_000, 100 * 2 ** Math.min(state.w, 10));
        return { ...state, w: state.w + 1, at: now() + jittered(wait) };
      }
      case 'again':
        return { n: state.n + 1, w: 0, at: now() + this.#delay(run, result.when, state.n) };
      case 'nothing':
        // A read that was given up since this worker ends goes back; one whose run was stopped does not.
        return isClosing() && !watch.isStopped(run.id) ? { ...state, at: 0 } : undefined;
    }
  }

  #delay({ plan }: LoadedRun, when: 'soon' | 'later', before: number): number {
    const [first, longest] =
      when === 'soon' ? [plan.attemptDelayMs, LONGEST_RETRY_MS] : [LATER * plan.attemptDelayMs, LONGEST_LATER_MS];
    return jittered(Math.min(longest, first * 2 ** before));
  }

  async #settle(
    run: LoadedRun,
    index: number,
    target: StoredTarget,
    { outcome, holding, stops }: TryResult & { readonly kind: 'settled' },
    attempt: number,
    ms: number,
  ): Promise<void> {
    const { store, persist, now, figures } = this.#services;
    // First of all: nothing more is to be begun meanwhile.
    if (stops !== undefined) await this.#stop(run.id, stops);
    const whole: StoredOutcome = { ...outcome, attempt, ms: Math.round(ms), at: new Date(now()).toISOString() };
    const isNew = await persist('An outcome', () => store.settle(run.id, index, whole, holding));
    if (!isNew) return;
    figures.settled(whole);
    await this.#tell({ ...whole, target: target.computer, index, site: target.site ?? run.plan.site }, run.id);
  }

  async #tell(outcome: FleetOutcome, run: string): Promise<void> {
    const { onOutcome, onWarning } = this.#services;
    if (onOutcome === undefined) return;
    try {
      await onOutcome(outcome, run);
    } catch (error) {
      onWarning(`onOutcome failed for ${outcome.target}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  async #stop(run: string, why: string): Promise<void> {
    const { store, watch, persist } = this.#services;
    watch.stop(run);
    await persist('The end of a run', () => store.stop(run, 'stopped', why));
  }

  async #later(job: Job, token: string, delayMs: number): Promise<never> {
    const { bullmq } = this.#services.engine;
    await job.moveToDelayed(Date.now() + delayMs, token);
    throw new bullmq.DelayedError();
  }
}

function jittered(ms: number): number {
  return ms * (0.5 + Math.random() / 2);
}
