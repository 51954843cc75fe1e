import type { Secret } from '../../base/secret.js';
import type { CimCredential, CimCredentialProvider, CimSessionOptions } from '../../cim/session/session-options.js';
import type { FleetOptions } from './fleet-options.js';
import type { FleetOutcome } from './fleet-outcome.js';

/** A way to log on that is no user name with a password: the options of the sessions, such as a keytab, or `{}` for the process's own logon. */
export interface FleetLogon {
  readonly sessionOptions: CimSessionOptions;
}

/**
 * What a credential's name stands for in a worker. A function that fails, or has no answer in half of a call's time, is asked again with the next try
 * (`ERR_SECRET_UNAVAILABLE`); what it throws is in no outcome and no warning, since its words may hold the secret.
 */
export type FleetCredential = CimCredential | CimCredentialProvider | FleetLogon;

/** What a secret's name stands for in a worker: the value, or who gives it whenever it is needed; a failure of that is as one of a {@link FleetCredential}. */
export type FleetSecret =
  | string
  | Secret
  | CimCredential
  | (() => string | Secret | CimCredential | Promise<string | Secret | CimCredential>);

/** What a worker does for a queue that others can write to. PowerShell's wildcards, without case. */
export interface FleetAllowance {
  /** Cmdlets: `Get-*`. */
  readonly cmdlets: readonly string[];
  /** Computers, targets and partners alike: `*.emea.contoso.com`. */
  readonly computers: readonly string[];
}

/** Options of {@link startFleetWorker}. */
export interface FleetWorkerOptions extends FleetOptions {
  /** Required: by default a worker does nothing. */
  readonly allow: FleetAllowance;
  /** The sites whose computers it calls. Default: `['default']`. */
  readonly sites?: readonly string[] | undefined;
  /** Computers at a time, all sites together. Default 64. */
  readonly throttle?: number | undefined;
  readonly credentials?: Readonly<Record<string, FleetCredential>> | undefined;
  readonly secrets?: Readonly<Record<string, FleetSecret>> | undefined;
  /** Of every session; a credential's own go before them. */
  readonly sessionOptions?: CimSessionOptions | undefined;
  /** Told of every outcome that this worker wrote, after it was written. What it throws becomes a warning. */
  readonly onOutcome?: ((outcome: FleetOutcome, run: string) => void | Promise<void>) | undefined;
  /**
   * Milliseconds after which the jobs of a worker that is dead are given to others. A shorter one lets live jobs run twice when Redis is away for
   * longer. Default 60,000; at least 1,000.
   */
  readonly lockMs?: number | undefined;
}

/** A worker that runs in this process until it is closed. */
export interface FleetWorker extends AsyncDisposable {
  readonly id: string;
  /** Computers that it is at now. */
  readonly running: number;
  /** Prometheus' text format: the engine's figures of its queues, and ours. */
  metrics(): Promise<string>;
  /**
   * Takes nothing new, and finishes what it has begun; after `graceMs` (default: no limit) reads are given up, and changes are left to another worker.
   * Idempotent.
   */
  close(options?: { readonly graceMs?: number | undefined }): Promise<void>;
}
