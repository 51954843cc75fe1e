import { PLAN_VERSION } from '../plan/stored-plan.js';

/** How often a target was tried, how often it waited for a lease since, and when it is its turn again: milliseconds since 1970. */
export interface TryState {
  readonly n: number;
  readonly w: number;
  readonly at: number;
}

/** Some targets of a run, by their numbers. */
export interface SiteJobData {
  readonly v: typeof PLAN_VERSION;
  readonly run: string;
  readonly targets: readonly number[];
  /** Of those that were tried. */
  readonly tries: Readonly<Record<string, TryState>>;
}

/** Where the coordinator of a run is: it is written down before it sleeps, so that whoever continues it knows. */
export interface ControlJobData {
  readonly v: typeof PLAN_VERSION;
  readonly run: string;
  readonly stage: number;
  /** The first target of the part that is under way. */
  readonly from: number;
  /** How often what has no outcome was laid out again. */
  readonly round: number;
  /** The part's jobs are queued. */
  readonly added: boolean;
  /** Computers that had failed when the stage began. */
  readonly failedBefore: number;
}

const RUN = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const MOST_TARGETS = 1_000;

/** `newer`: of a version that this one does not know; undefined: nobody of ours wrote it. */
export function readSiteJob(data: unknown): SiteJobData | 'newer' | undefined {
  const fields = fieldsOf(data);
  if (fields === undefined || fields === 'newer') return fields;
  const { run, targets, tries = {} } = fields;
  if (!Array.isArray(targets) || targets.length === 0 || targets.length > MOST_TARGETS) return undefined;
  if (!targets.every(isIndex) || typeof tries !== 'object' || tries === null) return undefined;
  const states = Object.entries(tries)
    .slice(0, MOST_TARGETS)
    .map(([index, state]) => [index, readTry(state)] as const);
  return { v: PLAN_VERSION, run, targets: [...new Set(targets as number[])], tries: Object.fromEntries(states) };
}

export function readControlJob(data: unknown): ControlJobData | 'newer' | undefined {
  const fields = fieldsOf(data);
  if (fields === undefined || fields === 'newer') return fields;
  const { run, stage, from, round, added, failedBefore = 0 } = fields;
  if (![stage, from, round, failedBefore].every(isIndex)) return undefined;
  return {
    v: PLAN_VERSION,
    run,
    stage: Number(stage),
    from: Number(from),
    round: Number(round),
    added: added === true,
    failedBefore: Number(failedBefore),
  };
}

function fieldsOf(data: unknown): (Readonly<Record<string, unknown>> & { readonly run: string }) | 'newer' | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const fields = data as Readonly<Record<string, unknown>>;
  if (typeof fields.v === 'number' && fields.v > PLAN_VERSION) return 'newer';
  const { v, run } = fields;
  return v === PLAN_VERSION && typeof run === 'string' && RUN.test(run) ? { ...fields, run } : undefined;
}

function readTry(state: unknown): TryState {
  const { n, w, at } = Object(state) as Partial<Record<keyof TryState, unknown>>;
  return { n: numberOf(n), w: numberOf(w), at: numberOf(at) };
}

function numberOf(value: unknown): number {
  return typeof value === 'number' && value >= 0 && Number.isFinite(value) ? value : 0;
}

function isIndex(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}
