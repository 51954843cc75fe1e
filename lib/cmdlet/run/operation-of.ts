import type { BoundCall, CallParameters } from '../contract/bound-call.js';
import type { Cmdlet } from '../contract/cmdlet.js';
import type { CmdletOperation } from '../contract/operation.js';
import { StaticMethod } from '../static-method/static-method.js';

/** A bound call with what it does on each target. */
export function boundCall(cmdlet: Cmdlet, call: CallParameters): BoundCall {
  return Object.assign(call, { operation: operationOf(cmdlet, call) });
}

/** What one bound call does on each target. */
function operationOf(cmdlet: Cmdlet, call: CallParameters): CmdletOperation {
  if ('operations' in cmdlet) {
    const create = cmdlet.operations[call.parameterSet];
    if (create !== undefined) return create(call);
  } else {
    const method = cmdlet.methods.find((candidate) => candidate.parameterSet === call.parameterSet);
    if (method !== undefined) return new StaticMethod(cmdlet, method, call);
  }
  throw new TypeError(`The definition of ${cmdlet.name} has nothing to do for its set ${call.parameterSet}.`);
}
