import { invalidArgument } from '../../base/errors.js';
import type { CimInstance } from '../../cim/instance/cim-instance.js';
import { normalizeNamespace, parseCimResource } from '../../cim/instance/resource-uri.js';
import type { CallParameters } from '../../cmdlet/contract/bound-call.js';
import { BoundObject } from '../../cmdlet/contract/bound-value.js';

const DEFAULT_NAMESPACE = 'root/cimv2';

/** The text of a parameter; undefined when it was not given. */
export function textOf(call: CallParameters, name: string): string | undefined {
  const value = call.parameters.get(name)?.value;
  return typeof value === 'string' ? value : undefined;
}

export function textsOf(call: CallParameters, name: string): string[] | undefined {
  const value = call.parameters.get(name)?.value;
  return Array.isArray(value) ? value.map(String) : undefined;
}

export function numberOf(call: CallParameters, name: string): number | undefined {
  const value = call.parameters.get(name)?.value;
  return typeof value === 'number' ? value : undefined;
}

export function isOn(call: CallParameters, name: string): boolean {
  return call.parameters.get(name)?.value === true;
}

/** The object that a parameter holds. Its converter has made sure of its type. */
export function objectOf<T>(call: CallParameters, name: string): T | undefined {
  const value = call.parameters.get(name)?.value;
  return value instanceof BoundObject ? (value.value as T) : undefined;
}

export function objectsOf<T>(call: CallParameters, name: string): T[] | undefined {
  const value = call.parameters.get(name)?.value;
  if (!Array.isArray(value)) return undefined;
  return value.flatMap((item) => (item instanceof BoundObject ? [item.value as T] : []));
}

/** The instance of a parameter that its set wants. */
export function instanceOf(call: CallParameters, name = 'InputObject'): CimInstance {
  const value = call.parameters.get(name)?.value;
  if (typeof value === 'object' && value !== null && 'cimInstanceProperties' in value) return value as CimInstance;
  throw new TypeError(`${call.definition.name} was bound without ${name}.`);
}

export function namespaceOf(call: CallParameters): string {
  return normalizeNamespace(textOf(call, 'Namespace') ?? DEFAULT_NAMESPACE);
}

/** A name of a class or a property. PowerShell: ValidateArgumentIsValidName. @throws CimletError `ERR_INVALID_ARGUMENT`. */
export function checkName(parameter: string, name: string): string {
  const trimmed = name.trim();
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(trimmed)) return trimmed;
  throw invalidArgument(parameter, name, 'Give a name: letters, digits and underscores.');
}

/** The class of a resource URI, whose last part it is. @throws CimletError `ERR_INVALID_ARGUMENT`. */
export function classOfResource(resourceUri: string): string {
  const named =
    parseCimResource(resourceUri)?.className ??
    /^[^/]*\/\/[^/]+\/(?:[^?#]*\/)?([A-Za-z_]\w*)\/?(?:[?#].*)?$/.exec(resourceUri)?.[1];
  if (named !== undefined) return named;
  throw invalidArgument('ResourceUri', resourceUri, 'Its last part has to be the name of a class.');
}

/** A request's `resourceUri`, when one was given. */
export function resourceOf(call: CallParameters): { readonly resourceUri?: string } {
  const resourceUri = textOf(call, 'ResourceUri');
  return resourceUri === undefined ? {} : { resourceUri };
}

/** The parts of a query, when they were given. */
export function dialectOf(call: CallParameters): { readonly queryDialect?: string } {
  const queryDialect = textOf(call, 'QueryDialect');
  return queryDialect === undefined ? {} : { queryDialect };
}
