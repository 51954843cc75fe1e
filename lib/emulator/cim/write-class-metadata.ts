import { formatReal } from '../../cim/codec/real.js';
import { CimInstance } from '../../cim/instance/cim-instance.js';
import type { CimType } from '../../cim/value/cim-type.js';
import type { CimScalar, CimValue } from '../../cim/value/cim-value.js';
import type {
  CimMethodDeclaration,
  CimParameterDeclaration,
  CimValueDeclaration,
} from '../../cim/value/class-declaration.js';
import { XmlWriter } from '../../xml/writer.js';
import type { CimNamespace } from './cim-namespace.js';
import type { ClassDefinition } from './class-definition.js';

/** What DSP0227 1.1 15.8 lets a client ask for. */
export interface MetadataOptions {
  readonly qualifiers: boolean;
  readonly inherited: boolean;
  readonly derivation: boolean;
}

interface Qualifier {
  readonly name: string;
  readonly type: 'boolean' | 'string';
  readonly value: boolean | string | readonly string[];
}

const NAMESPACE = 'http://schemas.dmtf.org/wbem/cim-xml/2/cim-schema/2';

/** A class as CIM-XML's CLASS element (DSP0201 5.2.5), as a Get or Enumerate on the metadata URI gives it. */
export function writeClassMetadata(
  definition: ClassDefinition,
  namespace: CimNamespace,
  options: MetadataOptions,
): string {
  const { declaration } = definition;
  const { className, superClassName } = declaration;
  const derivation = namespace.derivation(className);
  const inherited = superClassName === undefined ? undefined : namespace.find(superClassName);
  const own = <T extends { readonly name: string }>(member: T, above: readonly T[] | undefined): boolean =>
    !above?.some((other) => other.name.toLowerCase() === member.name.toLowerCase());
  const xml = new XmlWriter().open('CLASS', {
    xmlns: NAMESPACE,
    NAME: className,
    SUPERCLASS: superClassName,
    DERIVATION: options.derivation && derivation.length > 0 ? derivation.join(',') : undefined,
  });
  const writer = new MemberWriter(xml, options.qualifiers);
  writer.qualifiers(classQualifiers(definition));
  for (const property of declaration.properties) {
    const isOwn = own(property, inherited?.properties);
    if (!isOwn && !options.inherited) continue;
    writer.property(property, isOwn, definition);
  }
  for (const method of declaration.methods) {
    const isOwn = own(method, inherited?.methods);
    if (isOwn || options.inherited) writer.method(method, isOwn);
  }
  return xml.close().toString();
}

class MemberWriter {
  readonly #xml: XmlWriter;
  readonly #withQualifiers: boolean;

  constructor(xml: XmlWriter, withQualifiers: boolean) {
    this.#xml = xml;
    this.#withQualifiers = withQualifiers;
  }

  property(
    property: ClassDefinition['declaration']['properties'][number],
    isOwn: boolean,
    from: ClassDefinition,
  ): void {
    const { name } = property;
    const defaultValue = from.defaults?.[name];
    const isReference = property.type === 'reference' && property.isArray !== true;
    const element = isReference ? 'PROPERTY.REFERENCE' : `PROPERTY${arraySuffix(property)}`;
    this.#xml.open(element, { NAME: name, ...typeAttributes(property), PROPAGATED: isOwn ? undefined : 'true' });
    this.qualifiers([
      ...(property.key === true ? [flag('key')] : []),
      ...(property.required === true ? [flag('Required')] : []),
      flag('read'),
      ...(property.readOnly === true ? [] : [flag('write')]),
      ...valueQualifiers(property),
    ]);
    if (defaultValue !== undefined && defaultValue !== null) this.#value(property.type, defaultValue);
    this.#xml.close();
  }

  method(method: CimMethodDeclaration, isOwn: boolean): void {
    const { name, returnType } = method;
    this.#xml.open('METHOD', { NAME: name, TYPE: cimXmlType(returnType), PROPAGATED: isOwn ? undefined : 'true' });
    this.qualifiers([...(method.isStatic ? [flag('Static')] : []), ...description(method.description)]);
    for (const parameter of method.parameters) this.#parameter(parameter);
    this.#xml.close();
  }

