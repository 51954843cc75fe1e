import type { Deadline } from '../../base/deadline.js';
import type { BoundCommonParameters } from '../bind/bound-common-parameters.js';
import type { Confirmation } from '../confirm/confirm.js';
import type { InvocationOptions } from '../contract/invocation-options.js';
import type { SessionFactory } from '../contract/method-invoker.js';
import type { StreamWriter } from '../report/stream-writer.js';

/** What the invocation has for its runs. */
export interface RunServices {
  readonly common: BoundCommonParameters;
  readonly options: InvocationOptions;
  readonly deadline: Deadline;
  readonly streams: StreamWriter;
  readonly confirmation: Confirmation;
  readonly factory: SessionFactory;
  /** Puts out one item. */
  readonly output: (item: unknown) => void;
  /** A promise while the reader is behind. */
  readonly keepUp: () => Promise<void> | undefined;
  /** Nothing more is to be begun. */
  readonly isOver: () => boolean;
  readonly report: (failure: unknown) => Promise<void>;
  /** The host failed: the whole call ends. */
  readonly fail: (cause: unknown) => void;
  readonly whatIf: (text: string) => void;
  readonly declined: () => void;
}
