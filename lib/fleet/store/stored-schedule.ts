import type { FleetPlan } from '../contract/fleet-plan.js';

/** A schedule as Redis has it: the plan, whose targets are a list that is looked up when it is due. */
export interface StoredSchedule {
  readonly v: 1;
  readonly cron: string;
  readonly timeZone?: string;
  readonly plan: FleetPlan;
}

/** Undefined for what nobody of ours wrote. Its plan is checked when it is started, as any other. */
export function readSchedule(json: string): StoredSchedule | undefined {
  try {
    const { v, cron, timeZone, plan } = JSON.parse(json) as Partial<Record<keyof StoredSchedule, unknown>>;
    if (v !== 1 || typeof cron !== 'string' || typeof plan !== 'object' || plan === null) return undefined;
    return { v, cron, ...(typeof timeZone === 'string' && { timeZone }), plan: plan as FleetPlan };
  } catch {
    return undefined;
  }
}
