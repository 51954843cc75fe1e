import type { ErrorRecord } from '../contract/error-record.js';
import type { TargetRun } from './target-run.js';

export type TargetOutcome = 'Completed' | 'Failed' | 'Stopped';

/** Who collects what an invocation gives: a result or a job. */
export interface InvocationObserver {
  queued?(run: TargetRun): void;
  started?(run: TargetRun): void;
  output(run: TargetRun, item: unknown): void;
  /** `run` is undefined for input that could not be bound. */
  failed(run: TargetRun | undefined, record: ErrorRecord): void;
  ended?(run: TargetRun, outcome: TargetOutcome): void;
  whatIf?(text: string): void;
  /** Delays further output and further targets while its consumer is behind; undefined while it is not. */
  ready?(): Promise<void> | undefined;
}
