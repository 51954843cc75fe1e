import { BoundedMemo } from '../../base/collections/bounded-memo.js';
import type { Cmdlet } from '../../cmdlet/contract/cmdlet.js';
import type { KnownCmdlets } from '../plan/known-cmdlets.js';
import type { StoredPlan } from '../plan/stored-plan.js';
import type { FleetStore } from '../store/fleet-store.js';

/** A run's plan, as every job of it needs it. */
export interface LoadedRun {
  readonly id: string;
  readonly plan: StoredPlan;
  readonly total: number;
  /** Undefined: this worker does not know it. */
  readonly cmdlet: Cmdlet | undefined;
}

/** Plans are read once: they do not change. */
export class LoadedRuns {
  readonly #store: FleetStore;
  readonly #cmdlets: KnownCmdlets;
  readonly #known = new BoundedMemo<string, LoadedRun>(100);

  constructor(store: FleetStore, cmdlets: KnownCmdlets) {
    this.#store = store;
    this.#cmdlets = cmdlets;
  }

  /** `newer`: a newer version wrote it; undefined: there is no such run, or nobody of ours wrote it. */
  async load(id: string): Promise<LoadedRun | 'newer' | undefined> {
    const known = this.#known.get(id);
    if (known !== undefined) return known;
    const record = await this.#store.record(id);
    if (record === undefined || record === 'newer') return record;
    const { plan, total } = record;
    const loaded = { id, plan, total, cmdlet: this.#cmdlets.find(plan.cmdlet) };
    this.#known.set(id, loaded);
    return loaded;
  }
}
