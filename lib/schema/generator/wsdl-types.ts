import { XSI_TYPE } from '../../cim/codec/xsi-type.js';
import type { CimType } from '../../cim/value/cim-type.js';
import type {
  CimClassDeclaration,
  CimMethodDeclaration,
  CimValueDeclaration,
} from '../../cim/value/class-declaration.js';
import type { ElementBuilder } from './element-builder.js';

/** What each of DSP0230's types extends. */
const BASES: Readonly<Record<string, string>> = {
  cimBoolean: 'xs:boolean',
  cimUnsignedByte: 'xs:unsignedByte',
  cimByte: 'xs:byte',
  cimUnsignedShort: 'xs:unsignedShort',
  cimShort: 'xs:short',
  cimUnsignedInt: 'xs:unsignedInt',
  cimInt: 'xs:int',
  cimUnsignedLong: 'xs:unsignedLong',
  cimLong: 'xs:long',
  cimFloat: 'xs:float',
  cimDouble: 'xs:double',
  cimChar16: 'xs:string',
  cimString: 'xs:string',
  cimBase64Binary: 'xs:base64Binary',
};

/** The classes whose instances the methods take or give, and those within them. */
export function embeddedClasses(
  declaration: CimClassDeclaration,
  classes: readonly CimClassDeclaration[],
): CimClassDeclaration[] {
  const byName = new Map(classes.map((one) => [one.className.toLowerCase(), one]));
  const found = new Set<CimClassDeclaration>();
  const collect = (values: readonly CimValueDeclaration[]): void => {
    for (const { type, className } of values) {
      const embedded = type === 'instance' ? byName.get(className?.toLowerCase() ?? '') : undefined;
      if (embedded === undefined || found.has(embedded)) continue;
      found.add(embedded);
      collect(embedded.properties);
    }
  };
  collect(declaration.methods.flatMap(({ parameters }) => parameters));
  return [...found];
}

/** Writes a schema for each namespace: CIM's types as far as they are used, the embedded classes, the methods. */
export function writeTypes(
  types: ElementBuilder,
  declaration: CimClassDeclaration,
  embedded: readonly CimClassDeclaration[],
  prefixes: ReadonlyMap<string, string>,
): void {
  const writer = new SchemaWriter(types, prefixes, embedded);
  const values = [
    ...embedded.flatMap(({ properties }) => properties),
    ...declaration.methods.flatMap((method) => [...method.parameters, returnValueOf(method)]),
  ];
  writer.writeCimTypes(new Set(values.flatMap((value) => cimTypeOf(value) ?? [])));
  for (const one of embedded) writer.writeClass(one);
  writer.writeMethods(declaration.methods);
}

class SchemaWriter {
  readonly #types: ElementBuilder;
  readonly #prefixes: ReadonlyMap<string, string>;
  /** Class name in lower case → its prefix and its type. */
  readonly #classes: ReadonlyMap<string, { readonly prefix: string; readonly type: string }>;

