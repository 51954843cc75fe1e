import type { FleetRunEnd } from '../contract/fleet-status.js';
import { decodePlan, type StoredPlan } from '../plan/stored-plan.js';

/** The state of a run as Redis has it, read. */
export interface RunRecord {
  readonly plan: StoredPlan;
  readonly total: number;
  readonly submitted: number;
  readonly schedule: string | undefined;
  /** A worker has taken it up. */
  readonly isStarted: boolean;
  /** From 0. */
  readonly stage: number;
  readonly ok: number;
  readonly found: number;
  readonly failed: number;
  readonly unknown: number;
  readonly stop: FleetRunEnd | undefined;
  readonly stoppedAt: number;
  readonly reason: string | undefined;
  readonly ended: number | undefined;
}

const ENDS: readonly string[] = ['done', 'cancelled', 'stopped', 'deadline'] satisfies FleetRunEnd[];

/** `newer`: of a version that this library does not know; undefined: no run. */
export function readRunRecord(state: Readonly<Record<string, string>>): RunRecord | 'newer' | undefined {
  const plan = decodePlan(state.plan ?? '');
  if (plan === undefined || plan === 'newer') return plan;
  const number = (name: string) => Number(state[name] ?? 0) || 0;
  return {
    plan,
    total: number('total'),
    submitted: number('submitted'),
    schedule: state.schedule,
    isStarted: state.stage !== undefined,
    stage: number('stage'),
    ok: number('ok'),
    found: number('found'),
    failed: number('failed'),
    unknown: number('unknown'),
    stop: state.stop === undefined ? undefined : endOf(state.stop),
    stoppedAt: number('stoppedAt'),
    reason: state.reason,
    ended: state.ended === undefined ? undefined : number('ended'),
  };
}

function endOf(text: string): FleetRunEnd {
  return ENDS.includes(text) ? (text as FleetRunEnd) : 'stopped';
}
