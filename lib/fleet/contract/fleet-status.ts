/** How a run ended: all stages; by {@link FleetRun.cancel}; by what it met (too many failures, a refused credential); by its deadline. */
export type FleetRunEnd = 'done' | 'cancelled' | 'stopped' | 'deadline';

/** Where a run is. */
export interface FleetStatus {
  readonly run: string;
  readonly cmdlet: string;
  /** `queued` until a worker takes it up. */
  readonly state: 'queued' | 'running' | 'ended';
  /** As soon as it is decided: reads in flight are given up then, changes in flight are finished. */
  readonly end?: FleetRunEnd;
  /** A sentence: why it was stopped. */
  readonly reason?: string;
  /** The schedule that started it. */
  readonly schedule?: string;
  /** ISO 8601, by the clock of Redis. */
  readonly submitted: string;
  readonly ended?: string;
  readonly deadline?: string;
  /** Targets. */
  readonly total: number;
  /** `ok`, `failed` and `unknown` together. */
  readonly settled: number;
  readonly ok: number;
  /** Among `ok`: recognised as done by an earlier try. */
  readonly found: number;
  readonly failed: number;
  readonly unknown: number;
  /** Never tried; counted when the run has ended. */
  readonly skipped: number;
  /** The stage that it is in, from 1. */
  readonly stage: number;
  readonly stages: number;
  /** Workers of the fleet that are alive. */
  readonly workers: number;
}
