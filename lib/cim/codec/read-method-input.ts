import { CimletError } from '../../base/errors.js';
import type { XmlElement } from '../../xml/tree/element.js';
import type { CimValue } from '../value/cim-value.js';
import type { CimMethodDeclaration } from '../value/class-declaration.js';
import { groupByName, takeGroup } from './group-by-name.js';
import { inParameters, isNamed } from './method-body.js';
import type { ReadContext } from './read-context.js';
import { readValue } from './read-value.js';

/**
 * The server's side: the parameters that were given, an absent one absent, a nil one null, in an object without prototype.
 * @throws CimletError `ERR_PROTOCOL` for another method's body, an unknown parameter, a value that is not of its type.
 */
export function readMethodInput(
  body: XmlElement | undefined,
  method: CimMethodDeclaration,
  { className, ...context }: ReadContext & { readonly className?: string },
): Record<string, CimValue> {
  const parameters: Record<string, CimValue> = Object.create(null);
  if (body === undefined) return parameters;
  const owner = className === undefined ? method.name : `${className}.${method.name}`;
  const strict = { ...context, refusesBadReferences: true };
  if (!isNamed(body.name, [`${method.name}_INPUT`, method.name])) {
    throw new CimletError('ERR_PROTOCOL', `${owner}: the body is <${body.name}>, not <${method.name}_INPUT>.`);
  }
  const groups = groupByName(body.children);
  for (const parameter of inParameters(method)) {
    const elements = takeGroup(groups, parameter.name);
    if (elements !== undefined) parameters[parameter.name] = readValue(elements, owner, parameter, strict);
  }
  const [unknown] = groups.keys();
  if (unknown !== undefined) throw new CimletError('ERR_PROTOCOL', `${owner} has no parameter ${unknown}.`);
  return parameters;
}
