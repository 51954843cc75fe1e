import type { CimInput } from '../../cim/value/cim-input.js';
import type { CmdletMethod, CmdletMethodParameter } from '../../schema/definition/cmdlet-definition.js';
import { approvedSwitches } from '../confirm/confirm.js';
import type { CallParameters } from '../contract/bound-call.js';
import { BoundObject, type BoundValue } from '../contract/bound-value.js';
import { type InvocationTarget, isLeftOut } from '../contract/invocation-target.js';

/**
 * The method's in parameters, in its own order: bound values, the CDXML's defaults for what was not given, nothing for the rest.
 * Secrets stay wrapped; the codec unwraps them into the request.
 */
export function methodParameters(
  method: CmdletMethod,
  call: CallParameters,
  target: InvocationTarget,
): Record<string, CimInput> {
  const approved = approvedSwitches(call);
  const result: Record<string, CimInput> = {};
  for (const parameter of method.parameters) {
    if (isLeftOut(target, parameter.from)) continue;
    const value = approved.has(parameter.from) ? true : inputValue(call, parameter);
    if (value !== undefined) result[parameter.name] = value;
  }
  return result;
}

function inputValue(call: CallParameters, parameter: CmdletMethodParameter): CimInput | undefined {
  const bound = call.parameters.get(parameter.from);
  if (bound !== undefined) return cimInput(bound.value);
  if (parameter.defaultValue === undefined) return undefined;
  const is64Bit = parameter.cimType === 'uint64' || parameter.cimType === 'sint64';
  const value = is64Bit ? BigInt(parameter.defaultValue) : parameter.defaultValue;
  return parameter.isArray ? [value] : value;
}

/** A method takes CIM values; CDXML has no other types. */
function cimInput(value: BoundValue): CimInput {
  const isObject = (item: unknown): item is BoundObject => item instanceof BoundObject;
  if (isObject(value) || (Array.isArray(value) && value.some(isObject))) {
    throw new TypeError('An object was bound to a parameter of a method.');
  }
  return value as CimInput;
}
