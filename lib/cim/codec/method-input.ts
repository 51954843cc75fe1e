import { CimletError, invalidArgument } from '../../base/errors.js';
import { NS } from '../../wsman/envelope/namespaces.js';
import type { XmlElement } from '../../xml/element.js';
import { XmlWriter } from '../../xml/writer.js';
import { parseCimResource, spellingOf } from '../instance/resource-uri.js';
import type { CimInput } from '../value/cim-input.js';
import type { CimValue } from '../value/cim-value.js';
import type { CimMethodDeclaration, CimParameterDeclaration } from '../value/class-declaration.js';
import { GivenValues } from './given-values.js';
import { groupByName, takeGroup } from './group-by-name.js';
import type { ReadContext } from './read-context.js';
import { readValue } from './read-value.js';
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

/**
 * The server's side: the parameters that were given, an absent one absent, a nil one null, in an object without prototype.
 * @throws CimletError `ERR_PROTOCOL` for another method's body, an unknown parameter, a value that is not of its type.
 */
export function readMethodInput(
  body: XmlElement | undefined,
  method: CimMethodDeclaration,
  context: ReadContext & { readonly className?: string },
): Record<string, CimValue> {
  const parameters: Record<string, CimValue> = Object.create(null);
  if (body === undefined) return parameters;
  const owner = context.className === undefined ? method.name : `${context.className}.${method.name}`;
  if (!isNamed(body.name, [`${method.name}_INPUT`, method.name])) {
    throw new CimletError('ERR_PROTOCOL', `${owner}: the body is <${body.name}>, not <${method.name}_INPUT>.`);
  }
  const groups = groupByName(body.children);
  for (const parameter of inParameters(method)) {
    const elements = takeGroup(groups, parameter.name);
    if (elements !== undefined) parameters[parameter.name] = readValue(elements, owner, parameter, context);
  }
  const [unknown] = groups.keys();
  if (unknown !== undefined) throw new CimletError('ERR_PROTOCOL', `${owner} has no parameter ${unknown}.`);
  return parameters;
}

function inParameters(method: CimMethodDeclaration): readonly CimParameterDeclaration[] {
  return method.parameters.filter((parameter) => parameter.direction !== 'out');
}

/** `Win32_Process.Create`, for messages. */
export function methodName(resourceUri: string, method: CimMethodDeclaration): string {
  const className = parseCimResource(resourceUri)?.className;
  return className === undefined ? method.name : `${className}.${method.name}`;
}

export function isNamed(name: string, expected: readonly string[]): boolean {
  return expected.some((candidate) => candidate.toLowerCase() === name.toLowerCase());
}
