import { invalidArgument } from '../../base/errors.js';
import { NS } from '../../wsman/envelope/namespaces.js';
import type { XmlWriter } from '../../xml/writer.js';
import { CimInstance } from '../instance/cim-instance.js';
import { classResourceUri } from '../instance/resource-uri.js';
import type { CimValueDeclaration } from '../value/class-declaration.js';
import { writeDatetimeChild } from './datetime.js';
import { unfitValue } from './value-place.js';
import { isTooDeep, type WriteContext } from './write-context.js';
import { writeEndpointReference } from './write-reference.js';
import { datetimeValue, scalarText } from './write-scalar.js';
import { XSI_TYPE } from './xsi-type.js';

const NIL = { 'xsi:nil': 'true' };
// MS-WSMV 4.11.1: how a server asked for precise arrays sends a null array. An empty one is the same element with IsNullArray false.
const NULL_ARRAY = { 'xmlns:m': NS.wsmv, 'xsi:nil': 'true', 'm:IsNullArray': 'true' };
const EMPTY_ARRAY = { 'xmlns:m': NS.wsmv, 'xsi:nil': 'true', 'm:IsNullArray': 'false' };
const TYPE_ATTRIBUTES = new Map(Object.entries(XSI_TYPE).map(([type, name]) => [type, { 'xsi:type': name }]));
const BASE64 = { 'xsi:type': 'cim:cimBase64Binary' };

/**
 * Writes a declared value as elements of `prefix`: one, one an array element, or one that is nil. The prefixes `xsi` and `cim` are the
 * caller's to declare. `owner` (a class or method) is named in errors.
 */
export function writeValue(
  writer: XmlWriter,
  prefix: string,
  owner: string,
  declaration: CimValueDeclaration,
  value: unknown,
  context: WriteContext,
): void {
  const name = `${prefix}:${declaration.name}`;
  if (declaration.isArray !== true) {
    if (value === null) writer.element(name, undefined, NIL);
    else writeOne(writer, name, owner, declaration, value, context);
    return;
  }
  if (value === null) {
    writer.element(name, undefined, NULL_ARRAY);
    return;
  }
  if (!Array.isArray(value) && !(value instanceof Uint8Array)) {
    throw unfitValue(owner, declaration, value, `Give an array of ${declaration.type}.`);
  }
  if (declaration.octetString === true && declaration.type === 'uint8') {
    const octets = Array.from(value, (octet) => Number(scalarText(owner, declaration, octet)));
    writer.element(name, Buffer.from(octets).toString('base64'), BASE64);
    return;
  }
  if (value.length === 0) {
    writer.element(name, undefined, EMPTY_ARRAY);
    return;
  }
  // MS-WSMV 3.1.4.1.26: no null elements; null is no value of any type below.
  for (const element of value) writeOne(writer, name, owner, declaration, element, context);
}

function writeOne(
  writer: XmlWriter,
  name: string,
  owner: string,
  declaration: CimValueDeclaration,
  value: unknown,
  context: WriteContext,
): void {
  switch (declaration.type) {
    case 'datetime':
      writer.open(name, TYPE_ATTRIBUTES.get('datetime'));
      writeDatetimeChild(writer, datetimeValue(owner, declaration, value));
      writer.close();
      return;
    case 'instance':
      writeInstanceElement(writer, name, instanceOf(owner, declaration, value), context);
      return;
    case 'reference':
      writer.open(name, TYPE_ATTRIBUTES.get('reference'));
      writeEndpointReference(writer, instanceOf(owner, declaration, value), context.spelling);
      writer.close();
      return;
    default:
      writer.element(name, scalarText(owner, declaration, value), TYPE_ATTRIBUTES.get(declaration.type));
  }
}

function instanceOf(owner: string, declaration: CimValueDeclaration, value: unknown): CimInstance {
  if (value instanceof CimInstance) return value;
  throw unfitValue(
    owner,
    declaration,
    value,
    `Give a CimInstance${declaration.className ? ` of ${declaration.className}` : ''}.`,
  );
}

/** Writes an instance as the element `name`: the element is the property, its type is the class (DSP0230 8.4). Missing properties are left out. */
export function writeInstanceElement(
  writer: XmlWriter,
  name: string,
  instance: CimInstance,
  parent: WriteContext,
): void {
  const context = { spelling: parent.spelling, depth: parent.depth + 1 };
  const { className } = instance.cimClass;
  if (isTooDeep(context)) throw invalidArgument(className, 'instance', 'Embedded instances are nested too deep.');
  const prefix = `p${context.depth}`;
  const uri = classResourceUri(CimInstance.namespaceOf(instance), className, context.spelling);
  const attributes = context.depth === 0 ? { 'xmlns:xsi': NS.xsi, 'xmlns:cim': NS.cimCommon } : {};
  writer.open(name, { ...attributes, [`xmlns:${prefix}`]: uri, 'xsi:type': `${prefix}:${className}_Type` });
  for (const property of CimInstance.declaredValues(instance)) {
    writeValue(writer, prefix, className, property.declaration, property.value, context);
  }
  writer.close();
}
