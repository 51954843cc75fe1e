import type { CimValue } from '../../cim/value/cim-value.js';
import type { ProviderError } from '../fault/provider-error.js';

export interface OperationProgress {
  readonly activity: string;
  readonly currentOperation: string;
  readonly statusDescription: string;
  /** 0 to 100. */
  readonly percentComplete?: number;
  readonly secondsRemaining?: number;
}

/**
 * What a provider can tell and ask its client while it works. What the client did not register for is not sent: texts and progress are
 * dropped, errors and streamed output wait for the final response, questions count as answered with yes (MS-WSMV 2.2.10, 3.1.6.7, 3.1.6.8).
 */
export interface ProviderOperation {
  /** Aborts when the operation was cancelled, or nobody can get its result any more. */
  readonly signal: AbortSignal;
  text(channel: 'warning' | 'verbose' | 'debug', text: string): Promise<void>;
  progress(progress: OperationProgress): Promise<void>;
  /** True: the provider may do it. */
  confirm(text: string, promptType: 'normal' | 'critical'): Promise<boolean>;
  /** An error that does not end the operation. True: the provider may go on. */
  error(error: ProviderError): Promise<boolean>;
  /** A value of an out parameter, or a part of its array. */
  output(parameter: string, value: CimValue): Promise<void>;
  /** Passes time on the lab's clock. @throws the signal's reason. */
  delay(ms: number): Promise<void>;
}
