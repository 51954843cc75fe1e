import type { CimSessionOptions } from 'cimlet';
import { version } from 'cimlet/package.json';
import type { Bridge, ConsoleState, Method, Params, Results, RunEvent, Stop } from '../bridge.js';
import { Activity } from './activity.js';
import { readActivity } from './activity-rows.js';
import { applyPlan } from './apply.js';
import { checkProtect } from './check-protect.js';
import { findOutWhy } from './check-why.js';
import { readComparison } from './compare.js';
import type { EngineContext } from './context.js';
import { notListed } from './door.js';
import { readAddresses } from './entries.js';
import { findClient } from './find.js';
import { readFleet } from './fleet.js';
import type { KeyStore } from './key-store-door.js';
import { type LabAccess, Logons } from './logons.js';
import { readPairView } from './pair.js';
import { readPairs } from './pairs.js';
import { makePlan } from './plan.js';
import { PlanStore } from './plan-store.js';
import { refuse } from './problem.js';
import { Readings } from './readings.js';
import { pairKey } from './relationship.js';
import { Rights } from './rights.js';
import { Run } from './run.js';
import { saveTable } from './save.js';
import { readScopes } from './scopes.js';
import { ServerList } from './server-list.js';
import { checkedParams } from './validate.js';
import { wordsOf } from './words.js';

export interface EngineOptions {
  /** The user's folder, for the list of servers and for Activity; null: nothing is kept. */
  readonly folder: string | null;
  readonly window: ConsoleState['window'];
  /** Beneath the options of each logon: `connectTo`, `tls`, … */
  readonly base?: CimSessionOptions | undefined;
  readonly keyStore?: KeyStore | undefined;
  /** The laboratory in which the console runs from the start. */
  readonly lab?: LabAccess | undefined;
  /** Starts a laboratory, for "Look around in a lab". */
  readonly startLab?: (() => Promise<LabAccess>) | undefined;
  /** Milliseconds since 1970; for tests. */
  readonly now?: (() => number) | undefined;
}

/** What needs no logon. */
const WITHOUT_LOGON: ReadonlySet<Method> = new Set<Method>(['state', 'signIn', 'signOut', 'servers', 'activity']);

type Handlers = { readonly [M in Method]: (run: Run<M>, params: Params[M]) => Promise<Results[M]> };

/** All that the console does, behind its bridge. It knows neither Electron nor a page. */
export class Engine implements Bridge {
  readonly api = 1;
  readonly #context: EngineContext;
  readonly #options: EngineOptions;
  readonly #runs = new Set<Run<Method>>();
  readonly #handlers: Handlers;
  #lab: LabAccess | undefined;

  private constructor(options: EngineOptions, list: ServerList, activity: Activity) {
    const { base = {}, keyStore = null, startLab = null } = options;
    this.#options = options;
    const logons = new Logons({ base, keyStore, list });
    const readings = new Readings(logons, list, (copy, before) => {
      if (before === null && copy.state === 'Normal') return;
      activity.add({
        who: logons.account,
        kind: 'state',
        keys: [pairKey(copy)],
        what: `${copy.server}: ${copy.name} is ${wordsOf(copy.state).text}${before === null ? '' : `, before ${wordsOf(before).text}`}.`,
        line: null,
        how: 'done',
        results: [],
        effects: [],
        canPutBack: false,
      });
    });
    const now = options.now ?? Date.now;
    const [plans, rights] = [new PlanStore(now), new Rights()];
    this.#context = { list, logons, readings, activity, plans, rights, comparisons: new Map(), startLab, now };
    this.#handlers = this.#handlersOf(this.#context);
  }

  static async open(options: EngineOptions): Promise<Engine> {
    const now = options.now ?? Date.now;
    const engine = new Engine(options, await ServerList.of(options.folder), await Activity.of(options.folder, now));
    if (options.lab !== undefined) await engine.#enterLab(options.lab);
    return engine;
  }

