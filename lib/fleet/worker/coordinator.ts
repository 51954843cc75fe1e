import { type FleetQueues, type SiteQueueKind, siteQueueName } from '../engine/fleet-queues.js';
import type { FleetEngine, Job, JobsOptions } from '../engine/load-engine.js';
import { nextPart, type StageBounds, stageBounds } from '../plan/stage-windows.js';
import { PLAN_VERSION } from '../plan/stored-plan.js';
import type { FleetStore } from '../store/fleet-store.js';
import type { KeptLists } from '../store/kept-lists.js';
import { type ControlJobData, readControlJob } from './job-data.js';
import type { LoadedRun, LoadedRuns } from './loaded-runs.js';

/** What the coordinators of a worker share. */
export interface CoordinatorServices {
  readonly engine: FleetEngine;
  readonly store: FleetStore;
  readonly lists: KeptLists;
  readonly queues: FleetQueues;
  readonly runs: LoadedRuns;
  readonly onWarning: (text: string) => void;
}

/** How often what has no outcome is laid out again: its workers died too often, or the engine gave the job up. */
const ROUNDS = 3;
/** Computers that are tried alone, one after the other, until one has let the credential in. */
const PROBES = 10;
/** Jobs that are laid out at a time. */
const BULK = 1_000;
const NEWER_DELAY_MS = 30_000;
/** What fails before a logon, or without an answer to it. */
const WITHOUT_LOGON: ReadonlySet<string> = new Set([
  'ERR_NAME_NOT_RESOLVED',
  'ERR_CONNECTION_REFUSED',
  'ERR_CONNECTION_LOST',
  'ERR_TIMEOUT',
  'ERR_TLS',
  'ERR_AUTHORIZATION',
  'ERR_SECRET_UNAVAILABLE',
]);

/**
 * The coordinator of a run is one job of the engine, which lays a stage's jobs out under itself and sleeps until the last of them has ended. Any worker
 * continues it, from what stands in its data; no process holds a run.
 */
export class Coordinator {
  readonly #services: CoordinatorServices;

  constructor(services: CoordinatorServices) {
    this.#services = services;
  }

  async work(job: Job, token: string): Promise<void> {
    const { runs, onWarning, store } = this.#services;
    const { bullmq } = this.#services.engine;
    const data = readControlJob(job.data);
    const run = data === undefined || data === 'newer' ? data : await runs.load(data.run);
    if (data === 'newer' || run === 'newer') {
      onWarning(`The run of job ${job.id} was written by a newer version; it is left to a newer worker.`);
      await job.moveToDelayed(Date.now() + NEWER_DELAY_MS, token);
      throw new bullmq.DelayedError();
    }
    if (data === undefined || run === undefined) {
      onWarning(`The job ${job.id} is none of this library's, or its run is gone; nothing is done.`);
      return;
    }
    try {
      await store.adopt(run.id, run.plan);
      await new RunCoordinator(this.#services, job, token, run, data).work();
    } catch (error) {
      const isOrder = error instanceof bullmq.DelayedError || error instanceof bullmq.WaitingChildrenError;
      if (!isOrder && job.attemptsMade + 1 >= (job.opts.attempts ?? 1)) await this.#giveUp(run, error);
      throw error;
    }
  }

  /** The engine drops a job that failed so often, and nobody would go on with the run: it would be under way for ever. */
  async #giveUp({ id, plan }: LoadedRun, error: unknown): Promise<void> {
    const { store } = this.#services;
    const why = error instanceof Error ? error.message.slice(0, 300) : String(error);
    await store.stop(id, 'stopped', `Its coordinator failed again and again: ${why}`);
    await store.end(id, plan.retentionDays);
  }
}

class RunCoordinator {
  readonly #services: CoordinatorServices;
  readonly #job: Job;
  readonly #token: string;
  readonly #run: LoadedRun;
  readonly #stages: readonly StageBounds[];
  #step: ControlJobData;

  constructor(services: CoordinatorServices, job: Job, token: string, run: LoadedRun, step: ControlJobData) {
    this.#services = services;
    this.#job = job;
    this.#token = token;
    this.#run = run;
    this.#stages = stageBounds(run.plan.stages, run.total);
    this.#step = step;
  }

