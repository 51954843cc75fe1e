import type { CimInput } from '../cim/cim-input.js';
import type { CmdletMethodParameter } from '../schema/cmdlet-definition.js';
import type { BoundCall } from './binding.js';
import { approvedSwitches } from './confirm.js';
import { type InvocationTarget, isLeftOut } from './invocation-target.js';

/**
 * The method's in parameters, in its own order: bound values, the CDXML's defaults for what was not given, nothing for the rest.
 * Secrets stay wrapped; the codec unwraps them into the request.
 */
export function methodParameters(call: BoundCall, target: InvocationTarget): Record<string, CimInput> {
  const approved = approvedSwitches(call);
  const result: Record<string, CimInput> = {};
  for (const parameter of call.method.parameters) {
    if (isLeftOut(target, parameter.from)) continue;
    const value = approved.has(parameter.from) ? true : inputValue(call, parameter);
    if (value !== undefined) result[parameter.name] = value;
  }
  return result;
}

function inputValue(call: BoundCall, parameter: CmdletMethodParameter): CimInput | undefined {
  const bound = call.parameters.get(parameter.from);
  if (bound !== undefined) return bound.value;
  const { defaultValue } = parameter;
  return parameter.isArray && defaultValue !== undefined ? [defaultValue] : defaultValue;
}
