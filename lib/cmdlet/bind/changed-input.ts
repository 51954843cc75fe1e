import { CimInstance } from '../../cim/instance/cim-instance.js';
import { ParameterBindingError } from '../contract/binding-error.js';
import type { GivenParameters } from '../contract/bound-parameter.js';
import type { Cmdlet } from '../contract/cmdlet.js';
import { isCallersParameter } from './callers-parameter.js';
import { resolveExactly } from './parameter-names.js';

/**
 * What the caller changed on a piped instance counts as given by the caller: `failover.LoadBalancePercent = 60`. What the caller gives beside it goes
 * first. A copy of an instance has no changes that could be known.
 * @throws ParameterBindingError `InputObjectNotBound` for a changed property that is no parameter: the change would be lost.
 * @throws CimletError `ERR_INVALID_ARGUMENT` for what is no change of a property: a name that the class has not, a value that was removed.
 */
export function withChanges(definition: Cmdlet, given: GivenParameters, input: unknown): GivenParameters {
  if (!(input instanceof CimInstance)) return given;
  const changed = CimInstance.changedProperties(input);
  // A cmdlet on instances (Set-CimInstance) looks for the changes itself.
  if (changed.length === 0 || takesInstances(definition)) return given;
  const result = new Map(given);
  for (const name of changed) {
    const resolved = resolveExactly(definition, name);
    if (resolved?.kind !== 'own' || isCallersParameter(resolved.parameter, definition.outputClasses)) {
      throw changeNotTaken(definition, name, resolved !== undefined);
    }
    if (result.has(resolved.name)) continue;
    const value = input.cimInstanceProperties.get(name)?.value;
    result.set(resolved.name, { parameter: resolved.parameter, value, fromInstance: false });
  }
  return result;
}

function takesInstances({ parameters }: Cmdlet): boolean {
  return parameters.some(({ type, valueFromPipeline }) => type === 'CimInstance' && valueFromPipeline === true);
}

function changeNotTaken(definition: Cmdlet, name: string, isParameter: boolean): ParameterBindingError {
  const why = isParameter ? 'takes that from its caller only' : 'has no such parameter';
  return new ParameterBindingError({
    cmdlet: definition,
    errorId: 'InputObjectNotBound',
    message: `${name} was changed in the instance, and ${definition.name} ${why}.`,
    hint: isParameter
      ? 'Give it as a parameter, and the instance as it came.'
      : 'Read the instance again, or give it as it came, and what is to change as parameters.',
    parameters: [name],
  });
}
