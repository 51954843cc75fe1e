import { CIM_NUMBER_TYPES, type CimType } from '../../cim/value/cim-type.js';
import type { CimValueDeclaration } from '../../cim/value/class-declaration.js';
import type { CmdletParameter } from '../definition/cmdlet-definition.js';
import type { ImportList } from './import-list.js';
import { type DescribedCmdlet, relatedProperties } from './schema-library.js';
import { quoted } from './source-literal.js';

const NUMERIC: ReadonlySet<CimType> = new Set(CIM_NUMBER_TYPES);

/** The TypeScript type of a property's value, without null. `lib` is the way from the module to lib/. */
export function propertyType(property: CimValueDeclaration, imports: ImportList, lib: string): string {
  const scalar = scalarPropertyType(property, imports, lib);
  return property.isArray ? arrayOf(scalar) : scalar;
}

function scalarPropertyType(property: CimValueDeclaration, imports: ImportList, lib: string): string {
  if (property.type === 'string' && isClosed(property.values)) return property.values.map(quoted).join(' | ');
  if (NUMERIC.has(property.type)) return 'number';
  switch (property.type) {
    case 'boolean':
      return 'boolean';
    case 'uint64':
    case 'sint64':
      return 'bigint';
    case 'datetime':
      return property.interval
        ? imports.type('TimeSpan', `${lib}/cim/value/time-span.js`)
        : imports.type('CimDateTime', `${lib}/cim/value/cim-date-time.js`);
    case 'instance':
    case 'reference':
      return imports.type('CimInstance', `${lib}/cim/instance/cim-instance.js`);
    default:
      return 'string';
  }
}

/** A ValueMap with a range (`..`) leaves room for other values (DSP0004 5.6.3.55). */
function isClosed(values: readonly string[] | undefined): values is readonly string[] {
  return values !== undefined && values.length > 0 && !values.some((value) => value.includes('..'));
}

/** The TypeScript type of what a caller may give to a parameter, without null. A single value stands for an array of one. */
export function parameterType(
  cmdlet: DescribedCmdlet,
  parameter: CmdletParameter,
  imports: ImportList,
  lib: string,
): string {
  const scalar = scalarParameterType(cmdlet, parameter, imports, lib);
  return parameter.isArray ? `${scalar} | ${arrayOf(scalar)}` : scalar;
}

function scalarParameterType(
  cmdlet: DescribedCmdlet,
  parameter: CmdletParameter,
  imports: ImportList,
  lib: string,
): string {
  if (parameter.validateSet && parameter.type === 'String') return spellings(cmdlet, parameter).map(quoted).join(' | ');
  if (parameter.enumeration) return [...Object.keys(parameter.enumeration.values).map(quoted), 'number'].join(' | ');
  const text = inputType(parameter.type, imports, lib);
  return parameter.secret && text === 'string' ? `string | ${imports.type('Secret', `${lib}/base/secret.js`)}` : text;
}

function inputType(type: CmdletParameter['type'], imports: ImportList, lib: string): string {
  switch (type) {
    case 'Boolean':
    case 'SwitchParameter':
      return 'boolean';
    case 'Byte':
    case 'SByte':
    case 'UInt16':
    case 'Int16':
    case 'UInt32':
    case 'Int32':
    case 'Single':
    case 'Double':
      return 'number';
    case 'UInt64':
    case 'Int64':
      return 'bigint | number';
    case 'TimeSpan':
      return imports.type('TimeSpanInput', `${lib}/cim/value/time-span.js`);
    case 'DateTime':
      return imports.type('CimDateTimeInput', `${lib}/cim/value/cim-date-time.js`);
    case 'PSCredential':
      return `Pick<${imports.type('CimCredential', `${lib}/cim/session/session-options.js`)}, 'userName' | 'password'>`;
    case 'CimInstance':
      return imports.type('CimInstance', `${lib}/cim/instance/cim-instance.js`);
    default:
      return 'string';
  }
}

/** The accepted values, and the same ones as the related classes spell them: PowerShell compares without case. */
function spellings(cmdlet: DescribedCmdlet, parameter: CmdletParameter): string[] {
  const accepted = parameter.validateSet ?? [];
  const lower = new Set(accepted.map((value) => value.toLowerCase()));
  const others = relatedProperties(cmdlet, parameter.name).flatMap((property) => property.values ?? []);
  return [...new Set([...accepted, ...others.filter((value) => lower.has(value.toLowerCase()))])];
}

function arrayOf(type: string): string {
  return `readonly ${type.includes(' ') ? `(${type})` : type}[]`;
}
