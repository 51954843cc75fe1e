import { randomUUID } from 'node:crypto';
import type { SavedConfiguration } from 'cimlet/pairs';
import { type AppliedRow, type Change, LIMITS, type Plan, type Problem } from '../bridge.js';
import { ConsoleError, refuse } from './problem.js';
import type { Run } from './run.js';

const LIFETIME_MS = LIMITS.planMinutes * 60_000;
const MOST = 100;

/** What came of a plan. */
export interface Outcome {
  readonly sentence: string;
  readonly changed: Problem['changed'];
  readonly differencesNow: number | null;
  readonly results: readonly {
    readonly server: string;
    readonly how: AppliedRow['state'];
    readonly what: string | null;
  }[];
  readonly refused: readonly string[];
  /** The first thing that failed; null when all went well. */
  readonly problem: Problem | null;
  readonly saved: readonly SavedConfiguration[];
  readonly undo: readonly Change[];
}

/** A plan, and the one thing that it does. */
export interface Planned {
  readonly plan: Plan;
  /** Pairs that it is about. */
  readonly keys: readonly string[];
  /** Of the activity that it puts back. */
  readonly putsBack: string | null;
  readonly apply: (run: Run<'apply'>, typed: string | null) => Promise<Outcome>;
}

export type PlanParts = Omit<Plan, 'id' | 'expiresAt'>;

/** The plans of this sign-in: ten minutes each, each applied once. */
export class PlanStore {
  readonly #plans = new Map<string, Planned>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  keep(parts: PlanParts, more: Omit<Planned, 'plan'>): Plan {
    const expiresAt = new Date(this.#now() + LIFETIME_MS).toISOString();
    const plan: Plan = { ...parts, id: randomUUID(), expiresAt };
    this.#plans.set(plan.id, { plan, ...more });
    const [oldest] = this.#plans.keys();
    if (this.#plans.size > MOST && oldest !== undefined) this.#plans.delete(oldest);
    return plan;
  }

  /**
   * The plan of this id, which is used up with it; one for which something else was to be typed is not.
   * @throws ConsoleError `NO_PLAN`, `TYPED`, or what stands in the way of it.
   */
  take(id: string, typed: string | null): Planned {
    const planned = this.#plans.get(id);
    if (planned === undefined || Date.parse(planned.plan.expiresAt) <= this.#now()) {
      this.#plans.delete(id);
      throw refuse('NO_PLAN', 'This plan has ended. Nothing was sent.', 'Look again.');
    }
    const { type, blocked } = planned.plan;
    if (blocked !== null) throw new ConsoleError(blocked);
    if (type !== null && typed !== type)
      throw refuse('TYPED', `It has to be typed as it stands there: ${type}`, 'Type it again.');
    this.#plans.delete(id);
    return planned;
  }

  forget(): void {
    this.#plans.clear();
  }
}
