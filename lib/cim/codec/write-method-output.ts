import { invalidArgument } from '../../base/errors.js';
import { NS } from '../../wsman/envelope/namespaces.js';
import { XmlWriter } from '../../xml/writer.js';
import { spellingOf } from '../instance/resource-uri.js';
import type { CimInput } from '../value/cim-input.js';
import type { CimMethodDeclaration } from '../value/class-declaration.js';
import { GivenValues } from './given-values.js';
import { methodName, returnValueOf } from './method-body.js';
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
