import type { InvocationOptions } from './invocation-options.js';
import type { PipedInput } from './piped-input.js';

/** Options of a call whose parameters come in part from piped objects. */
export interface PipedOptions<Input = object> extends InvocationOptions<Input> {
  readonly input: PipedInput<Input>;
}

/**
 * The parameters `P` of a cmdlet that is given `input`: those of `K`, which the piped objects may bring, need not be given. What neither
 * the caller nor an object gives is an error record of that object (`InputObjectMissingMandatory`).
 */
export type PipedParameters<P, K extends PropertyKey> = P extends unknown
  ? Omit<P, K> & { readonly [Name in keyof P & K]?: P[Name] | undefined }
  : never;
