import { CimClass } from '../../cim/class/cim-class.js';
import { CimInstance } from '../../cim/instance/cim-instance.js';
import { CimSession } from '../../cim/session/cim-session.js';
import { CimDateTime } from '../../cim/value/cim-date-time.js';
import type { CimType } from '../../cim/value/cim-type.js';
import { TimeSpan } from '../../cim/value/time-span.js';
import type { LineValue, PropertyType } from '../values/line-value.js';
import { typedValue } from '../values/typed-value.js';
import { viewDefinitionOf } from './view-definitions.js';

/** .NET's types of CIM's. */
const NET_TYPES: Readonly<Partial<Record<CimType, PropertyType>>> = {
  uint8: 'Byte',
  sint8: 'SByte',
  uint16: 'UInt16',
  sint16: 'Int16',
  uint32: 'UInt32',
  sint32: 'Int32',
  uint64: 'UInt64',
  sint64: 'Int64',
  real32: 'Single',
  real64: 'Double',
  string: 'String',
  boolean: 'Boolean',
};

/**
 * What a cmdlet gave, as the stages and views want it. A property that the class declares and the server left out counts as null.
 * `showsComputerName`: the cmdlet was given -CimSession. `isPartial`: only some properties were asked for, so those that the server left out
 * do not exist, and the class's view does not fit.
 */
export function toOutputItem(value: unknown, showsComputerName: boolean, isPartial = false): LineValue {
  if (typeof value !== 'object' || value === null) return typedValue(value);
  if (value instanceof CimClass) return classItem(value);
  if (value instanceof CimSession) return sessionItem(value);
  if (!(value instanceof CimInstance)) {
    if (value instanceof TimeSpan || value instanceof CimDateTime) return value;
    return {
      properties: new Map(Object.entries(value)),
      computerName: null,
      showsComputerName: false,
      source: value,
    };
  }
  const declared = isPartial ? [] : value.cimClass.properties;
  const {
    extended = [],
    addresses = [],
    aliases = {},
    asciiOf = {},
  } = viewDefinitionOf(value.cimClass.className) ?? {};
  const types = new Map<string, PropertyType>([...extended, ...addresses].map((name) => [name, 'IPAddress']));
  for (const { name, type } of value.cimClass.properties) {
    const known = NET_TYPES[type];
    if (known !== undefined && !types.has(name)) types.set(name, known);
  }
  for (const [alias, name] of Object.entries(aliases)) {
    const type = types.get(name);
    if (type !== undefined) types.set(alias, type);
  }
  const given = new Map<string, unknown>();
  for (const { declaration, value: one } of CimInstance.declaredValues(value)) given.set(declaration.name, one);
  const properties = new Map<string, unknown>([
    ...Object.entries(aliases)
      .filter(([, name]) => !isPartial || given.has(name))
      .map(([alias, name]): [string, unknown] => [alias, given.get(name) ?? null]),
    ...Object.entries(asciiOf)
      .filter(([, name]) => !isPartial || given.has(name))
      .map(([text, name]): [string, unknown] => [text, asciiText(given.get(name))]),
    ...declared.map(({ name }): [string, unknown] => [name, null]),
    ...given,
  ]);
  // Whose result it is, is what was asked: a server's property of this name is hidden by ours, as PowerShell's note properties hide others.
  for (const name of properties.keys()) if (name.toLowerCase() === 'pscomputername') properties.delete(name);
  return {
    className: value.cimClass.className,
    namespace: value.cimClass.namespace,
    ...(isPartial ? { viewName: '' } : {}),
    properties,
    types,
    unrolled: new Set(extended),
    get text() {
      return String(value);
    },
    computerName: value.PSComputerName ?? null,
    showsComputerName: showsComputerName && value.PSComputerName !== undefined,
    source: value,
  };
}

/** The characters of bytes that are written `0x4d534654`, as .NET's ASCII reads them; null for what is not written so. */
function asciiText(bytes: unknown): string | null {
  if (typeof bytes !== 'string' || !/^0x(?:[0-9a-f]{2})*$/i.test(bytes)) return null;
  return Buffer.from(bytes.slice(2), 'hex')
    .toString('latin1')
    .replace(/[\x80-\xff]/g, '?');
}

/** A class, as PowerShell's CimClass shows it: the names of what it has. */
function classItem(cimClass: CimClass): LineValue {
  const names = (items: Iterable<{ readonly name: string }>) => [...items].map(({ name }) => name);
  return {
    viewName: 'CimClass',
    properties: new Map<string, unknown>([
      ['CimClassName', cimClass.className],
      ['CimSuperClassName', cimClass.superClassName ?? null],
      ['CimClassMethods', names(cimClass.methods)],
      ['CimClassProperties', names(cimClass.properties)],
      ['CimClassQualifiers', names(cimClass.cimClassQualifiers)],
      ['Namespace', cimClass.namespace],
    ]),
    computerName: cimClass.cimSystemProperties.serverName ?? null,
    showsComputerName: false,
    source: cimClass,
  };
}

function sessionItem(session: CimSession): LineValue {
  const { id, name, instanceId, computerName, protocol } = session;
  return {
    properties: new Map<string, unknown>([
      ['Id', id],
      ['Name', name],
      ['InstanceId', instanceId],
      ['ComputerName', computerName],
      ['Protocol', protocol],
    ]),
    computerName,
    showsComputerName: false,
    source: session,
  };
}
