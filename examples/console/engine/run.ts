import { setMaxListeners } from 'node:events';
import { LIMITS, type Method, type Problem, type Results, type Rows, type RunEvent } from '../bridge.js';
import { ConsoleError, problemOf } from './problem.js';

/** Milliseconds between two messages of rows, and between two of progress: at most four updates of a table a second. */
const PACE_MS = 250;
/** The first rows are not kept waiting. */
const FIRST_MS = 15;

/** One run: what its handler tells goes to the listener in few messages, and what stops it comes from there. */
export class Run<M extends Method> {
  readonly #listen: (event: RunEvent<M>) => void;
  readonly #abort = new AbortController();
  #rows: Rows[M][] = [];
  #progress = { done: 0, failed: 0, atWork: 0, total: 0 };
  #toldProgress = false;
  #timer: NodeJS.Timeout | undefined;
  #pace = FIRST_MS;
  #hasStopped = false;
  #hasEnded = false;
  #failure: Problem | null = null;

  constructor(listen: (event: RunEvent<M>) => void) {
    this.#listen = listen;
    // As many calls as are under way listen to it.
    setMaxListeners(0, this.#abort.signal);
  }

  /** Aborts by "stop now". */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** Nothing new is to be begun. */
  get hasStopped(): boolean {
    return this.#hasStopped;
  }

  stop(how: 'after-these' | 'now'): void {
    this.#hasStopped = true;
    if (how === 'now') this.#abort.abort();
  }

  row(...rows: readonly Rows[M][]): void {
    for (const row of rows) {
      this.#rows.push(row);
      if (this.#rows.length >= LIMITS.rows) this.#flushRows();
    }
    this.#arm();
  }

  /** The run gives a result and has failed all the same: a part of it was not done. */
  failWith(problem: Problem): void {
    this.#failure ??= problem;
  }

  problem(problem: Problem): void {
    this.#tell({ type: 'problem', problem });
  }

  progress(progress: Partial<{ done: number; failed: number; atWork: number; total: number }>): void {
    this.#progress = { ...this.#progress, ...progress };
    this.#toldProgress = true;
    this.#arm();
  }

  /**
   * Works on each, a few at a time, and counts. What the work throws goes to `fail`, and the next one goes on. Begins nothing new after a stop.
   */
  async each<T>(
    targets: readonly T[],
    atATime: number,
    work: (target: T) => Promise<void>,
    fail: (target: T, error: unknown) => void,
  ): Promise<void> {
    this.progress({ total: this.#progress.total + targets.length });
    const queue = targets[Symbol.iterator]();
    const worker = async () => {
      for (const target of queue) {
        if (this.#hasStopped) return;
        this.progress({ atWork: this.#progress.atWork + 1 });
        let failed = 0;
        try {
          await work(target);
        } catch (error) {
          failed = 1;
          fail(target, error);
        }
        const { done, atWork, failed: before } = this.#progress;
        this.progress({ done: done + 1, failed: before + failed, atWork: atWork - 1 });
      }
    };
    await Promise.all(Array.from({ length: Math.min(atATime, targets.length) }, worker));
  }

  /** The last event. */
  end(result: Results[M] | null, error: unknown): void {
    if (this.#hasEnded) return;
    this.#flush();
    this.#hasEnded = true;
    clearTimeout(this.#timer);
    if (error === undefined) {
      const how = this.#hasStopped ? 'stopped' : this.#failure === null ? 'done' : 'failed';
      this.#listen({ type: 'end', how, result, problem: this.#failure });
      return;
    }
    const problem = error instanceof ConsoleError ? error.problem : problemOf(error, null);
    this.#listen({ type: 'end', how: this.signal.aborted ? 'stopped' : 'failed', result: null, problem });
  }

  #tell(event: RunEvent<M>): void {
    if (!this.#hasEnded) this.#listen(event);
  }

  #arm(): void {
    if (this.#timer !== undefined || this.#hasEnded) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#pace = PACE_MS;
      this.#flush();
    }, this.#pace);
    this.#timer.unref();
  }

  #flush(): void {
    this.#flushRows();
    if (!this.#toldProgress) return;
    this.#toldProgress = false;
    this.#tell({ type: 'progress', ...this.#progress });
  }

  #flushRows(): void {
    if (this.#rows.length === 0) return;
    const rows = this.#rows;
    this.#rows = [];
    this.#tell({ type: 'rows', rows });
  }
}