  /** As {@link Bridge.run}; method and params are looked at before anything else is done with them. */
  run<M extends Method>(method: M, params: Params[M], listen: (event: RunEvent<M>) => void): Stop {
    const run = new Run<M>(listen);
    const kept = run as unknown as Run<Method>;
    this.#runs.add(kept);
    // The listener hears nothing before it has what stops the run.
    queueMicrotask(() => {
      this.#work(method, params, run)
        .then(
          (result) => run.end(result, undefined),
          (error: unknown) => run.end(null, error ?? new Error('Nothing was said.')),
        )
        .finally(() => this.#runs.delete(kept));
    });
    return (how) => run.stop(how);
  }

  /** Aborts what is under way and forgets every logon. */
  async close(): Promise<void> {
    for (const run of this.#runs) run.stop('now');
    await this.#context.logons.signOut();
    await this.#lab?.close();
    await this.#context.activity.written().catch(() => undefined);
  }

  async #work<M extends Method>(method: M, params: unknown, run: Run<M>): Promise<Results[M]> {
    const checked = checkedParams(method, params);
    if (!WITHOUT_LOGON.has(method)) this.#context.logons.requireSignedIn();
    return await this.#handlers[method](run, checked);
  }

  #handlersOf(context: EngineContext): Handlers {
    const { list, logons } = context;
    return {
      state: () => this.#state(),
      signIn: async (run, params) => {
        if (params.how === 'lab') await this.#useLab();
        const first = params.server === null ? list.names : [list.nameOf(params.server) ?? params.server];
        const strange = first.find((server) => list.nameOf(server) === undefined);
        // A page that was taken over could have a password, or what is remembered, shown to a server of its own.
        if (strange !== undefined) throw notListed(strange);
        await logons.signIn(params, first, run.signal);
        if (!params.onlyThere) this.#forget();
        context.rights.forget();
        return await this.#state();
      },
      signOut: async (own, { forget }) => {
        for (const run of this.#runs) if (Object(run) !== own) run.stop('now');
        await logons.signOut();
        this.#forget();
        if (forget) await this.#options.keyStore?.forget();
        return await this.#state();
      },
      servers: async (run, { add, remove }) => {
        await list.remove(remove);
        const result = add === null ? { added: [], refused: [] } : await list.add(add);
        run.row(...list.rows);
        return result;
      },
      fleet: (run, params) => readFleet(context, run, params),
      pairs: (run, params) => readPairs(context, run, params),
      pair: (run, params) => readPairView(context, run, params),
      compare: (run, params) => readComparison(context, run, params),
      entries: (run, params) =>
        params.kind === 'scopes' ? readScopes(context, run, params) : readAddresses(context, run, params),
      find: (run, params) => findClient(context, run, params),
      check: async (run, params) => {
        if (params.kind === 'why') return await findOutWhy(context, run, params);
        return (await checkProtect(context, params, run.signal, (row) => run.row(row))).result;
      },
      plan: (run, params) => makePlan(context, run, params),
      apply: (run, params) => applyPlan(context, run, params),
      activity: (run, params) => readActivity(context, run, params),
      save: (run, params) => saveTable(context, run, params),
    };
  }

  /** What belongs to a logon ends with it. */
  #forget(): void {
    const { readings, plans, rights, comparisons } = this.#context;
    readings.forget();
    plans.forget();
    rights.forget();
    comparisons.clear();
  }

  async #useLab(): Promise<void> {
    if (this.#lab !== undefined) return;
    const { startLab } = this.#context;
    if (startLab === null) throw refuse('NOT_FOUND', 'This console was started without a lab.', 'Add your servers.');
    await this.#enterLab(await startLab());
  }

  /** Its servers take the place of the list, which stays as it is on the disk. */
  async #enterLab(lab: LabAccess): Promise<void> {
    this.#lab = lab;
    const { list, logons } = this.#context;
    logons.useLab(lab);
    list.forgetFolder();
    await list.remove(list.names);
    const lines = lab.servers.map(({ server, site }) => (site === null ? server : `${server} # ${site}`));
    await list.add(lines.join('\n'));
  }

  async #state(): Promise<ConsoleState> {
    const { list, logons } = this.#context;
    const { keyStore, window } = this.#options;
    const canRemember = (await keyStore?.canRemember()) ?? false;
    return {
      signedIn: logons.state,
      ownLogons: logons.ownLogons,
      uncovered: logons.uncovered,
      isLab: this.#lab !== undefined,
      canRemember,
      remembered: canRemember ? ((await keyStore?.remembered()) ?? null) : null,
      servers: list.rows.length,
      version,
      window,
    };
  }
}
