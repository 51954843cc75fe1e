import { CimletError, invalidArgument } from '../../base/errors.js';
import { NS } from '../../wsman/envelope/namespaces.js';
import type { XmlElement } from '../../xml/element.js';
import { XmlWriter } from '../../xml/writer.js';
import { spellingOf } from '../instance/resource-uri.js';
import type { CimInput } from '../value/cim-input.js';
import type { CimMethodResult } from '../value/cim-method-result.js';
import type { CimValue } from '../value/cim-value.js';
import type { CimMethodDeclaration, CimValueDeclaration } from '../value/class-declaration.js';
import { GivenValues } from './given-values.js';
import { groupByName, takeGroup } from './group-by-name.js';
import { isNamed, methodName } from './method-input.js';
import type { ReadContext } from './read-context.js';
import { readUnknown, readValue } from './read-value.js';
import { writeValue } from './write-value.js';

export interface MethodOutput {
  /** Of the class, as the request spelled it. */
  readonly resourceUri: string;
  readonly method: CimMethodDeclaration;
  /** By name, whatever its case; `undefined` is left out, null is sent as nil. */
  readonly outParameters?: Readonly<Record<string, CimInput | undefined>>;
  /** Left out when undefined. */
  readonly returnValue?: CimInput | undefined;
}

/**
 * The server's side of an invocation: `<p:METHOD_OUTPUT>` with the out parameters in the order of the declaration, then ReturnValue
 * (MS-WSMV 4.1.4).
 * @throws CimletError `ERR_INVALID_ARGUMENT`, naming the parameter.
 */
export function writeMethodOutput({ resourceUri, method, outParameters = {}, returnValue }: MethodOutput): string {
  const owner = methodName(resourceUri, method);
  const writer = new XmlWriter();
  writer.open(`p:${method.name}_OUTPUT`, { 'xmlns:xsi': NS.xsi, 'xmlns:p': resourceUri, 'xmlns:cim': NS.cimCommon });
  const context = { spelling: spellingOf(resourceUri), depth: 0 };
  const given = new GivenValues(owner, outParameters);
  for (const parameter of method.parameters) {
    if (parameter.direction === 'in') continue;
    const value = given.take(parameter.name);
    if (value !== undefined) writeValue(writer, 'p', owner, parameter, value, context);
  }
  const unknown = given.leftOver;
  if (unknown !== undefined) throw invalidArgument(owner, unknown, 'The method has no such out parameter.');
  if (returnValue !== undefined) writeValue(writer, 'p', owner, returnValueOf(method), returnValue, context);
  return writer.close().toString();
}

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

function returnValueOf(method: CimMethodDeclaration): CimValueDeclaration {
  return { name: 'ReturnValue', type: method.returnType };
}
