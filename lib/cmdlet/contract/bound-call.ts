import type { CmdletSyntax } from '../../schema/definition/cmdlet-definition.js';
import type { BoundParameters } from './bound-parameter.js';
import type { CmdletOperation } from './operation.js';

/** The parameters of one call, bound to one set: every value converted and validated. */
export interface CallParameters {
  readonly definition: CmdletSyntax;
  readonly parameterSet: string;
  readonly parameters: BoundParameters;
  /** Names that were left out of account: properties of a spread instance that are not parameters. */
  readonly ignored: readonly string[];
  /** The instance that parameters came from, piped or spread. */
  readonly source?: object | undefined;
}

/** One call, ready to run. */
export interface BoundCall extends CallParameters {
  /** What it does on each target. */
  readonly operation: CmdletOperation;
}
