import type { Bridge, Method, Params, Problem, Progress, Results, Rows, Stop } from '../../bridge.js';
import { type Cell, cell } from './cell.js';

/** What of a method's rows is known by now. Old rows stay, with the time of their reading, until new ones have come. */
export interface ReadingView<M extends Method> {
  readonly rows: readonly Rows[M][];
  readonly result: Results[M] | null;
  readonly isReading: boolean;
  readonly progress: Progress | null;
  /** Of single servers, of the last run. */
  readonly problems: readonly Problem[];
  /** Why the last run as a whole failed. */
  readonly problem: Problem | null;
  readonly startedAt: number | null;
  /** When the last run that came to its end did so. */
  readonly readAt: number | null;
}

/** Four drawings a second: a thousand servers answer faster than anybody reads. */
const BETWEEN_DRAWINGS_MS = 250;

/** One method, read again and again, never twice at a time. */
export class Reading<M extends Method> {
  readonly view: Cell<ReadingView<M>>;
  readonly #bridge: Bridge;
  readonly #method: M;
  readonly #keyOf: (row: Rows[M]) => string;
  readonly #join: (row: Rows[M], old: Rows[M]) => Rows[M];
  #rows = new Map<string, Rows[M]>();
  #stop: Stop | undefined;
  #run = 0;

  /** `join`: what of an old row stays when its new one says less. */
  constructor(bridge: Bridge, method: M, keyOf: (row: Rows[M]) => string, join = (row: Rows[M], _old: Rows[M]) => row) {
    this.#bridge = bridge;
    this.#method = method;
    this.#keyOf = keyOf;
    this.#join = join;
    this.view = cell<ReadingView<M>>(NOTHING as ReadingView<M>);
  }

  /**
   * Reads now. `isPart`: only some of the targets are asked, so that rows that do not come stay.
   */
  read(params: Params[M], isPart = false): void {
    this.#stop?.('now');
    const run = ++this.#run;
    const seen = new Set<string>();
    const problems: Problem[] = [];
    let progress: Progress | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let drawnAt = 0;
    const before = this.view.get();
    this.view.set({ ...before, isReading: true, progress, startedAt: Date.now() });
    const draw = (): void => {
      timer = undefined;
      drawnAt = Date.now();
      this.view.set({ ...this.view.get(), rows: [...this.#rows.values()], progress, problems: [...problems] });
    };
    const drawSoon = (): void => {
      timer ??= setTimeout(draw, Math.max(0, drawnAt + BETWEEN_DRAWINGS_MS - Date.now()));
    };
    this.#stop = this.#bridge.run(this.#method, params, (event) => {
      if (run !== this.#run) return;
      if (event.type === 'rows') {
        for (const row of event.rows) {
          const key = this.#keyOf(row);
          seen.add(key);
          const old = this.#rows.get(key);
          this.#rows.set(key, old === undefined ? row : this.#join(row, old));
        }
        drawSoon();
      } else if (event.type === 'progress') {
        const { done, failed, atWork, total } = event;
        progress = { done, failed, atWork, total };
        drawSoon();
      } else if (event.type === 'problem') {
        problems.push(event.problem);
        drawSoon();
      } else {
        clearTimeout(timer);
        this.#stop = undefined;
        if (event.how === 'done' && !isPart) {
          for (const key of this.#rows.keys()) if (!seen.has(key)) this.#rows.delete(key);
        }
        const isDone = event.how === 'done';
        this.view.set({
          rows: [...this.#rows.values()],
          result: isPart && before.result !== null ? before.result : (event.result ?? before.result),
          isReading: false,
          progress,
          problems,
          problem: event.problem,
          startedAt: this.view.get().startedAt,
          readAt: isDone ? Date.now() : before.readAt,
        });
      }
    });
  }

  stop(): void {
    this.#stop?.('now');
  }

  /** Forgets everything: another account may see other things. */
  clear(): void {
    this.#run++;
    this.#stop?.('now');
    this.#stop = undefined;
    this.#rows = new Map();
    this.view.set(NOTHING as ReadingView<M>);
  }
}

const NOTHING: ReadingView<Method> = {
  rows: [],
  result: null,
  isReading: false,
  progress: null,
  problems: [],
  problem: null,
  startedAt: null,
  readAt: null,
};

/** One run whose result alone counts. @throws the run's {@link Problem}. */
export function ask<M extends Method>(
  bridge: Bridge,
  method: M,
  params: Params[M],
  listen: {
    readonly onRow?: (row: Rows[M]) => void;
    readonly onProgress?: (progress: Progress) => void;
    readonly signal?: AbortSignal;
  } = {},
): Promise<Results[M]> {
  return new Promise((resolve, reject) => {
    const stop = bridge.run(method, params, (event) => {
      if (event.type === 'rows') for (const row of event.rows) listen.onRow?.(row);
      else if (event.type === 'progress') listen.onProgress?.(event);
      else if (event.type === 'end') {
        if (event.how === 'done' && event.result !== null) resolve(event.result);
        else reject(event.problem ?? STOPPED);
      }
    });
    listen.signal?.addEventListener('abort', () => stop('now'), { once: true });
  });
}

export const STOPPED: Problem = {
  code: 'STOPPED',
  where: null,
  what: 'It was stopped.',
  remedy: null,
  changed: 'not known',
  again: true,
  record: null,
};

/** What a caught value says. */
export function problemFrom(error: unknown): Problem {
  if (typeof error === 'object' && error !== null && 'code' in error && 'what' in error) return error as Problem;
  return { ...STOPPED, code: 'PAGE', what: error instanceof Error ? error.message : String(error) };
}