  qualifiers(qualifiers: readonly Qualifier[]): void {
    for (const { name, type, value } of qualifiers) {
      // Without these a client cannot tell a key, a static method or an out parameter from another.
      if (!this.#withQualifiers && !STRUCTURAL.has(name.toLowerCase())) continue;
      this.#xml.open('QUALIFIER', { NAME: name, TYPE: type });
      this.#value(type, value);
      this.#xml.close();
    }
  }

  #parameter(parameter: CimParameterDeclaration): void {
    const { direction, name } = parameter;
    const isReference = parameter.type === 'reference';
    const suffix = isReference ? (parameter.isArray === true ? '.REFARRAY' : '.REFERENCE') : arraySuffix(parameter);
    this.#xml.open(`PARAMETER${suffix}`, { NAME: name, ...typeAttributes(parameter) });
    this.qualifiers([
      ...(direction === 'out' ? [] : [flag('In')]),
      ...(direction === 'in' ? [] : [flag('Out')]),
      ...valueQualifiers(parameter),
    ]);
    this.#xml.close();
  }

  #value(type: CimType, value: CimValue): void {
    if (!Array.isArray(value)) {
      this.#xml.element('VALUE', valueText(type, value as CimScalar));
      return;
    }
    this.#xml.open('VALUE.ARRAY');
    for (const item of value) this.#xml.element('VALUE', valueText(type, item));
    this.#xml.close();
  }
}

const STRUCTURAL = new Set(['key', 'static', 'in', 'out', 'embeddedinstance', 'embeddedobject', 'octetstring']);

const flag = (name: string): Qualifier => ({ name, type: 'boolean', value: true });

function description(text: string | undefined): readonly Qualifier[] {
  return text === undefined ? [] : [{ name: 'Description', type: 'string', value: text }];
}

function classQualifiers(definition: ClassDefinition): readonly Qualifier[] {
  return [
    ...(definition.abstract === true ? [flag('abstract')] : []),
    ...(definition.association === true ? [flag('Association')] : []),
    ...(definition.indication === true ? [flag('Indication')] : []),
    ...(definition.source === undefined ? [] : [flag('dynamic')]),
    ...description(definition.declaration.description),
  ];
}

function valueQualifiers(declaration: CimValueDeclaration): readonly Qualifier[] {
  const { type, className, interval, octetString, values } = declaration;
  return [
    ...(type !== 'instance'
      ? []
      : className === undefined
        ? [flag('EmbeddedObject')]
        : [{ name: 'EmbeddedInstance', type: 'string', value: className } as const]),
    ...(interval === true ? [{ name: 'SubType', type: 'string', value: 'interval' } as const] : []),
    ...(octetString === true ? [flag('OctetString')] : []),
    ...(values === undefined ? [] : [{ name: 'ValueMap', type: 'string', value: values } as const]),
    ...description(declaration.description),
  ];
}

function arraySuffix({ isArray }: CimValueDeclaration): string {
  return isArray === true ? '.ARRAY' : '';
}

/** DSP0201 5.2.5: a reference names its class in place of a type. */
function typeAttributes({ type, className, isArray }: CimValueDeclaration): Record<string, string | undefined> {
  if (type !== 'reference') return { TYPE: cimXmlType(type) };
  return { REFERENCECLASS: className, TYPE: isArray === true ? 'reference' : undefined };
}

function cimXmlType(type: CimType): string {
  return type === 'instance' ? 'string' : type;
}

function valueText(type: CimType, value: CimScalar): string {
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  if ((type === 'real32' || type === 'real64') && typeof value === 'number') return formatReal(type, value) ?? '0';
  if (value instanceof CimInstance) return value.cimSystemProperties.path ?? '';
  if (typeof value === 'object' && 'toCim' in value) return value.toCim();
  return String(value);
}
