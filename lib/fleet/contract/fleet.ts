import type { FleetPlan, FleetPreview, FleetTarget } from './fleet-plan.js';
import type { FleetRun } from './fleet-run.js';

/** A plan that is started when its time comes. */
export interface FleetSchedule {
  readonly name: string;
  readonly cron: string;
  readonly timeZone?: string;
  readonly cmdlet: string;
  /** ISO 8601. */
  readonly next?: string;
}

export interface FleetScheduleOptions {
  /** An IANA name: `Europe/Berlin`. Default: UTC. */
  readonly timeZone?: string | undefined;
}

/** A site's limits, over all of its workers, for reads and for changes each. */
export interface FleetSiteLimits {
  /** Computers at a time. */
  readonly concurrency?: number | undefined;
  /** Computers a second. */
  readonly perSecond?: number | undefined;
}

/** One thing that a fleet depends on, and how it is. */
export interface FleetFinding {
  /** `version`, `eviction`, `persistence`, `memory`, `workers`, `clocks` or `engine`. */
  readonly what: string;
  /** `refused`: nothing starts with it; `warning`: it works, and may fail one day. */
  readonly verdict: 'ok' | 'warning' | 'refused';
  /** A sentence. */
  readonly found: string;
  /** What to do about it. */
  readonly remedy?: string;
}

/** A worker that is alive. */
export interface FleetWorkerStatus {
  readonly id: string;
  readonly host: string;
  readonly pid: number;
  /** Of this library. */
  readonly version: string;
  readonly sites: readonly string[];
  /** Computers that it is at now. */
  readonly running: number;
  /** How far its clock is ahead of Redis', in milliseconds. */
  readonly clockOffsetMs: number;
}

export interface FleetRetryOptions {
  /** Targets whose outcome is `unknown`, too: only when somebody has looked, since it may have been done. Default false. */
  readonly unknown?: boolean | undefined;
  /** Targets that were skipped, too. Default true. */
  readonly skipped?: boolean | undefined;
}

/** The way to a fleet, for those who start runs and look at them. */
export interface Fleet extends AsyncDisposable {
  readonly name: string;
  /**
   * Binds the parameters of every target, stores the plan and queues it.
   * @throws ParameterBindingError, with the row's number; CimletError `ERR_CONFIRMATION_REQUIRED`, `ERR_INVALID_ARGUMENT`: nothing was queued then.
   */
  start(plan: FleetPlan): Promise<FleetRun>;
  /** As {@link start}, but queues nothing (`WhatIf`). */
  preview(plan: FleetPlan): Promise<FleetPreview>;
  /** @throws CimletError `ERR_INVALID_ARGUMENT` when there is no such run (any more). */
  run(id: string): Promise<FleetRun>;
  /** The newest first. */
  runs(): AsyncIterable<FleetRun>;
  /** A new run of what failed. @throws CimletError `ERR_INVALID_ARGUMENT` while the run goes on, and when nothing is left to do. */
  retry(run: FleetRun | string, options?: FleetRetryOptions): Promise<FleetRun>;
  /** Starts the plan whenever the cron expression says so, one run for each due time. `undefined` as plan removes the schedule. */
  schedule(name: string, cron: string, plan: FleetPlan | undefined, options?: FleetScheduleOptions): Promise<void>;
  schedules(): Promise<readonly FleetSchedule[]>;
  /** Keeps computers under a name, for plans with `targets: { list: name }`; without computers it is removed. Gives their number. */
  setTargets(
    name: string,
    targets: Iterable<string | FleetTarget> | AsyncIterable<string | FleetTarget> | undefined,
  ): Promise<number>;
  /** Limits a site; `undefined` takes the limits away. Stages that begin later then have one computer a job, so that they are exact. */
  limitSite(site: string, limits: FleetSiteLimits | undefined): Promise<void>;
  workers(): Promise<readonly FleetWorkerStatus[]>;
  check(): Promise<readonly FleetFinding[]>;
  /** Runs go on. Idempotent. */
  close(): Promise<void>;
}
