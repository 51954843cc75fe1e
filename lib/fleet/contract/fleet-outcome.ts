/**
 * `ok`; `failed`: it was not done, or refused; `unknown`: nobody knows whether it was done, and the matching Get tells: doing it again is a person's
 * decision; `skipped`: it was never tried, since the run was stopped, cancelled or over its deadline.
 */
export type FleetOutcomeState = 'ok' | 'failed' | 'unknown' | 'skipped';

/** Why it failed, or is unknown. It holds no secret. */
export interface FleetError {
  /** As of {@link CimletError.code}; `CONFLICT` where something of that name is there already, and is another one. */
  readonly code: string;
  /** PowerShell's error id, where the error has one: `DHCP 20114`. */
  readonly id?: string;
  readonly message: string;
  readonly hint?: string;
}

/** What became of one target. */
export interface FleetOutcome {
  /** The computer. */
  readonly target: string;
  /** The target's place in the run, from 0: a computer may be a target several times, with other parameters. */
  readonly index: number;
  readonly site: string;
  readonly state: FleetOutcomeState;
  /** An earlier try had got through already, which was recognised by asking. */
  readonly found?: true;
  /** The try that settled it, from 1; 0 for what was skipped. */
  readonly attempt: number;
  /** How long the last try took, in milliseconds. */
  readonly ms?: number;
  /** ISO 8601, by the clock of Redis. */
  readonly at?: string;
  /** What the cmdlet gave, as plain data. */
  readonly output?: readonly unknown[];
  /** There was more output than the 16 KB that are kept. */
  readonly truncated?: true;
  readonly error?: FleetError;
}
