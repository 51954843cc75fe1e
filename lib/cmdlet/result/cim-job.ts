import { randomUUID } from 'node:crypto';
import { LONGEST_TIMER_MS } from '../../base/clock.js';
import { invalidArgument } from '../../base/errors.js';
import type { ErrorRecord } from '../contract/error-record.js';
import type { Invocation, InvocationSummary } from '../run/invocation.js';
import type { InvocationObserver, TargetOutcome } from '../run/invocation-observer.js';
import type { TargetRun } from '../run/target-run.js';
import { CimChildJob, isFinished, type JobState, nextJobId, type ReceiveOptions } from './child-job.js';

let lastNumber = 0;

export interface WaitOptions {
  /** Milliseconds, 0 for no wait; absent: until the job is finished. */
  readonly timeoutMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * A cmdlet that runs in the background (`AsJob`): a parent with one child for each target. It lives as long as the process, whether somebody
 * waits for it or not, and it never rejects: failures are its state and its error records.
 */
export class CimJob<T> implements AsyncDisposable {
  readonly id: number = nextJobId();
  readonly instanceId: string = randomUUID();
  /** `CimJob1`, counted within the process. */
  readonly name: string;
  readonly psJobTypeName = 'CimJob';
  /** The cmdlet's name. Its parameters are not part of it, since one may be a secret. */
  readonly command: string;
  readonly beginTime: Date = new Date();
  readonly #children: CimChildJob<T>[] = [];
  readonly #records: ErrorRecord[] = [];
  readonly #invocation: Invocation;
  readonly #finished: Promise<void>;
  #state: JobState = 'Running';
  #endTime: Date | undefined;
  #summary: InvocationSummary | undefined;
  #completed = 0;

  /** @internal `prepare` binds the call; what it throws is thrown. */
  constructor(prepare: (observer: InvocationObserver) => Invocation) {
    const jobs = new Map<TargetRun, CimChildJob<T>>();
    this.#invocation = prepare({
      queued: (run) => {
        const child = new CimChildJob<T>(run.target.computerName);
        jobs.set(run, child);
        this.#children.push(child);
      },
      started: (run) => jobs.get(run)?.enter('Running'),
      output: (run, item) => jobs.get(run)?.add(item as T),
      failed: (run, record) => {
        this.#records.push(record);
        if (run !== undefined) jobs.get(run)?.errors.push(record);
      },
      ended: (run, outcome: TargetOutcome) => {
        this.#completed += 1;
        jobs.get(run)?.enter(outcome);
        jobs.delete(run);
      },
    });
    lastNumber += 1;
    this.name = `CimJob${lastNumber}`;
    this.command = this.#invocation.definition.name;
    this.#finished = this.#invocation.run().then((summary) => this.#finish(summary));
  }

  /** `Failed` when one child failed; `Stopped` after {@link CimJob.stop}. */
  get state(): JobState {
    return this.#state;
  }

  /** The state. */
  get statusMessage(): string {
    return this.#state;
  }

  get childJobs(): readonly CimChildJob<T>[] {
    return this.#children;
  }

  /** The records of all children, in the order in which they came. Receiving does not remove them. */
  get errors(): readonly ErrorRecord[] {
    return this.#records;
  }

  /** Why the whole job ended before its end: a time-out, an abort, a host that failed. */
  get reason(): unknown {
    return this.#summary?.cause;
  }

  /** Computers that were not tried. Known when it is finished. */
  get skipped(): readonly string[] {
    return this.#summary?.skipped ?? [];
  }

  get location(): string {
    return this.#children.map((child) => child.location).join(',');
  }

  get endTime(): Date | undefined {
    return this.#endTime;
  }

  /** How many of the children known so far have ended. */
  get progress(): { readonly completed: number; readonly total: number } {
    return { completed: this.#completed, total: this.#children.length };
  }

  get hasMoreData(): boolean {
    return !isFinished(this.#state) || this.#children.some((child) => child.hasMoreData);
  }

  /** The output since it was last received, child by child; a running job gives what there is. Failures are in {@link CimJob.errors}. */
  receive(options: ReceiveOptions = {}): T[] {
    return this.#children.flatMap((child) => child.receive(options));
  }

  /**
   * Waits until the job is finished or the time is up, and gives its state then. A time that is up does not stop it.
   * @throws CimletError `ERR_INVALID_ARGUMENT` for a time that is not a valid number of milliseconds; the signal's reason.
   */
  async wait(options: WaitOptions = {}): Promise<JobState> {
    const { timeoutMs = Number.POSITIVE_INFINITY, signal } = options;
    if (!(timeoutMs >= 0)) {
      throw invalidArgument('timeoutMs', timeoutMs, 'Give a number of milliseconds, 0 for no wait, or leave it out.');
    }
    signal?.throwIfAborted();
    let release = () => {};
    const givenUp = new Promise<void>((resolve, reject) => {
      const timer = timeoutMs > LONGEST_TIMER_MS ? undefined : setTimeout(resolve, timeoutMs);
      const onAbort = () => reject(signal?.reason);
      signal?.addEventListener('abort', onAbort, { once: true });
      release = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', onAbort);
      };
    });
    await Promise.race([this.#finished, givenUp]).finally(() => release());
    return this.#state;
  }

  /** Stops what runs, does not begin what waits, and resolves when the job is finished. */
  async stop(): Promise<void> {
    if (!isFinished(this.#state)) {
      this.#state = 'Stopping';
      for (const child of this.#children) if (child.state === 'Running') child.enter('Stopping');
      this.#invocation.stop();
    }
    await this.#finished;
  }

  /** Stops it. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  #finish(summary: InvocationSummary): void {
    this.#summary = summary;
    this.#endTime = new Date();
    const failed =
      summary.cause !== undefined ||
      this.#invocation.hadErrors ||
      this.#children.some((child) => child.state === 'Failed');
    this.#state = summary.stopped ? 'Stopped' : failed ? 'Failed' : 'Completed';
  }
}
