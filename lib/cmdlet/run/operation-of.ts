import type { BoundCall, CallParameters } from '../contract/bound-call.js';
import type { Cmdlet } from '../contract/cmdlet.js';
import type { CmdletOperation } from '../contract/operation.js';
import { StaticMethod } from '../static-method/static-method.js';

/** A bound call with what it does on each target. */
export function boundCall(cmdlet: Cmdlet, call: CallParameters): BoundCall {
  return new BoundOperation(call, operationOf(cmdlet, call));
}

/** No literal, as all that lives as long as a call: see docs/project/performance.md. */
class BoundOperation implements BoundCall {
  readonly definition: BoundCall['definition'];
  readonly parameterSet: string;
  readonly parameters: BoundCall['parameters'];
  readonly ignored: readonly string[];
  readonly source: object | undefined;

  constructor(
    { definition, parameterSet, parameters, ignored, source }: CallParameters,
    readonly operation: CmdletOperation,
  ) {
    this.definition = definition;
    this.parameterSet = parameterSet;
    this.parameters = parameters;
    this.ignored = ignored;
    this.source = source;
  }
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