  constructor(types: ElementBuilder, prefixes: ReadonlyMap<string, string>, embedded: readonly CimClassDeclaration[]) {
    this.#types = types;
    this.#prefixes = prefixes;
    this.#classes = new Map(
      embedded.map(({ className }, index) => [
        className.toLowerCase(),
        { prefix: `c${index + 1}`, type: `c${index + 1}:${className}_Type` },
      ]),
    );
  }

  writeCimTypes(names: ReadonlySet<string>): void {
    const schema = this.#schema('cim', []);
    for (const [name, base] of Object.entries(BASES)) {
      if (!names.has(name)) continue;
      const extension = schema.add('xs:complexType', { name }).add('xs:simpleContent').add('xs:extension', { base });
      allowAttributes(extension);
    }
    if (names.has('cimDateTime')) writeDateTimeType(schema);
    if (names.has('cimReference')) {
      const reference = schema.add('xs:complexType', { name: 'cimReference' });
      reference.add('xs:sequence').add('xs:any', { maxOccurs: 'unbounded', processContents: 'lax' });
      allowAttributes(reference);
    }
  }

  writeClass({ className, description, properties }: CimClassDeclaration): void {
    const own = this.#classes.get(className.toLowerCase());
    const schema = this.#schema(own?.prefix ?? '', properties);
    const type = schema.add('xs:complexType', { name: `${className}_Type` });
    annotate(type, description);
    const sequence = type.add('xs:sequence');
    for (const property of properties) {
      const neverNull = property.key === true || property.required === true;
      this.#writeValue(sequence, property, { nillable: !neverNull });
    }
    allowAttributes(type);
    schema.add('xs:element', { name: className, type: own?.type });
  }

  writeMethods(methods: readonly CimMethodDeclaration[]): void {
    const all = methods.flatMap(({ parameters }) => parameters);
    const schema = this.#schema('tns', all);
    for (const method of methods) {
      const { name, parameters } = method;
      const input = message(schema, `${name}_INPUT`);
      for (const parameter of parameters) {
        if (parameter.direction !== 'out') this.#writeValue(input, parameter, { nillable: true });
      }
      const output = message(schema, `${name}_OUTPUT`);
      for (const parameter of parameters) {
        if (parameter.direction !== 'in') this.#writeValue(output, parameter, { nillable: true });
      }
      this.#writeValue(output, returnValueOf(method), { nillable: true });
    }
  }

  #schema(prefix: string, values: readonly CimValueDeclaration[]): ElementBuilder {
    const schema = this.#types.add('xs:schema', {
      targetNamespace: this.#prefixes.get(prefix),
      elementFormDefault: 'qualified',
    });
    const imported = prefix === 'cim' ? [] : ['cim', ...values.map((value) => this.#classOf(value)?.prefix)];
    for (const other of new Set(imported)) {
      if (other !== undefined && other !== prefix) schema.add('xs:import', { namespace: this.#prefixes.get(other) });
    }
    return schema;
  }

  #classOf({ type, className = '' }: CimValueDeclaration) {
    return type === 'instance' ? this.#classes.get(className.toLowerCase()) : undefined;
  }

  /** A server may leave out any property, and a caller any parameter. */
  #writeValue(
    sequence: ElementBuilder,
    value: CimValueDeclaration,
    { nillable }: { readonly nillable: boolean },
  ): void {
    const element = sequence.add('xs:element', {
      name: value.name,
      type: this.#typeOf(value),
      minOccurs: '0',
      maxOccurs: value.isArray === true && value.octetString !== true ? 'unbounded' : undefined,
      nillable: nillable ? 'true' : undefined,
    });
    annotate(element, value.description);
  }

  #typeOf(value: CimValueDeclaration): string {
    const embedded = this.#classOf(value);
    if (embedded !== undefined) return embedded.type;
    const cimType = cimTypeOf(value);
    return cimType === undefined ? 'xs:anyType' : `cim:${cimType}`;
  }
}

/** Undefined for an instance. */
function cimTypeOf({ type, octetString }: CimValueDeclaration): string | undefined {
  if (octetString === true) return 'cimBase64Binary';
  return type === 'instance' ? undefined : XSI_TYPE[type satisfies Exclude<CimType, 'instance'>].slice('cim:'.length);
}

function returnValueOf({ returnType }: CimMethodDeclaration): CimValueDeclaration {
  return { name: 'ReturnValue', type: returnType };
}

/** The type has a name, as Windows' client sends it (MS-WSMV 4.11.2); node-soap puts elements in order only when it has one. */
function message(schema: ElementBuilder, name: string): ElementBuilder {
  schema.add('xs:element', { name, type: `tns:${name}_Type` });
  return schema.add('xs:complexType', { name: `${name}_Type` }).add('xs:sequence');
}

function writeDateTimeType(schema: ElementBuilder): void {
  const type = schema.add('xs:complexType', { name: 'cimDateTime' });
  const choice = type.add('xs:choice');
  for (const [name, base] of [
    ['CIM_DateTime', 'xs:string'],
    ['Interval', 'xs:duration'],
    ['Date', 'xs:date'],
    ['Time', 'xs:time'],
    ['Datetime', 'xs:dateTime'],
  ] as const) {
    choice.add('xs:element', { name, type: base });
  }
  allowAttributes(type);
}

/** MS-WSMV's IsNullArray, and what else a server says of a value. */
function allowAttributes(type: ElementBuilder): void {
  type.add('xs:anyAttribute', { namespace: '##other', processContents: 'lax' });
}

function annotate(element: ElementBuilder, description: string | undefined): void {
  if (description !== undefined) element.add('xs:annotation').add('xs:documentation').text(description);
}
