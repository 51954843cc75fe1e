import { invalidArgument } from '../../base/errors.js';
import { bindCall, nameParameters } from '../../cmdlet/bind/binding.js';
import { resolveParameter } from '../../cmdlet/bind/parameter-names.js';
import { requiredPrompts, requireHost } from '../../cmdlet/confirm/confirm.js';
import type { Cmdlet } from '../../cmdlet/contract/cmdlet.js';
import { boundCall } from '../../cmdlet/run/operation-of.js';
import type { CmdletParameter } from '../../schema/definition/cmdlet-definition.js';
import { plainValue, secretValue } from './plain-value.js';
import { isSecretParameter, placeholderOf, secretNameOf } from './secret-parameters.js';

/** The one of the engine's own parameters that says something about what is done, and not about where or how. */
const ENGINE_PARAMETERS: ReadonlySet<string> = new Set(['Confirm']);
/** Parameters of cmdlets that would send the call elsewhere. */
const WHERE = new Set(['computername', 'cimsession', 'credential']);

type Given = Readonly<Record<string, unknown>>;

/**
 * Parameters as they go through the queue: under the names of the schema, of values that JSON can hold, secrets by name.
 * @throws ParameterBindingError for a name that the cmdlet does not have; CimletError `ERR_INVALID_ARGUMENT` for a parameter that says where or how
 * the call runs, for a secret's value, and for a value that JSON cannot hold.
 */
export function queuedParameters(
  cmdlet: Cmdlet,
  given: Given,
  where = 'parameters',
): Readonly<Record<string, unknown>> {
  const queued: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue;
    const resolved = resolveParameter(cmdlet, name);
    const place = `${where}.${resolved.name}`;
    if (resolved.kind === 'engine' ? !ENGINE_PARAMETERS.has(resolved.name) : isWhere(resolved.parameter)) {
      throw invalidArgument(
        where,
        resolved.name,
        resolved.name === 'WhatIf'
          ? 'A preview of the plan says what would be done, and where.'
          : "The plan's targets, its credential and its limits say where and how a run works.",
      );
    }
    if (Object.hasOwn(queued, resolved.name))
      throw invalidArgument(where, resolved.name, 'It is given more than once.');
    queued[resolved.name] = queuedValue(resolved.kind === 'own' ? resolved.parameter : undefined, place, value);
  }
  return queued;
}

function isWhere({ name, type }: CmdletParameter): boolean {
  return WHERE.has(name.toLowerCase()) && (type !== 'PSCredential' || name.toLowerCase() !== 'credential');
}

function queuedValue(parameter: CmdletParameter | undefined, place: string, value: unknown): unknown {
  const name = secretNameOf(value);
  const isSecret = parameter !== undefined && isSecretParameter(parameter);
  if (isSecret && name === undefined && value !== null) throw secretValue(place);
  if (name === undefined) return plainValue(place, value);
  if (!isSecret) {
    throw invalidArgument(
      place,
      Object('the name of a secret'),
      'The schema has no secret there, so that it would be written where others can read it.',
    );
  }
  return { secret: name };
}

/**
 * Binds a call to see whether it fits, and whether it would ask: nobody is there to answer.
 * @throws ParameterBindingError, CimletError `ERR_CONFIRMATION_REQUIRED`, `ERR_INVALID_ARGUMENT`.
 */
export function refuseUnbindable(cmdlet: Cmdlet, queued: Given): void {
  const parameters = Object.fromEntries(
    Object.entries(queued).map(([name, value]) => [
      name,
      secretNameOf(value) === undefined ? value : placeholder(cmdlet, name),
    ]),
  );
  const named = nameParameters(cmdlet, parameters);
  const call = boundCall(cmdlet, bindCall(cmdlet, named));
  requireHost(call, requiredPrompts(call, named.engineParameters, {}), undefined);
}

function placeholder(cmdlet: Cmdlet, name: string): unknown {
  const parameter = cmdlet.parameters.find((candidate) => candidate.name === name);
  return parameter === undefined ? undefined : placeholderOf(parameter);
}
