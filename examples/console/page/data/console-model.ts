import { createContext } from 'preact';
import { useContext, useEffect } from 'preact/hooks';
import type {
  AppliedRow,
  ApplyResult,
  Bridge,
  ConsoleState,
  EntryRow,
  FleetRow,
  Plan,
  Problem,
  Progress,
  ScopeRow,
  Stop,
} from '../../bridge.js';
import { progressWords } from './announced-progress.js';
import { type Cell, cell, useCell } from './cell.js';
import { ask, problemFrom, Reading } from './reading.js';

/** A plan that is being applied, or was: shown at the foot of every screen until it is closed. */
export interface RunView {
  readonly number: number;
  readonly plan: Plan;
  readonly startedAt: number;
  readonly progress: Progress | null;
  readonly rows: ReadonlyMap<string, AppliedRow>;
  readonly problems: readonly Problem[];
  readonly stopping: 'no' | 'after-these' | 'now';
  readonly end: {
    readonly how: 'done' | 'stopped' | 'failed';
    readonly result: ApplyResult | null;
    readonly problem: Problem | null;
  } | null;
  readonly stop: Stop;
}

/** What is said to those who do not see the screen, and shown for a moment to those who do. */
export interface Announcement {
  readonly text: string;
  readonly isAlert: boolean;
}

export class ConsoleModel {
  readonly bridge: Bridge;
  /** Null until the engine has answered. */
  readonly state: Cell<ConsoleState | null> = cell<ConsoleState | null>(null);
  /** Why the engine cannot be asked at all: no token, or it has ended. */
  readonly unreachable = cell<Problem | null>(null);
  readonly fleet: Reading<'fleet'>;
  readonly pairs: Reading<'pairs'>;
  readonly scopes: Reading<'entries'>;
  readonly runs = cell<readonly RunView[]>([]);
  readonly announcement = cell<Announcement>({ text: '', isAlert: false });
  /** The dialog to sign in again, and why; the server for which, or null for all. */
  readonly signInFor = cell<{ readonly server: string | null; readonly why?: string } | null>(null);
  #runs = 0;

  constructor(bridge: Bridge) {
    this.bridge = {
      api: bridge.api,
      run: (method, params, listen) =>
        bridge.run(method, params, (event) => {
          if (event.type === 'end' && event.problem !== null) this.#notice(event.problem);
          listen(event);
        }),
    };
    this.fleet = new Reading(this.bridge, 'fleet', ({ server }) => server, keepFigures);
    this.pairs = new Reading(this.bridge, 'pairs', ({ key }) => key);
    this.scopes = new Reading(this.bridge, 'entries', rowKey);
    for (const reading of [this.fleet, this.pairs]) {
      const tell = progressWords((text) => this.announce(text));
      reading.view.watch(() => tell(reading.view.get()));
    }
  }

  async start(): Promise<void> {
    try {
      this.state.set(await ask(this.bridge, 'state', {}));
      this.unreachable.set(null);
    } catch (error) {
      this.unreachable.set(problemFrom(error));
    }
  }

  /** Another logon, or none: what the one before has seen is not shown any more. */
  setState(state: ConsoleState, keepRows: boolean): void {
    if (!keepRows) for (const reading of [this.fleet, this.pairs, this.scopes]) reading.clear();
    this.state.set(state);
    this.unreachable.set(null);
  }

  announce(text: string, isAlert = false): void {
    this.announcement.set({ text, isAlert });
  }

  /** Applies a plan, and shows how it goes. Gives what `until` was called with first: that it has begun, or its end. */
  apply(plan: Plan, typed: string | null): Promise<RunView> {
    const number = ++this.#runs;
    return new Promise((resolve) => {
      let stopBridge: Stop = () => {};
      const stop: Stop = (how) => {
        change({ stopping: how });
        stopBridge(how);
      };
      let run: RunView = {
        number,
        plan,
        startedAt: Date.now(),
        progress: null,
        rows: new Map(),
        problems: [],
        stopping: 'no',
        end: null,
        stop,
      };
      let isShown = false;
      const change = (values: Partial<RunView>): void => {
        run = { ...run, ...values };
        if (isShown) this.runs.set(this.runs.get().map((one) => (one.number === number ? run : one)));
      };
      // One target is waited for in the dialog; several go on at the foot of the screen.
      const show = (): void => {
        if (isShown) return;
        isShown = true;
        this.runs.set([...this.runs.get().filter(({ end }) => end === null), run]);
        if (plan.relationships.length > 1) resolve(run);
      };
      stopBridge = this.bridge.run('apply', { id: plan.id, typed }, (event) => {
        if (event.type === 'rows')
          change({ rows: new Map([...run.rows, ...event.rows.map((row) => [row.key, row] as const)]) });
        else if (event.type === 'progress') {
          const { done, failed, atWork, total } = event;
          change({ progress: { done, failed, atWork, total } });
        } else if (event.type === 'problem') change({ problems: [...run.problems, event.problem] });
        else {
          const rows = event.result === null ? cutRows(run.rows) : run.rows;
          change({ rows, end: { how: event.how, result: event.result, problem: event.problem } });
        }
        if (event.type !== 'end' && plan.relationships.length > 1) show();
        if (event.type !== 'end') return;
        const isRefused = event.problem !== null && REFUSALS.has(event.problem.code);
        if (!isRefused && event.how === 'done') show();
        const text = event.result?.sentence ?? event.problem?.what ?? 'It was stopped.';
        if (!isRefused) this.announce(text, event.how === 'failed');
        resolve(run);
        if (plan.kind !== 'replicate') return;
        void this.#readAgain(run, (row) => change({ rows: new Map([...run.rows, [row.key, row]]) }));
      });
    });
  }

