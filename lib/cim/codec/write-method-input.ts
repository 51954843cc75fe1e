import { invalidArgument } from '../../base/errors.js';
import { NS } from '../../wsman/envelope/namespaces.js';
import { XmlWriter } from '../../xml/writer.js';
import { spellingOf } from '../instance/resource-uri.js';
import type { CimInput } from '../value/cim-input.js';
import type { CimMethodDeclaration } from '../value/class-declaration.js';
import { GivenValues } from './given-values.js';
import { inParameters, methodName } from './method-body.js';
import { writeValue } from './write-value.js';

export interface MethodInput {
  /** Of the class, in either spelling; embedded instances are spelled likewise. */
  readonly resourceUri: string;
  readonly method: CimMethodDeclaration;
  /** By name, whatever its case; `undefined` is left out, null is sent as nil. */
  readonly parameters: Readonly<Record<string, CimInput | undefined>>;
}

/**
 * The body element of an invocation as Windows' client writes it (MS-WSMV 4.11.2): `<p0:METHOD_INPUT xsi:type="METHOD_INPUT_Type">`, the
 * parameters in the order of the declaration. A Secret is revealed here and nowhere before.
 * @throws CimletError `ERR_INVALID_ARGUMENT`, naming the parameter, for an unknown one and for a value that its type cannot hold.
 */
export function writeMethodInput({ resourceUri, method, parameters }: MethodInput): string {
  const owner = methodName(resourceUri, method);
  const given = new GivenValues(owner, parameters);
  const writer = new XmlWriter();
  const root = `${method.name}_INPUT`;
  writer.open(`p0:${root}`, {
    'xmlns:xsi': NS.xsi,
    'xmlns:p0': resourceUri,
    'xmlns:cim': given.size === 0 ? undefined : NS.cimCommon,
    'xsi:type': `${root}_Type`,
  });
  const context = { spelling: spellingOf(resourceUri), depth: 0 };
  for (const parameter of inParameters(method)) {
    const value = given.take(parameter.name);
    if (value !== undefined) writeValue(writer, 'p0', owner, parameter, value, context);
  }
  const unknown = given.leftOver;
  if (unknown !== undefined) {
    const known = inParameters(method).map((parameter) => parameter.name);
    throw invalidArgument(
      owner,
      unknown,
      known.length === 0 ? 'The method takes no parameter.' : `Its parameters are ${known.join(', ')}.`,
    );
  }
  return writer.close().toString();
}
