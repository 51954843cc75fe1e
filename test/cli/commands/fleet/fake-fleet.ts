import type {
  Fleet,
  FleetOptions,
  FleetOutcome,
  FleetPlan,
  FleetRun,
  FleetSchedule,
  FleetStatus,
  FleetTarget,
  FleetWorker,
  FleetWorkerOptions,
} from '../../../../lib/fleet/index.js';

type Rows = Iterable<string | FleetTarget> | AsyncIterable<string | FleetTarget>;

/** A status of a run that has ended well, but for what a test says. */
export function statusOf(more: Partial<FleetStatus> = {}): FleetStatus {
  return {
    run: '11111111-2222-4333-8444-555555555555',
    cmdlet: 'Get-DhcpServerv4Scope',
    state: 'ended',
    end: 'done',
    submitted: '2026-11-30T02:00:00.000Z',
    ended: '2026-11-30T02:00:12.000Z',
    total: 2,
    settled: 2,
    ok: 2,
    found: 0,
    failed: 0,
    unknown: 0,
    skipped: 0,
    stage: 2,
    stages: 2,
    workers: 1,
    ...more,
  };
}

export function outcomeOf(target: string, more: Partial<FleetOutcome> = {}): FleetOutcome {
  return { target, index: 0, site: 'default', state: 'ok', attempt: 1, ms: 20, ...more };
}

/** A fleet that remembers what it was told, and has the runs that a test gives it. */
export class FakeFleet implements Fleet {
  readonly name = 'default';
  readonly opened: FleetOptions[] = [];
  readonly workersStarted: FleetWorkerOptions[] = [];
  readonly plans: FleetPlan[] = [];
  readonly targets: (string | FleetTarget)[] = [];
  readonly lists = new Map<string, (string | FleetTarget)[]>();
  readonly scheduled: [name: string, cron: string, plan: FleetPlan | undefined, zone: string | undefined][] = [];
  readonly said: string[] = [];
  statuses: readonly FleetStatus[] = [statusOf()];
  found: readonly FleetOutcome[] = [];
  schedulesKnown: readonly FleetSchedule[] = [];
  /** Whether a watch comes to the end of its statuses, or goes on until it is aborted. */
  endless = false;
  /** Called when an endless watch has told all its statuses, and the next one is asked for. */
  onWaiting: () => void = () => {};

  readonly door = {
    openFleet: async (options: FleetOptions) => {
      this.opened.push(options);
      return this;
    },
    startFleetWorker: async (options: FleetWorkerOptions): Promise<FleetWorker> => {
      this.workersStarted.push(options);
      return {
        id: 'worker-1',
        running: 3,
        metrics: async () => 'cimlet_outcomes_total 7\n',
        close: async (how) => {
          this.said.push(`worker closed within ${how?.graceMs} ms`);
        },
        [Symbol.asyncDispose]: async () => {},
      };
    },
  };

  async start(plan: FleetPlan): Promise<FleetRun> {
    if (!('list' in plan.targets)) for await (const target of plan.targets as Rows) this.targets.push(target);
    this.plans.push(plan);
    return this.#run();
  }

  async preview(plan: FleetPlan) {
    await this.start(plan);
    const stages = [
      { computers: 1, maxFailedShare: 0 },
      { computers: this.targets.length - 1, maxFailedShare: 0.02 },
    ];
    return { cmdlet: plan.cmdlet, changes: false, total: this.targets.length, sites: { EMEA: 1, default: 1 }, stages };
  }

  async run(id: string): Promise<FleetRun> {
    this.said.push(`run ${id}`);
    return this.#run();
  }

  async *runs() {
    yield this.#run();
  }

  async retry(_run: FleetRun | string, options: object = {}): Promise<FleetRun> {
    this.said.push(`retry ${JSON.stringify(options)}`);
    return this.#run();
  }

  async schedule(
    name: string,
    cron: string,
    plan: FleetPlan | undefined,
    options: { timeZone?: string | undefined } = {},
  ) {
    this.scheduled.push([name, cron, plan, options.timeZone]);
  }

  async schedules() {
    return this.schedulesKnown;
  }

  async setTargets(name: string, targets: Rows | undefined) {
    const kept: (string | FleetTarget)[] = [];
    if (targets !== undefined) for await (const target of targets) kept.push(target);
    this.lists.set(name, kept);
    return kept.length;
  }

  async limitSite() {}

  async workers() {
    return [];
  }

  async check() {
    return [
      { what: 'eviction', verdict: 'refused', found: 'Redis evicts keys.', remedy: 'Set noeviction.' },
      { what: 'version', verdict: 'ok', found: 'It is Redis 7.' },
    ] as const;
  }

  async close() {
    this.said.push('closed');
  }

  async [Symbol.asyncDispose]() {
    await this.close();
  }

  #run(): FleetRun {
    const { statuses, found, endless, onWaiting, said } = this;
    const last = statuses.at(-1) ?? statusOf();
    return {
      id: last.run,
      status: async () => last,
      async *watch({ signal } = {}) {
        yield* statuses;
        if (!endless) return;
        onWaiting();
        if (signal?.aborted) throw new Error('aborted');
        await new Promise<void>((resolve) => signal?.addEventListener('abort', () => resolve(), { once: true }));
        throw new Error('aborted');
      },
      wait: async () => last,
      async *outcomes({ state } = {}) {
        const wanted = state === undefined ? undefined : [state].flat();
        for (const outcome of found) if (wanted === undefined || wanted.includes(outcome.state)) yield outcome;
      },
      cancel: async () => {
        said.push('cancelled');
      },
    };
  }
}
