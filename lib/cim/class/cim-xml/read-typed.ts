import type { XmlElement } from '../../../xml/tree/element.js';
import type { CimType } from '../../value/cim-type.js';
import type { CimValueDeclaration } from '../../value/class-declaration.js';
import { type CimQualifiers, isQualified, qualifierText, qualifierTexts } from '../cim-qualifier.js';
import { cimXmlAttribute } from './cim-xml-attribute.js';
import { malformedClass } from './malformed-class.js';
import { cimXmlType } from './read-cim-xml-value.js';

/** A type, and the class that an embedded instance or a reference is of. */
export interface CimXmlType {
  readonly type: CimType;
  readonly className?: string;
}

/** WMI's qualifier CIMTYPE: `object:CLASS`, `ref:CLASS`, or the plain type. */
const WMI_TYPE = /^(object|ref)(?::(.+))?$/i;

/**
 * The declaration that a PROPERTY, PARAMETER or one of their variants makes (DSP0201 5.2.5). What the qualifiers say of it: an embedded
 * instance or object, an interval, octets, the values that it can have.
 */
export function readTyped(
  element: XmlElement,
  place: string,
  name: string,
  qualifiers: CimQualifiers,
): CimValueDeclaration {
  const isArray = /\.(?:ARRAY|REFARRAY)$/.test(element.name);
  const typed = readType(element, `${place}.${name}`, qualifiers);
  const values = qualifierTexts(qualifiers, 'ValueMap');
  const description = qualifierText(qualifiers, 'Description');
  return {
    name,
    ...typed,
    ...(isArray && { isArray: true }),
    ...(isInterval(qualifiers) && { interval: true }),
    ...(isArray && typed.type === 'uint8' && isQualified(qualifiers, 'OctetString') && { octetString: true }),
    ...(values !== undefined && { values }),
    ...(description !== undefined && { description }),
  };
}

/** What `element` is typed as; a METHOD has its TYPE, too. */
export function readType(element: XmlElement, place: string, qualifiers: CimQualifiers): CimXmlType {
  const wmi = WMI_TYPE.exec(qualifierText(qualifiers, 'CIMTYPE')?.trim() ?? '');
  const referenceClass = cimXmlAttribute(element, 'REFERENCECLASS');
  if (/\.(?:REFERENCE|REFARRAY)$/.test(element.name) || referenceClass !== undefined) {
    return classed('reference', referenceClass ?? wmi?.[2]);
  }
  if (wmi?.[1]?.toLowerCase() === 'ref') return classed('reference', wmi[2]);
  const embeddedClass =
    qualifierText(qualifiers, 'EmbeddedInstance') ?? cimXmlAttribute(element, 'EMBEDDEDCLASSNAME') ?? wmi?.[2];
  const isEmbedded =
    qualifiers.has('EmbeddedInstance') ||
    isQualified(qualifiers, 'EmbeddedObject') ||
    cimXmlAttribute(element, 'EMBEDDEDOBJECT') !== undefined ||
    wmi !== null;
  if (isEmbedded) return classed('instance', embeddedClass);
  const text = cimXmlAttribute(element, 'TYPE');
  const type = cimXmlType(text);
  if (type === undefined) throw malformedClass(place, 'names no CIM type', text ?? '');
  return { type };
}

function classed(type: CimType, className: string | undefined): CimXmlType {
  const name = className?.trim();
  return name === undefined || name === '' ? { type } : { type, className: name };
}

function isInterval(qualifiers: CimQualifiers): boolean {
  const text = qualifierText(qualifiers, 'SubType') ?? qualifierText(qualifiers, 'CIMTYPE');
  return text?.trim().toLowerCase() === 'interval';
}
