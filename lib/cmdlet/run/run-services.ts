import type { Deadline } from '../../base/deadline.js';
import type { BoundEngineParameters } from '../bind/bound-engine-parameters.js';
import type { Confirmation } from '../confirm/confirm.js';
import type { SessionFactory } from '../contract/cmdlet-session.js';
import type { InvocationOptions } from '../contract/invocation-options.js';
import type { StreamWriter } from '../report/stream-writer.js';
import type { TargetRun } from './target-run.js';

/** What the invocation has for its runs: itself, so that nothing is made for each of them. */
export interface RunServices {
  readonly engineParameters: BoundEngineParameters;
  readonly options: InvocationOptions<object>;
  readonly deadline: Deadline;
  readonly streams: StreamWriter;
  readonly confirmation: Confirmation;
  readonly factory: SessionFactory;
  /** Nothing more is to be begun. */
  readonly isOver: boolean;
  /** Puts out one item. */
  output(run: TargetRun, item: unknown): void;
  /** A promise while the reader is behind. */
  whenReady(): Promise<void> | undefined;
  report(run: TargetRun, failure: unknown): Promise<void>;
  /** The host failed: the whole call ends. */
  fail(cause: unknown): void;
  whatIf(text: string): void;
  declined(run: TargetRun): void;
}
