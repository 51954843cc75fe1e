import type { CimValue } from './cim-type.js';

/** What a method gave back. */
export interface CimMethodResult {
  /** Null when the server sent none. */
  readonly returnValue: CimValue;
  /** The out parameters that the server sent, by name (an object without prototype); an absent one is absent, a nil one is null. */
  readonly outParameters: Readonly<Record<string, CimValue>>;
}
