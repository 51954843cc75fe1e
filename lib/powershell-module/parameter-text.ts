import type { CmdletParameter } from '../schema/definition/cmdlet-definition.js';
import { ALL_PARAMETER_SETS } from '../schema/definition/cmdlet-definition.js';
import { quotedText } from './powershell-text.js';

/** .NET types in PowerShell's spelling. */
const NET_TYPES: Readonly<Record<CmdletParameter['type'], string>> = {
  String: 'string',
  Boolean: 'bool',
  SwitchParameter: 'switch',
  Byte: 'byte',
  SByte: 'sbyte',
  UInt16: 'uint16',
  UInt32: 'uint32',
  UInt64: 'uint64',
  Int16: 'int16',
  Int32: 'int',
  Int64: 'long',
  Single: 'float',
  Double: 'double',
  Char: 'char',
  IPAddress: 'ipaddress',
  TimeSpan: 'timespan',
  DateTime: 'datetime',
  Guid: 'guid',
  Uri: 'uri',
  Version: 'version',
  MailAddress: 'mailaddress',
  PhysicalAddress: 'System.Net.NetworkInformation.PhysicalAddress',
  PSCredential: 'pscredential',
  Credential: 'pscredential',
  CimSession: 'Microsoft.Management.Infrastructure.CimSession',
  CimInstance: 'psobject',
  CimClass: 'psobject',
  CimSessionOptions: 'psobject',
  Hashtable: 'System.Collections.IDictionary',
};

/** Types whose objects are known by their type names, since not all of them are of the .NET type. */
const TYPE_NAMES: Readonly<Partial<Record<CmdletParameter['type'], string>>> = {
  CimInstance: 'Microsoft.Management.Infrastructure.CimInstance',
  CimClass: 'Microsoft.Management.Infrastructure.CimClass',
  CimSessionOptions: 'Microsoft.Management.Infrastructure.Options.CimSessionOptions',
};

/** The type of a parameter as `[type]` would have it, without the brackets. */
export function netTypeOf(parameter: CmdletParameter): string {
  const { name, type, isArray, nullable } = parameter;
  // Of New-CimSession, where scripts give the enumeration's own values.
  const net =
    name === 'Authentication'
      ? 'Microsoft.Management.Infrastructure.Options.PasswordAuthenticationMechanism'
      : NET_TYPES[type];
  if (isArray) return `${net}[]`;
  return nullable === true ? `Nullable[${net}]` : net;
}

/** One parameter of a function, with its attributes, a line each. */
export function parameterText(parameter: CmdletParameter): string {
  const typeName = TYPE_NAMES[parameter.type];
  const lines = [
    ...parameter.sets.map((set) => membershipText(parameter, set)),
    ...(parameter.aliases.length > 0 ? [`[Alias(${parameter.aliases.map(quotedText).join(', ')})]`] : []),
    ...validations(parameter),
    ...(parameter.type === 'Credential' || parameter.type === 'PSCredential'
      ? ['[System.Management.Automation.Credential()]']
      : []),
    ...(typeName === undefined || parameter.isArray ? [] : [`[PSTypeName(${quotedText(typeName)})]`]),
    `[${netTypeOf(parameter)}]$${parameter.name}`,
  ];
  return lines.map((line) => `        ${line}`).join('\n');
}

function membershipText(parameter: CmdletParameter, membership: CmdletParameter['sets'][number]): string {
  const byName = membership.valueFromPipelineByPropertyName ?? parameter.valueFromPipelineByPropertyName;
  const facts = [
    ...(membership.set === ALL_PARAMETER_SETS ? [] : [`ParameterSetName = ${quotedText(membership.set)}`]),
    ...(membership.mandatory ? ['Mandatory'] : []),
    ...(membership.position === undefined ? [] : [`Position = ${membership.position}`]),
    ...(parameter.valueFromPipeline === true ? ['ValueFromPipeline'] : []),
    ...(byName ? ['ValueFromPipelineByPropertyName'] : []),
  ];
  return `[Parameter(${facts.join(', ')})]`;
}

function validations(parameter: CmdletParameter): string[] {
  const { enumeration, validateSet, validateRange, validateLength, validateCount } = parameter;
  const words =
    validateSet ?? (enumeration === undefined || enumeration.flags ? undefined : Object.keys(enumeration.values));
  return [
    ...(parameter.allowNull ? ['[AllowNull()]'] : []),
    ...(parameter.allowEmptyString ? ['[AllowEmptyString()]'] : []),
    ...(parameter.allowEmptyCollection ? ['[AllowEmptyCollection()]'] : []),
    ...(parameter.validateNotNull === true ? ['[ValidateNotNull()]'] : []),
    ...(parameter.validateNotNullOrEmpty === true ? [notEmpty(parameter)] : []),
    ...(words === undefined ? [] : [`[ValidateSet(${words.map(quotedText).join(', ')})]`]),
    ...(validateRange === undefined ? [] : [`[ValidateRange(${validateRange.min}, ${validateRange.max})]`]),
    ...(validateLength === undefined ? [] : [`[ValidateLength(${validateLength.min}, ${validateLength.max})]`]),
    ...(validateCount === undefined ? [] : [`[ValidateCount(${validateCount.min}, ${validateCount.max})]`]),
  ];
}

/** Scripts for Windows write $env:COMPUTERNAME: the error has the id of PowerShell's own, and a remedy. */
function notEmpty({ name, isArray }: CmdletParameter): string {
  if (name !== 'ComputerName' || isArray) return '[ValidateNotNullOrEmpty()]';
  const words = '-ComputerName is empty. $env:COMPUTERNAME exists on Windows only: write the name of the server.';
  return `[ValidateScript({ -not [string]::IsNullOrWhiteSpace($_) }, ErrorMessage = ${quotedText(words)})]`;
}
