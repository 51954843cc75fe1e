import type { CimInput } from '../../cim/value/cim-input.js';
import type { CmdletMethod, CmdletMethodParameter } from '../../schema/definition/cmdlet-definition.js';
import type { CallParameters } from '../contract/bound-call.js';
import { BoundObject, type BoundValue } from '../contract/bound-value.js';
import { COMPUTER_NAME } from '../contract/invocation-target.js';
import type { OperationContext } from '../contract/operation.js';

/**
 * The method's in parameters, in its own order: bound values, the CDXML's defaults for what was not given, nothing for the rest.
 * Secrets stay wrapped; the codec unwraps them into the request.
 */
export function methodParameters(
  method: CmdletMethod,
  call: CallParameters,
  { target, approvedSwitches }: Pick<OperationContext, 'target' | 'approvedSwitches'>,
): Record<string, CimInput> {
  const result: Record<string, CimInput> = {};
  // The one that only says where to connect is not sent.
  const sent = target.omitComputerName ? method.parameters.filter(namesNoComputer) : method.parameters;
  for (const parameter of sent) {
    const value = approvedSwitches.has(parameter.from) ? true : inputValue(call, parameter);
    if (value !== undefined) result[parameter.name] = value;
  }
  return result;
}

const namesNoComputer = ({ from }: CmdletMethodParameter): boolean => from !== COMPUTER_NAME;

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