  /** What was cut is not known, until both servers are read again. */
  async #readAgain({ rows }: RunView, tell: (row: AppliedRow) => void): Promise<void> {
    for (const row of [...rows.values()].filter(({ state }) => state === 'notKnown')) {
      try {
        const { verdict, counts } = await ask(this.bridge, 'compare', { key: row.key, reservationOptions: [] });
        if (verdict === 'inStep' || verdict === 'different') tell({ ...row, differencesNow: counts.differences });
      } catch {
        // It stays not known.
      }
    }
  }

  closeRun(number: number): void {
    this.runs.set(this.runs.get().filter((run) => run.number !== number));
  }

  /** What concerns the whole console, whoever asked. */
  #notice({ code, what }: Problem): void {
    if (code === 'ENGINE_ENDED' || code === 'NO_TOKEN') {
      this.unreachable.set({ code, where: null, what, remedy: null, changed: 'not known', again: true, record: null });
    }
    const state = this.state.get();
    if (code === 'NOT_SIGNED_IN' && state?.signedIn) this.signInFor.set({ server: null, why: what });
  }
}

/** The last run that has come to its end; 0 for none. What was read before may be another thing now. */
export function lastEnded(runs: readonly RunView[]): number {
  return runs.reduce((last, { end, number }) => (end === null ? last : Math.max(last, number)), 0);
}

/** The engine has not told its end: what was at work is not known, and what waited was not begun. */
function cutRows(rows: RunView['rows']): RunView['rows'] {
  const states: Partial<Record<AppliedRow['state'], AppliedRow['state']>> = { atWork: 'notKnown', waiting: 'notBegun' };
  return new Map([...rows].map(([key, row]) => [key, { ...row, state: states[row.state] ?? row.state }] as const));
}

/** Nothing was sent: the dialog stays open and says why. */
const REFUSALS: ReadonlySet<string> = new Set(['CHANGED', 'NO_PLAN', 'TYPED', 'REFUSED', 'NOT_SIGNED_IN']);

/** A server that is silent now has the figures of its last answer, with their age. */
function keepFigures(row: FleetRow, old: FleetRow): FleetRow {
  if (row.problem === null || row.scopes !== null || old.scopes === null) return row;
  const { scopes, fullest, relationships, readAt } = old;
  return { ...row, scopes, fullest, relationships, readAt };
}

function rowKey(row: ScopeRow | EntryRow): string {
  return row.kind === 'scope' ? row.key : row.address;
}

const ModelContext = createContext<ConsoleModel | null>(null);
export const ModelProvider = ModelContext.Provider;

export function useModel(): ConsoleModel {
  const model = useContext(ModelContext);
  if (model === null) throw new Error('Outside of the console.');
  return model;
}

/** The time, every few seconds: for ages. */
const TICK_MS = 5000;
const now = cell(Date.now());
setInterval(() => {
  if (!document.hidden) now.set(Date.now());
}, TICK_MS);
export function useNow(): number {
  return Math.max(useCell(now), 0);
}

interface Polled {
  readonly read: (isByItself: boolean) => void;
  readonly everyMs: number;
  readonly lastAt: () => number | null;
  readonly isReading: () => boolean;
  /** Everything failed the same way: it is tried again sooner, and when the network says that it is back. */
  readonly isOffline: () => boolean;
}

/** When nobody answers: every so often. */
const OFFLINE_MS = 30_000;

/** Reads when the screen opens and every so often while it is seen, never twice at a time. */
export function usePolling({ read, everyMs, lastAt, isReading, isOffline }: Polled): void {
  useEffect(() => {
    const due = (): void => {
      if (document.hidden || isReading()) return;
      const last = lastAt();
      if (last === null || Date.now() - last >= (isOffline() ? Math.min(OFFLINE_MS, everyMs) : everyMs)) read(true);
    };
    const back = (): void => {
      if (isOffline()) read(true);
    };
    due();
    const timer = setInterval(due, TICK_MS);
    document.addEventListener('visibilitychange', due);
    addEventListener('online', back);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', due);
      removeEventListener('online', back);
    };
  }, []);
}
