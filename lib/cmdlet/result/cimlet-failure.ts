import { type CimletError, type CimletErrorCode, isCimletError } from '../../base/errors.js';
import type { OperationFailure } from '../../cim/error/cim-exception.js';
import type { SchemaError } from '../../schema/definition/schema-error.js';
import type { ParameterBindingError } from '../contract/binding-error.js';
import type { ReturnCodeError } from '../contract/return-code-error.js';
import type { CmdletError } from './cmdlet-error.js';

/** Codes of which each belongs to classes that carry more than a CimletError does. */
export type CodeOfSubclass = 'ERR_CIM' | 'ERR_CMDLET' | 'ERR_PARAMETER_BINDING' | 'ERR_WSMAN_FAULT';

/**
 * Every error that the library throws on purpose, told apart by its code: `switch (error.code)` knows in each case what the error carries.
 * @example
 * if (isCimletError(error)) {
 *   switch (error.code) {
 *     case 'ERR_CMDLET': return error.errors.map((record) => record.fullyQualifiedErrorId);
 *     case 'ERR_PARAMETER_BINDING': return error.parameterNames;
 *     default: return error.hint;
 *   }
 * }
 */
export type CimletFailure =
  | CmdletError
  | OperationFailure
  | ReturnCodeError
  | ParameterBindingError
  | SchemaError
  | (CimletError & { readonly code: Exclude<CimletErrorCode, CodeOfSubclass> });

/**
 * True for every error that the library throws on purpose, also where another copy of the library threw it, and for what is left of one in another
 * process: the object that `toJSON` gives, and a structured clone of the error itself. These have the data of their class, not its methods, which
 * `fromJSON` gives back; a clone of the error itself has `code`, `message`, `retryable` and `stack` alone.
 */
export const isCimletFailure: (value: unknown) => value is CimletFailure = (value): value is CimletFailure =>
  isCimletError(value);
