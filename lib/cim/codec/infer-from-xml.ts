import { BoundedMemo } from '../../base/collections/bounded-memo.js';
import { NS } from '../../wsman/envelope/namespaces.js';
import type { XmlElement } from '../../xml/tree/element.js';
import type { CimType } from '../value/cim-type.js';
import type { CimClassDeclaration, CimPropertyDeclaration } from '../value/class-declaration.js';
import { markInferred } from './inferred-classes.js';
import { findReferenceParameters } from './read-reference.js';
import { isNullArray, readXsiType } from './xsi-type.js';

const DATETIME_CHILDREN: ReadonlySet<string> = new Set(['CIM_DateTime', 'Interval', 'Datetime', 'Date', 'Time']);
/** With the bound on their number some 16 million characters, whatever servers send. */
const LONGEST_REMEMBERED = 65_536;
/** The process's, since sessions to many servers meet the same classes. */
const known = new BoundedMemo<string, CimClassDeclaration>(256);

/**
 * A declaration for an instance whose class nobody declared: types from `xsi:type` and from the form of the values, else string; an array
 * where elements repeat. Equal forms give the same object, so that instances of a long enumeration share one.
 */
export function inferDeclaration(
  element: Pick<XmlElement, 'children'>,
  className: string,
  namespace: string,
): CimClassDeclaration {
  const properties = new Map<string, CimPropertyDeclaration>();
  for (const child of element.children) {
    if (isLocation(child)) continue;
    const before = properties.get(child.name);
    if (before !== undefined) properties.set(child.name, { ...before, isArray: true });
    else properties.set(child.name, inferProperty(child));
  }
  const list = [...properties.values()];
  const key = JSON.stringify([namespace, className, list]);
  const remembered = known.get(key);
  if (remembered !== undefined) return remembered;
  const declaration = markInferred({ namespace, className, properties: list, methods: [] });
  if (key.length <= LONGEST_REMEMBERED) known.set(key, declaration);
  return declaration;
}

/** The `cim:Location` that some servers put beside the properties: where the instance itself is (MS-WSMV 4.1.1). */
export function isLocation(element: XmlElement): boolean {
  return element.name === 'Location' && element.namespace === NS.cimCommon;
}

function inferProperty(element: XmlElement): CimPropertyDeclaration {
  const { name } = element;
  const type = readXsiType(element);
  const array = isNullArray(element) === undefined ? {} : { isArray: true };
  if (type?.kind === 'class') return { name, type: 'instance', ...array };
  if (type?.kind === 'scalar' && type.base64) return { name, type: 'uint8', isArray: true, octetString: true };
  if (type?.kind === 'scalar') return { name, type: type.type, ...array };
  return { name, type: typeOfContent(element), ...array };
}

function typeOfContent(element: XmlElement): CimType {
  const [only] = element.children;
  if (only === undefined) return 'string';
  if (findReferenceParameters(element) !== undefined) return 'reference';
  return element.children.length === 1 && DATETIME_CHILDREN.has(only.name) ? 'datetime' : 'instance';
}
