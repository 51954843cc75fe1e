import { CimletError } from '../../base/errors.js';
import type { Text } from '../../base/wording.js';
import type { CallParameters } from '../../cmdlet/contract/bound-call.js';
import type { CmdletParameter, CmdletParameterSetMembership } from '../../schema/definition/cmdlet-definition.js';
import { type ParameterTraits, parameter } from './parameters.js';

/** A parameter of PowerShell's that is known and cannot be had here. */
export interface Refusal {
  /** Why not, as a sentence. */
  readonly reason: string;
  /** What to do instead. */
  readonly remedy: Text;
}

/** The parameter, so that it is known, listed, and refused with its reason instead of as a misspelling. */
export function refusedParameter(
  name: string,
  { reason }: Refusal,
  sets: readonly CmdletParameterSetMembership[],
  traits: ParameterTraits & { readonly type?: CmdletParameter['type'] } = {},
): CmdletParameter {
  const { type = 'String', ...others } = traits;
  return parameter(name, type, `Not supported. ${reason}`, sets, others);
}

/** @throws CimletError `ERR_INVALID_ARGUMENT` for the first of the parameters that was given. A switch that is off does not count. */
export function refuseGiven(call: CallParameters, refusals: Readonly<Record<string, Refusal>>): void {
  for (const [name, refusal] of Object.entries(refusals)) {
    const value = call.parameters.get(name)?.value;
    if (value !== undefined && value !== false) throw refusedValue(call, name, refusal);
  }
}

/** The error for a parameter, or for one of its values. */
export function refusedValue(call: CallParameters, what: string, { reason, remedy }: Refusal): CimletError {
  return new CimletError('ERR_INVALID_ARGUMENT', `${call.definition.name}: ${what} is not supported. ${reason}`, {
    hint: remedy,
  });
}
