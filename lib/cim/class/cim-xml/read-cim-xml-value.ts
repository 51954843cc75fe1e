import type { XmlElement } from '../../../xml/tree/element.js';
import { readPlainScalar } from '../../codec/read-scalar.js';
import { CIM_DATA_TYPES, type CimType } from '../../value/cim-type.js';
import type { CimScalar, CimValue } from '../../value/cim-value.js';
import type { CimValueDeclaration } from '../../value/class-declaration.js';

/** No TYPE attribute says `instance`: an embedded one is a string with a qualifier (DSP0201 5.2.5.3). */
const TYPES: readonly CimType[] = [...CIM_DATA_TYPES, 'reference'];

/** The CIM type of a TYPE attribute; undefined for a word that names no type. */
export function cimXmlType(text: string | undefined): CimType | undefined {
  const name = text?.trim().toLowerCase();
  return TYPES.find((type) => type === name);
}

/**
 * The value below a QUALIFIER or PROPERTY: VALUE or VALUE.ARRAY (DSP0201 5.2.4). Undefined when there is none, and for values that are
 * instances or references, which no class has as its default.
 * @throws CimletError `ERR_PROTOCOL` when it is not of its type.
 */
export function readCimXmlValue(
  element: XmlElement,
  owner: string,
  declaration: CimValueDeclaration,
): CimValue | undefined {
  if (declaration.type === 'instance' || declaration.type === 'reference') return undefined;
  const scalar = (value: XmlElement): CimScalar =>
    // OMI writes a string's VALUE with the white space of the string.
    readPlainScalar(owner, declaration, declaration.type === 'string' ? value.text : value.text.trim());
  const array = element.child('VALUE.ARRAY');
  if (array !== undefined) return array.childrenNamed('VALUE').map(scalar);
  const single = element.child('VALUE');
  if (single === undefined) return undefined;
  return declaration.isArray === true ? [scalar(single)] : scalar(single);
}
