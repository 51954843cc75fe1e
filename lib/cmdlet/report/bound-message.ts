import type { DiagnosticMessages } from '../../base/diagnostics.js';
import { Secret } from '../../base/secret.js';
import type { CallParameters } from '../contract/bound-call.js';
import type { BoundParameter } from '../contract/bound-parameter.js';
import { BoundObject } from '../contract/bound-value.js';

/** What is published of a bound call; enumerations by their names, secrets and objects of this process not at all. */
export function boundMessage({
  definition,
  parameterSet,
  parameters,
}: CallParameters): DiagnosticMessages['cimlet:cmdlet:bound'] {
  const shown = [...parameters].map(([name, bound]): [string, unknown] => [name, shownValue(bound)]);
  return { cmdlet: definition.name, parameterSet, parameters: Object.fromEntries(shown) };
}

function shownValue({ parameter, value }: BoundParameter): unknown {
  if (parameter.secret || value instanceof Secret) return value === null ? null : '[secret]';
  if (value instanceof BoundObject) return `[${parameter.type}]`;
  if (Array.isArray(value))
    return value.map((element) => (element instanceof BoundObject ? `[${parameter.type}]` : element));
  const { enumeration } = parameter;
  if (enumeration === undefined || enumeration.flags) return value;
  return Object.entries(enumeration.values).find(([, number]) => number === value)?.[0] ?? value;
}
