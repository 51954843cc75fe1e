import type { CmdletDefinition, CmdletSyntax } from '../../schema/definition/cmdlet-definition.js';
import type { CallParameters } from './bound-call.js';
import type { CmdletOperation } from './operation.js';

/** Makes the operation of one call. @throws CimletError `ERR_INVALID_ARGUMENT` for parameters that only together are wrong. */
export type OperationFactory = (call: CallParameters) => CmdletOperation;

/** A cmdlet that is not a static method of a class: each of its parameter sets has an operation. */
export interface OperationCmdlet extends CmdletSyntax {
  /** By parameter set. */
  readonly operations: Readonly<Record<string, OperationFactory>>;
  /** Piped objects make one call of it: the arrays that they bring are joined. Else there is a call for each of them. */
  readonly gathersInput?: true;
  /** PowerShell's command class, with which it ends the error ids of its compiled cmdlets. Default: the cmdlet's name. */
  readonly commandType?: string;
}

/** What the engine runs. */
export type Cmdlet = CmdletDefinition | OperationCmdlet;
