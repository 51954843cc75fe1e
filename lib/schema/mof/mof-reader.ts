import { CIM_DATA_TYPES, type CimType } from '../../cim/value/cim-type.js';
import type {
  CimClassDeclaration,
  CimMethodDeclaration,
  CimParameterDeclaration,
  CimPropertyDeclaration,
  CimValueDeclaration,
} from '../../cim/value/class-declaration.js';
import { SchemaError } from '../definition/schema-error.js';
import { type MofClass, type MofMethod, type MofProperty, type MofTypedName, parseMof } from './mof-parser.js';
import type { MofQualifiers } from './mof-qualifiers.js';

export interface MofReadOptions {
  /** For messages. Default `(MOF)`. */
  readonly fileName?: string;
  /** Namespace of classes before any `#pragma namespace`. Default `root/cimv2`. */
  readonly namespace?: string;
}

/**
 * The class declarations of a MOF file (DSP0004 annex A): pragmas, comments, qualifiers, superclasses, properties, methods, arrays,
 * references, initial values. Qualifiers that mean something here: Key, Required, Write, Static, In, Out, ValueMap, Description,
 * EmbeddedInstance, EmbeddedObject, OctetString and WMI's SubType("interval"); others are read and left alone.
 * @throws SchemaError with file, line and column.
 * @example readMof('class Lamp { [Key] string Name; [Write] boolean On; };')
 */
export function readMof(text: string, options: MofReadOptions = {}): CimClassDeclaration[] {
  const fileName = options.fileName ?? '(MOF)';
  return parseMof(text, fileName).map((parsed) =>
    classDeclaration(parsed, options.namespace ?? 'root/cimv2', fileName),
  );
}

/** The sentence that a declaration is described with; documentation needs it, the wire does not. */
function descriptionOf(qualifiers: MofQualifiers): string | undefined {
  return qualifiers.text('Description');
}

function classDeclaration(parsed: MofClass, defaultNamespace: string, fileName: string): CimClassDeclaration {
  const description = descriptionOf(parsed.qualifiers);
  return {
    namespace: parsed.namespace ?? defaultNamespace,
    className: parsed.name,
    ...(parsed.superClassName !== undefined && { superClassName: parsed.superClassName }),
    ...(description !== undefined && { description }),
    properties: parsed.properties.map((property) => propertyDeclaration(property, fileName)),
    methods: parsed.methods.map((method) => methodDeclaration(method, fileName)),
  };
}

function propertyDeclaration(property: MofProperty, fileName: string): CimPropertyDeclaration {
  const { qualifiers } = property;
  return {
    ...valueDeclaration(property, fileName),
    ...(qualifiers.flag('Key') && { key: true }),
    ...(qualifiers.flag('Required') && { required: true }),
    ...(!qualifiers.flag('Write') && { readOnly: true }),
  };
}

function methodDeclaration(method: MofMethod, fileName: string): CimMethodDeclaration {
  if (method.isArray) throw error(method, fileName, `The method ${method.name} cannot return an array.`);
  const description = descriptionOf(method.qualifiers);
  return {
    name: method.name,
    isStatic: method.qualifiers.flag('Static') === true,
    returnType: cimType(method, fileName).type,
    ...(description !== undefined && { description }),
    parameters: method.parameters.map((parameter) => parameterDeclaration(parameter, fileName)),
  };
}

/** DSP0004 5.6.3: In is true and Out is false unless said otherwise. */
function parameterDeclaration(parameter: MofTypedName, fileName: string): CimParameterDeclaration {
  const { qualifiers } = parameter;
  const out = qualifiers.flag('Out') === true;
  const into = qualifiers.flag('In') ?? !out;
  return { ...valueDeclaration(parameter, fileName), direction: out ? (into ? 'inout' : 'out') : 'in' };
}

function valueDeclaration(typed: MofTypedName, fileName: string): CimValueDeclaration {
  const values = typed.qualifiers.texts('ValueMap');
  const description = descriptionOf(typed.qualifiers);
  const type = cimType(typed, fileName);
  const isOctets = typed.isArray && type.type === 'uint8' && typed.qualifiers.flag('OctetString') === true;
  return {
    name: typed.name,
    ...type,
    ...(typed.isArray && { isArray: true }),
    ...(typed.qualifiers.text('SubType')?.toLowerCase() === 'interval' && { interval: true }),
    ...(isOctets && { octetString: true }),
    ...(values !== undefined && { values }),
    ...(description !== undefined && { description }),
  };
}

function cimType(typed: MofTypedName, fileName: string): { readonly type: CimType; readonly className?: string } {
  const embeddedClass = typed.qualifiers.text('EmbeddedInstance');
  const isEmbedded = embeddedClass !== undefined || typed.qualifiers.flag('EmbeddedObject') === true;
  if (isEmbedded) {
    if (typed.typeName !== 'string')
      throw error(typed, fileName, `The embedded instance ${typed.name} must be a string, not ${typed.typeName}.`);
    return { type: 'instance', ...(embeddedClass !== undefined && { className: embeddedClass }) };
  }
  if (typed.isReference) return { type: 'reference', className: typed.typeName };
  const dataType = CIM_DATA_TYPES.find((type) => type === typed.typeName);
  if (dataType !== undefined) return { type: dataType };
  if (typed.typeName.toLowerCase() === 'void') throw error(typed, fileName, 'void is not a data type of MOF.');
  // WMI's own MOF names the class of an embedded object where others use EmbeddedInstance.
  return typed.typeName.toLowerCase() === 'object'
    ? { type: 'instance' }
    : { type: 'instance', className: typed.typeName };
}

function error(typed: MofTypedName, fileName: string, problem: string): SchemaError {
  return new SchemaError(fileName, problem, { position: { line: typed.token.line, column: typed.token.column } });
}
