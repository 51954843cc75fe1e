import { CimDateTime } from '../../cim/value/cim-date-time.js';
import { TimeSpan } from '../../cim/value/time-span.js';
import { AddressValue } from '../values/address-value.js';
import { isOutputObject, type LineValue, type OutputObject, type TableValue } from '../values/line-value.js';
import { memberNames, namedMember } from '../values/members.js';
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
/** In the order of .NET, and what PowerShell adds. */
const DATE_TIME = [
  'Date',
  'Day',
  'DayOfWeek',
  'DayOfYear',
  'Hour',
  'Kind',
  'Millisecond',
  'Microsecond',
  'Nanosecond',
  'Minute',
  'Month',
  'Second',
  'Ticks',
  'TimeOfDay',
  'Year',
  'DateTime',
];
/** From Days to Milliseconds. */
const SPAN_COLUMNS = 5;
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

/**
 * The same for Format-List and Format-Table: of a point in time all members, in a table of time spans the whole parts; where the properties are named,
 * all of them in .NET's order.
 */
export function formattedObject(value: LineValue, view: 'table' | 'list' | 'named'): OutputObject | undefined {
  const bare = value !== null && isOutputObject(value) ? value.base : value;
  const isTime = bare instanceof CimDateTime && !bare.hasWildcards;
  const object = isTime ? membersOf(bare, 'System.DateTime', DATE_TIME) : valueObject(value);
  if (object !== undefined && bare !== undefined && view === 'named')
    return membersOf(bare as CimDateTime, object.viewName ?? '', memberNames(bare));
  const isSpan = view === 'table' && object?.source instanceof TimeSpan;
  return isSpan ? { ...object, properties: new Map([...object.properties].slice(0, SPAN_COLUMNS)) } : object;
}

/** Which members .NET has as enumerations, whose columns stand to the right like those of numbers. */
const ENUMERATIONS: Readonly<Record<string, readonly string[]>> = {
  'System.Net.IPAddress': ['AddressFamily'],
  'System.DateTime': ['DayOfWeek', 'Kind'],
};

export function isEnumeration({ viewName }: OutputObject, name: string): boolean {
  return viewName !== undefined && ENUMERATIONS[viewName]?.includes(name) === true;
}

function membersOf(
  value: AddressValue | CimDateTime | TimeSpan | VersionValue,
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
