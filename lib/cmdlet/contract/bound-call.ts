import type { CmdletSyntax } from '../../schema/definition/cmdlet-definition.js';
import type { BoundParameters } from './bound-parameter.js';
import type { CmdletOperation } from './operation.js';

/** The parameters of one call, bound to one set: every value converted and validated. */
export interface CallParameters {
  readonly definition: CmdletSyntax;
  readonly parameterSet: string;
  readonly parameters: BoundParameters;
  /** Names that were left out of account: nulls of properties that are not parameters. */
  readonly ignored: readonly string[];
  /** The piped object that parameters came from. */
  readonly source?: object | undefined;
}

/** One call, ready to run. */
export interface BoundCall extends CallParameters {
  /** What it does on each target. */
  readonly operation: CmdletOperation;
}
