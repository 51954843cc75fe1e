import type { FleetStage } from '../contract/fleet-plan.js';

/** The version of what is written into Redis. A worker leaves what is newer to newer ones. */
export const PLAN_VERSION = 1;

/** A plan as Redis has it, once for a run. Nothing in it is a secret. */
export interface StoredPlan {
  readonly v: typeof PLAN_VERSION;
  readonly cmdlet: string;
  /** Which of a site's queues its jobs go to; whether it is a change is what the worker's own definition says. */
  readonly changes: boolean;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly credential: string;
  readonly site: string;
  readonly stages: readonly FleetStage[];
  /** The stages are the default ones: the first, of one computer, is repeated until one has let the credential in. */
  readonly probes: boolean;
  readonly timeoutMs: number;
  readonly attempts: number;
  readonly attemptDelayMs: number;
  readonly graceMs: number;
  /** Milliseconds since 1970. */
  readonly deadline?: number;
  readonly jobSize: number;
  readonly retentionDays: number;
}

/** A target as Redis has it: a name where nothing else is to be said. */
export interface StoredTarget {
  readonly computer: string;
  readonly site?: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
}

export function encodeTarget({ computer, site, parameters }: StoredTarget): string {
  if (site === undefined && parameters === undefined) return computer;
  return JSON.stringify({ c: computer, ...(site !== undefined && { s: site }), ...(parameters && { p: parameters }) });
}

/** Longer ones are not written, and not read. */
export const LONGEST_TARGET = 65_536;
const LONGEST_PLAN = 1_048_576;

/** Undefined for what this library did not write. */
export function decodeTarget(text: string): StoredTarget | undefined {
  if (text.length > LONGEST_TARGET) return undefined;
  if (!text.startsWith('{')) return text === '' ? undefined : { computer: text };
  const row = parsed(text);
  if (row === undefined || typeof row.c !== 'string' || row.c === '') return undefined;
  if (row.s !== undefined && typeof row.s !== 'string') return undefined;
  if (row.p !== undefined && !isObject(row.p)) return undefined;
  return {
    computer: row.c,
    ...(row.s !== undefined && { site: row.s }),
    ...(row.p !== undefined && { parameters: row.p }),
  };
}

/** `newer`: of a version that this one does not know; undefined: nothing that any version writes. */
export function decodePlan(text: string): StoredPlan | 'newer' | undefined {
  const plan = text.length > LONGEST_PLAN ? undefined : parsed(text);
  if (plan === undefined) return undefined;
  if (typeof plan.v === 'number' && plan.v > PLAN_VERSION) return 'newer';
  return isPlan(plan) ? plan : undefined;
}

function isPlan(plan: Readonly<Record<string, unknown>>): plan is Readonly<Record<string, unknown>> & StoredPlan {
  return (
    plan.v === PLAN_VERSION &&
    [plan.cmdlet, plan.credential, plan.site].every((text) => typeof text === 'string' && text !== '') &&
    isObject(plan.parameters) &&
    Array.isArray(plan.stages) &&
    plan.stages.every(isObject) &&
    typeof plan.probes === 'boolean' &&
    typeof plan.changes === 'boolean' &&
    isWithin(plan.timeoutMs, 1, 86_400_000) &&
    isWithin(plan.attempts, 1, 20) &&
    isWithin(plan.attemptDelayMs, 0, 86_400_000) &&
    isWithin(plan.graceMs, 0, 86_400_000) &&
    isWithin(plan.jobSize, 1, 50) &&
    isWithin(plan.retentionDays, 0, 3_650) &&
    (plan.deadline === undefined || typeof plan.deadline === 'number')
  );
}

function isWithin(value: unknown, min: number, max: number): boolean {
  return typeof value === 'number' && value >= min && value <= max;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
