import type { XmlElement } from '../../../xml/tree/element.js';
import type { CimQualifier, CimQualifiers } from '../cim-qualifier.js';
import { CimKeyedCollection } from '../keyed-collection.js';
import { cimXmlAttribute, cimXmlFlag } from './cim-xml-attribute.js';
import { malformedClass } from './malformed-class.js';
import { cimXmlType, readCimXmlValue } from './read-cim-xml-value.js';

/** The QUALIFIER children of a declaration (DSP0201 5.2.5.1). @throws CimletError `ERR_PROTOCOL`. */
export function readQualifiers(element: XmlElement, place: string): CimQualifiers {
  return new CimKeyedCollection(element.childrenNamed('QUALIFIER').map((qualifier) => readQualifier(qualifier, place)));
}

function readQualifier(element: XmlElement, place: string): CimQualifier {
  const name = cimXmlAttribute(element, 'NAME') ?? '';
  if (name === '') throw malformedClass(place, 'has a QUALIFIER without NAME');
  const type = cimXmlType(cimXmlAttribute(element, 'TYPE'));
  if (type === undefined) throw malformedClass(`${place}.${name}`, 'has a QUALIFIER of unknown TYPE');
  const isArray = element.child('VALUE.ARRAY') !== undefined;
  const value = readCimXmlValue(element, place, { name, type, isArray });
  return {
    name,
    // A boolean qualifier without a value is true, others are null (DSP0004 5.6).
    value: value ?? (type === 'boolean' ? true : null),
    cimType: type,
    isArray,
    overridable: cimXmlFlag(element, 'OVERRIDABLE', true),
    toSubclass: cimXmlFlag(element, 'TOSUBCLASS', true),
    translatable: cimXmlFlag(element, 'TRANSLATABLE', false),
  };
}