  async work(): Promise<void> {
    const { store, engine } = this.#services;
    const { id, plan } = this.#run;
    for (;;) {
      const stage = this.#stages[this.#step.stage];
      const record = await store.record(id);
      if (record === undefined || record === 'newer') return;
      if (stage === undefined || record.stop !== undefined || record.ended !== undefined) break;
      const to = this.#isProbe ? this.#step.from + 1 : nextPart(stage, this.#step.from, plan.jobSize);
      if (!this.#step.added) {
        await store.setStage(id, this.#step.stage);
        await this.#layOut(this.#step.from, to);
        await this.#go({ added: true });
      }
      if (await this.#job.moveToWaitingChildren(this.#token)) throw new engine.bullmq.WaitingChildrenError();
      await this.#judge(stage, to);
    }
    // Changes in flight are finished, and have their outcomes, before what was sent and has none is called unknown.
    if (await this.#job.moveToWaitingChildren(this.#token)) throw new engine.bullmq.WaitingChildrenError();
    await store.end(id, plan.retentionDays);
  }

  get #isProbe(): boolean {
    return this.#run.plan.probes && this.#step.stage === 0 && this.#stages.length > 1;
  }

  /** All jobs of a part have ended: goes on, lays out again what has no outcome, or stops the run. */
  async #judge(stage: StageBounds, to: number): Promise<void> {
    const { store } = this.#services;
    const record = await store.record(this.#run.id);
    if (record === undefined || record === 'newer' || record.stop !== undefined) return;
    const bad = record.failed + record.unknown;
    const lost = to - record.ok - bad;
    if (lost > 0) {
      if (this.#step.round < ROUNDS) return this.#go({ round: this.#step.round + 1, added: false });
      return this.#stop(`${lost} computers have no outcome: their jobs were given up by the engine, again and again.`);
    }
    const failed = bad - this.#step.failedBefore;
    const share = failed / Math.max(1, to - stage.from);
    if (!this.#isProbe && share > stage.maxFailedShare)
      return this.#stop(this.#tooMany(stage, failed, to - stage.from));
    await this.#go(await this.#next(stage, to, bad));
  }

  async #next(stage: StageBounds, to: number, bad: number): Promise<Partial<ControlJobData>> {
    const part = { from: to, round: 0, added: false };
    const nextStage = { ...part, stage: this.#step.stage + 1, failedBefore: bad };
    if (!this.#isProbe) return to < stage.to ? part : nextStage;
    const [outcome] = await this.#services.store.outcomes(this.#run.id, to - 1, to);
    const hasLoggedOn =
      outcome === undefined || outcome.state === 'ok' || !WITHOUT_LOGON.has(outcome.error?.code ?? '');
    return hasLoggedOn || to >= Math.min(PROBES, this.#run.total) ? nextStage : part;
  }

  #tooMany(stage: StageBounds, failed: number, of: number): string {
    const percent = (share: number) => `${Math.round(share * 1_000) / 10} %`;
    const number = this.#stages.indexOf(stage) + 1;
    return `In stage ${number}, ${failed} of ${of} computers failed (${percent(failed / of)}), and ${percent(stage.maxFailedShare)} were allowed.`;
  }

  async #stop(why: string): Promise<void> {
    await this.#services.store.stop(this.#run.id, 'stopped', why);
  }

  async #go(changes: Partial<ControlJobData>): Promise<void> {
    this.#step = { ...this.#step, ...changes };
    await this.#job.updateData(this.#step);
  }

  /** Ids follow from what is laid out: a coordinator that dies in between, and begins again, adds nothing twice. */
  async #layOut(from: number, to: number): Promise<void> {
    const { store, lists } = this.#services;
    const { id, plan } = this.#run;
    const limited = await lists.limitedSites();
    const pieces = new Map<string, number[]>();
    let jobs: [site: string, targets: readonly number[]][] = [];
    const flush = async (all: boolean) => {
      if (all) for (const [site, targets] of pieces) jobs.push([site, targets]);
      if (all) pieces.clear();
      if (all || jobs.length >= BULK) {
        await this.#add(jobs);
        jobs = [];
      }
    };
    for (let at = from; at < to; at += BULK) {
      const rows = await store.targets(id, at, Math.min(to, at + BULK));
      const indexes = rows.map((_, offset) => at + offset);
      const open = this.#step.round === 0 ? indexes : await store.open(id, indexes);
      for (const index of open) {
        const site = rows[index - at]?.site ?? plan.site;
        const piece = pieces.get(site) ?? [];
        piece.push(index);
        pieces.set(site, piece);
        // With one computer a job, a site's limits count computers exactly.
        if (piece.length < (limited.has(site) ? 1 : plan.jobSize)) continue;
        jobs.push([site, piece]);
        pieces.delete(site);
      }
      await flush(false);
    }
    await flush(true);
  }

  async #add(jobs: readonly (readonly [site: string, targets: readonly number[]])[]): Promise<void> {
    const { id, plan } = this.#run;
    const kind: SiteQueueKind = plan.changes ? 'change' : 'read';
    const { queueQualifiedName, id: parentId = '' } = this.#job;
    const opts: JobsOptions = {
      parent: { id: parentId, queue: queueQualifiedName },
      // One that fails would leave its parent waiting for ever.
      ignoreDependencyOnFailure: true,
      removeOnComplete: true,
      removeOnFail: true,
    };
    const bySite = new Map<string, { name: string; data: object; opts: JobsOptions }[]>();
    for (const [site, targets] of jobs) {
      const list = bySite.get(site) ?? [];
      bySite.set(site, list);
      const jobId = `${id}-${this.#step.round}-${targets[0]}`;
      list.push({ name: plan.cmdlet, data: { v: PLAN_VERSION, run: id, targets }, opts: { ...opts, jobId } });
    }
    for (const [site, list] of bySite) {
      await this.#services.queues.queue(siteQueueName(site, kind)).addBulk(list);
    }
  }
}
