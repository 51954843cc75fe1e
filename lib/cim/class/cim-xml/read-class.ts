import type { XmlElement } from '../../../xml/tree/element.js';
import type { CimPropertyDeclaration } from '../../value/class-declaration.js';
import { CimClass, type CimClassMethod, type CimClassParameter, type CimClassProperty } from '../cim-class.js';
import { isQualified, qualifierText } from '../cim-qualifier.js';
import { cimXmlAttribute, cimXmlFlag } from './cim-xml-attribute.js';
import { malformedClass } from './malformed-class.js';
import { readCimXmlValue } from './read-cim-xml-value.js';
import { readQualifiers } from './read-qualifiers.js';
import { readType, readTyped } from './read-typed.js';

const PROPERTY = /^PROPERTY(?:\.ARRAY|\.REFERENCE)?$/;
const PARAMETER = /^PARAMETER(?:\.ARRAY|\.REFERENCE|\.REFARRAY)?$/;

/**
 * Reads a CLASS element of CIM-XML (DSP0201 5.2.5.2), the form in which Windows and OMI give class metadata (MS-WSMV 3.1.4.1.38).
 * @throws CimletError `ERR_PROTOCOL` for what is not a class, or has a member without name or type.
 */
export function readCimClass(element: XmlElement, namespace: string, computerName?: string): CimClass {
  const className = cimXmlAttribute(element, 'NAME')?.trim() ?? '';
  if (element.name !== 'CLASS' || className === '') {
    throw malformedClass(className || element.name, 'is not a CLASS with a NAME');
  }
  const superClassName = cimXmlAttribute(element, 'SUPERCLASS')?.trim() || undefined;
  // Not in the DTD: what servers answer to IncludeInheritanceHierarchy.
  const derivation = (cimXmlAttribute(element, 'DERIVATION') ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  return new CimClass({
    namespace,
    className,
    superClassName: superClassName ?? derivation[0],
    derivation: derivation.length > 0 || superClassName === undefined ? derivation : [superClassName],
    qualifiers: readQualifiers(element, className),
    properties: element.children
      .filter((child) => PROPERTY.test(child.name))
      .map((child) => readProperty(child, className)),
    methods: element.childrenNamed('METHOD').map((child) => readMethod(child, className)),
    computerName,
  });
}

function readProperty(element: XmlElement, className: string): CimClassProperty {
  const name = memberName(element, className);
  const qualifiers = readQualifiers(element, `${className}.${name}`);
  const declaration: CimPropertyDeclaration = {
    ...readTyped(element, className, name, qualifiers),
    ...(isQualified(qualifiers, 'Key') && { key: true }),
    ...(isQualified(qualifiers, 'Required') && { required: true }),
    // Write is false unless the class says otherwise (DSP0004 5.6.3).
    ...(!isQualified(qualifiers, 'Write') && { readOnly: true }),
  };
  return {
    ...declaration,
    qualifiers,
    defaultValue: readCimXmlValue(element, className, declaration),
    ...origin(element),
  };
}

function readMethod(element: XmlElement, className: string): CimClassMethod {
  const name = memberName(element, className);
  const place = `${className}.${name}`;
  const qualifiers = readQualifiers(element, place);
  const description = qualifierText(qualifiers, 'Description');
  // DSP0201 leaves TYPE out of a method that gives nothing back.

  const isVoid = (cimXmlAttribute(element, 'TYPE') ?? 'void').trim().toLowerCase() === 'void';
  return {
    name,
    isStatic: isQualified(qualifiers, 'Static'),
    returnType: isVoid ? 'string' : readType(element, place, qualifiers).type,
    ...(description !== undefined && { description }),
    parameters: element.children
      .filter((child) => PARAMETER.test(child.name))
      .map((child) => readParameter(child, place)),
    qualifiers,
    ...origin(element),
  };
}

/** DSP0004 5.6.3: In is true and Out is false unless said otherwise. */
function readParameter(element: XmlElement, place: string): CimClassParameter {
  const name = memberName(element, place);
  const qualifiers = readQualifiers(element, `${place}.${name}`);
  const out = isQualified(qualifiers, 'Out');
  const into = qualifiers.has('In') ? isQualified(qualifiers, 'In') : !out;
  return {
    ...readTyped(element, place, name, qualifiers),
    direction: out ? (into ? 'inout' : 'out') : 'in',
    qualifiers,
  };
}

function memberName(element: XmlElement, place: string): string {
  const name = cimXmlAttribute(element, 'NAME')?.trim() ?? '';
  if (name === '') throw malformedClass(place, `has a ${element.name} without NAME`);
  return name;
}

function origin(element: XmlElement): { readonly classOrigin: string | undefined; readonly propagated: boolean } {
  return {
    classOrigin: cimXmlAttribute(element, 'CLASSORIGIN'),
    propagated: cimXmlFlag(element, 'PROPAGATED', false),
  };
}
