import type { FleetOutcome, FleetOutcomeState } from './fleet-outcome.js';
import type { FleetStatus } from './fleet-status.js';

/** How a run is waited for. */
export interface FleetWatchOptions {
  /** Stops the waiting with `ERR_ABORTED`; the run goes on. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds between two looks at the state. Default 500. */
  readonly everyMs?: number | undefined;
}

/** Which outcomes. */
export interface FleetOutcomeFilter {
  /** Default: all. */
  readonly state?: FleetOutcomeState | readonly FleetOutcomeState[] | undefined;
}

/** A run. It is Redis' and the workers', not this process's: it goes on when the process ends. */
export interface FleetRun {
  readonly id: string;
  /** @throws CimletError `ERR_INVALID_ARGUMENT` when its retention is over. */
  status(): Promise<FleetStatus>;
  /** A status whenever it has changed, the last one with `state: 'ended'`. A Redis that is away for a minute at most is waited for. */
  watch(options?: FleetWatchOptions): AsyncIterable<FleetStatus>;
  /** Waits for the end, as {@link FleetRun.watch}. @throws CimletError `ERR_ABORTED`. */
  wait(options?: FleetWatchOptions): Promise<FleetStatus>;
  /** In the order of the targets: what there is now, and what was skipped once the run has ended. */
  outcomes(filter?: FleetOutcomeFilter): AsyncIterable<FleetOutcome>;
  /** Nothing more is begun. Changes in flight are finished, reads are given up. Without effect on a run that has ended. */
  cancel(): Promise<void>;
}
