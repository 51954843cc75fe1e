import { TimeSpan } from '../../cim/value/time-span.js';
import { AddressValue } from '../values/address-value.js';
import { isOutputObject, type LineValue, type OutputObject, type TableValue } from '../values/line-value.js';
import { namedMember } from '../values/members.js';
import { VersionValue } from '../values/version-value.js';

const ADDRESS = [
  'AddressFamily',
  'ScopeId',
  'IsIPv6Multicast',
  'IsIPv6LinkLocal',
  'IsIPv6SiteLocal',
  'IsIPv6Teredo',
  'IsIPv6UniqueLocal',
  'IsIPv4MappedToIPv6',
  'Address',
  'IPAddressToString',
];
const TIME_SPAN = [
  'Days',
  'Hours',
  'Minutes',
  'Seconds',
  'Milliseconds',
  'Ticks',
  'TotalDays',
  'TotalHours',
  'TotalMinutes',
  'TotalSeconds',
  'TotalMilliseconds',
];
const VERSION = ['Major', 'Minor', 'Build', 'Revision', 'MajorRevision', 'MinorRevision'];

/** What stands under such a name in a hash table is not shown on a terminal, though PowerShell shows it. */
const SECRET_NAME = /secret|password/i;

/** The entries of a hash table, which PowerShell shows one by one. */
export function tableEntries(table: TableValue): OutputObject[] {
  return [...table.entries].map(([name, value]) => ({
    viewName: 'System.Collections.DictionaryEntry',
    properties: new Map<string, LineValue>([
      ['Name', name],
      ['Value', SECRET_NAME.test(name) ? '[redacted]' : value],
    ]),
    computerName: null,
    showsComputerName: false,
    source: table,
  }));
}

/** A value of .NET that PowerShell shows by its members, not as a text: an address, a time span, a version. Undefined for others. */
export function valueObject(value: LineValue): OutputObject | undefined {
  const bare = value !== null && isOutputObject(value) ? value.base : value;
  if (bare instanceof AddressValue) return membersOf(bare, 'System.Net.IPAddress', ADDRESS);
  if (bare instanceof TimeSpan && !bare.hasWildcards) return membersOf(bare, 'System.TimeSpan', TIME_SPAN);
  return bare instanceof VersionValue ? membersOf(bare, 'System.Version', VERSION) : undefined;
}

function membersOf(
  value: AddressValue | TimeSpan | VersionValue,
  viewName: string,
  names: readonly string[],
): OutputObject {
  return {
    viewName,
    properties: new Map(names.map((name) => [name, namedMember(value, name) ?? null])),
    computerName: null,
    showsComputerName: false,
    source: value,
  };
}
