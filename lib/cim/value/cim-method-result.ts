import type { CimType } from './cim-type.js';
import type { CimValue } from './cim-value.js';

/** What a method gave back. */
export interface CimMethodResult {
  /** Null when the server sent none. */
  readonly returnValue: CimValue;
  /** The out parameters that the server sent, by name (an object without prototype); an absent one is absent, a nil one is null. */
  readonly outParameters: Readonly<Record<string, CimValue>>;
}

/** A value of an out parameter, given while the method still runs. MMI's CimMethodStreamedResult. */
export interface CimMethodStreamedResult {
  readonly type: 'item';
  readonly parameterName: string;
  /** One value, or a part of the parameter's array, as the server streams it. */
  readonly itemValue: CimValue;
  /** The type of one value. */
  readonly itemType: CimType;
}

/** The end of a streaming invocation: the return value, and the out parameters that were not streamed. */
export interface CimMethodFinalResult extends CimMethodResult {
  readonly type: 'final';
}
