import type { CmdletDefinition, CmdletSyntax } from '../schema/cmdlet-definition.js';
import type { CallParameters } from './bound-call.js';
import type { CmdletOperation } from './operation.js';
import { StaticMethod } from './static-method.js';

/** Makes the operation of one call. @throws CimletError `ERR_INVALID_ARGUMENT` for parameters that only together are wrong. */
export type OperationFactory = (call: CallParameters) => CmdletOperation;

/** A cmdlet that is no static method of a class: each of its parameter sets has an operation. */
export interface OperationCmdlet extends CmdletSyntax {
  /** By parameter set. */
  readonly operations: Readonly<Record<string, OperationFactory>>;
  /** PowerShell's command class, with which it ends the error ids of its compiled cmdlets. Default: the cmdlet's name. */
  readonly commandType?: string;
}

/** What the engine runs. */
export type Cmdlet = CmdletDefinition | OperationCmdlet;

/** What one bound call does on each target. */
export function operationOf(cmdlet: Cmdlet, call: CallParameters): CmdletOperation {
  if ('operations' in cmdlet) {
    const create = cmdlet.operations[call.parameterSet];
    if (create !== undefined) return create(call);
  } else {
    const method = cmdlet.methods.find((candidate) => candidate.parameterSet === call.parameterSet);
    if (method !== undefined) return new StaticMethod(cmdlet, method, call);
  }
  throw new TypeError(`The definition of ${cmdlet.name} has nothing to do for its set ${call.parameterSet}.`);
}
