import { CimClass } from '../../cim/class/cim-class.js';
import { CimInstance } from '../../cim/instance/cim-instance.js';
import { CimSession } from '../../cim/session/cim-session.js';
import { TimeSpan } from '../../cim/value/time-span.js';
import type { OutputItem } from './output-object.js';

/**
 * What a cmdlet gave, as the stages and views want it. A property that the class declares and the server left out counts as null.
 * `showsComputerName`: the cmdlet was given -CimSession. `isPartial`: only some properties were asked for, so those that the server left out
 * do not exist, and the class's view does not fit.
 */
export function toOutputItem(value: unknown, showsComputerName: boolean, isPartial = false): OutputItem {
  if (
    typeof value === 'string' ||
    typeof value === 'number' ||
    typeof value === 'boolean' ||
    typeof value === 'bigint'
  ) {
    return value;
  }
  if (value instanceof CimClass) return classItem(value);
  if (value instanceof CimSession) return sessionItem(value);
  if (!(value instanceof CimInstance)) {
    if (typeof value !== 'object' || value === null || value instanceof TimeSpan) return String(value);
    return {
      properties: new Map(Object.entries(value)),
      computerName: null,
      showsComputerName: false,
      source: value,
    };
  }
  const declared = isPartial ? [] : value.cimClass.properties;
  const properties = new Map<string, unknown>(declared.map(({ name }) => [name, null]));
  for (const [name, given] of Object.entries(value.properties)) properties.set(name, given);
  return {
    className: value.cimClass.className,
    namespace: value.cimClass.namespace,
    ...(isPartial ? { viewName: '' } : {}),
    properties,
    computerName: value.PSComputerName ?? null,
    showsComputerName: showsComputerName && value.PSComputerName !== undefined,
    source: value,
  };
}

/** A class, as PowerShell's CimClass shows it: the names of what it has. */
function classItem(cimClass: CimClass): OutputItem {
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

function sessionItem(session: CimSession): OutputItem {
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
