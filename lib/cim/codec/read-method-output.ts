import { CimletError } from '../../base/errors.js';
import type { XmlElement } from '../../xml/tree/element.js';
import type { CimMethodResult } from '../value/cim-method-result.js';
import type { CimValue } from '../value/cim-value.js';
import type { CimMethodDeclaration } from '../value/class-declaration.js';
import { groupByName, takeGroup } from './group-by-name.js';
import { isNamed, returnValueOf } from './method-body.js';
import type { ReadContext } from './read-context.js';
import { readUnknown, readValue } from './read-value.js';

/**
 * Reads what a method gave back: by the declaration and local names, in whatever order and namespace, with or without `_OUTPUT`.
 * What the method does not declare is read by its `xsi:type`, else as a string.
 * @throws CimletError `ERR_PROTOCOL` for another method's body or a value that is not of its type.
 */
export function readMethodOutput(
  body: XmlElement,
  method: CimMethodDeclaration,
  context: ReadContext & { readonly className?: string },
): CimMethodResult {
  const owner = context.className === undefined ? method.name : `${context.className}.${method.name}`;
  if (!isNamed(body.name, [`${method.name}_OUTPUT`, method.name, `${method.name}Response`])) {
    throw new CimletError('ERR_PROTOCOL', `${owner}: the reply is <${body.name}>, not <${method.name}_OUTPUT>.`);
  }
  const groups = groupByName(body.children);
  const outParameters: Record<string, CimValue> = Object.create(null);
  for (const parameter of method.parameters) {
    if (parameter.direction === 'in') continue;
    const elements = takeGroup(groups, parameter.name);
    if (elements !== undefined) outParameters[parameter.name] = readValue(elements, owner, parameter, context);
  }
  const returned = takeGroup(groups, 'ReturnValue');
  const returnValue = returned === undefined ? null : readValue(returned, owner, returnValueOf(method), context);
  const undeclared = [...groups.values()].flat();
  for (const { declaration, value } of readUnknown(undeclared, owner, context.namespace, context)) {
    outParameters[declaration.name] = value;
  }
  return { returnValue, outParameters };
}
