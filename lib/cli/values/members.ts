import { CimDateTime } from '../../cim/value/cim-date-time.js';
import { TimeSpan } from '../../cim/value/time-span.js';
import type { AddressValue } from './address-value.js';
import { ticksOf, typeOfValue, type ValueType } from './convert.js';
import { collected, isArrayValue, isOutputObject, type LineValue, TableValue } from './line-value.js';
import { formatDate } from './number-and-date-formats.js';
import { NumberValue } from './number-value.js';
import { propertyValue } from './property-value.js';
import type { VersionValue } from './version-value.js';

/** Whether the first bits of an IPv6 address are those. */
function hasPrefix(words: readonly number[] | undefined, prefix: number, bits: number): boolean {
  return words?.[0] !== undefined && words[0] >>> (16 - bits) === prefix >>> (16 - bits);
}

type Members<T> = Readonly<Record<string, (value: T) => LineValue>>;

const whole = (value: number | bigint): NumberValue =>
  NumberValue.of(value, typeof value === 'bigint' ? 'Int64' : 'Int32');
const real = (value: number): NumberValue => new NumberValue('Double', value);

/** .NET's properties, in its order. */
const TIME_SPAN: Members<TimeSpan> = {
  Ticks: (span) => whole(span.ticks),
  Days: (span) => whole(span.days),
  Hours: (span) => whole(span.hours),
  Milliseconds: (span) => whole(span.milliseconds),
  Microseconds: (span) => whole(Number((span.ticks / 10n) % 1000n)),
  Nanoseconds: (span) => whole(Number(span.ticks % 10n) * 100),
  Minutes: (span) => whole(span.minutes),
  Seconds: (span) => whole(span.seconds),
  TotalDays: (span) => real(span.totalDays),
  TotalHours: (span) => real(span.totalHours),
  TotalMilliseconds: (span) => real(span.totalMilliseconds),
  TotalMicroseconds: (span) => real(Number(span.ticks) / 10),
  TotalNanoseconds: (span) => real(Number(span.ticks) * 100),
  TotalMinutes: (span) => real(span.totalMinutes),
  TotalSeconds: (span) => real(span.totalSeconds),
};

const DATE_TIME: Members<CimDateTime> = {
  DateTime: (time) => formatDate(time.toDate(), 'F') ?? null,
  Date: (time) => CimDateTime.from(midnight(time)),
  Day: (time) => whole(time.toDate().getDate()),
  DayOfWeek: (time) => time.toDate().toLocaleDateString('en', { weekday: 'long' }),
  DayOfYear: (time) => whole(dayOfYear(time.toDate())),
  Hour: (time) => whole(time.toDate().getHours()),
  Kind: () => 'Unspecified',
  Millisecond: (time) => whole(time.toDate().getMilliseconds()),
  Microsecond: (time) => whole(Number(time.epochMicroseconds % 1000n)),
  Nanosecond: () => whole(0),
  Minute: (time) => whole(time.toDate().getMinutes()),
  Month: (time) => whole(time.toDate().getMonth() + 1),
  Second: (time) => whole(time.toDate().getSeconds()),
  Ticks: (time) => whole(ticksOf(time)),
  TimeOfDay: (time) => TimeSpan.from({ milliseconds: time.toDate().getTime() - midnight(time).getTime() }),
  Year: (time) => whole(time.toDate().getFullYear()),
};

const midnight = (time: CimDateTime): Date => new Date(new Date(time.toDate()).setHours(0, 0, 0, 0));

function dayOfYear(date: Date): number {
  const days = Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) - Date.UTC(date.getFullYear(), 0, 0);
  return days / 86_400_000;
}

const ADDRESS: Members<AddressValue> = {
  IPAddressToString: (address) => address.text,
  AddressFamily: (address) => (address.isIpv4 ? 'InterNetwork' : 'InterNetworkV6'),
  ScopeId: ({ zone }) => (zone === undefined ? null : whole(BigInt(zone))),
  IsIPv6Multicast: ({ words }) => hasPrefix(words, 0xff00, 8),
  IsIPv6LinkLocal: ({ words }) => hasPrefix(words, 0xfe80, 10),
  IsIPv6SiteLocal: ({ words }) => hasPrefix(words, 0xfec0, 10),
  IsIPv6Teredo: ({ words }) => words?.[0] === 0x2001 && words[1] === 0,
  IsIPv6UniqueLocal: ({ words }) => hasPrefix(words, 0xfc00, 7),
  IsIPv4MappedToIPv6: ({ words }) => words?.slice(0, 6).join() === '0,0,0,0,0,65535',
  Address: ({ number }) => (number === undefined ? null : whole(BigInt(number))),
};

const VERSION: Members<VersionValue> = {
  Major: ({ parts }) => whole(parts[0] ?? -1),
  Minor: ({ parts }) => whole(parts[1] ?? -1),
  Build: ({ parts }) => whole(parts[2] ?? -1),
  Revision: ({ parts }) => whole(parts[3] ?? -1),
  MajorRevision: ({ parts }) => whole((parts[3] ?? -1) >> 16),
  MinorRevision: ({ parts }) => whole(((parts[3] ?? -1) << 16) >> 16),
};

/** The members of a value by its type: each is given values of that type alone. */
const MEMBERS: Readonly<Partial<Record<ValueType, Members<never>>>> = {
  TimeSpan: TIME_SPAN,
  DateTime: DATE_TIME,
  IPAddress: ADDRESS,
  Version: VERSION,
  String: { Length: ({ length }: string) => whole(length) },
};

function membersOf(value: LineValue): Members<never> {
  const type = typeOfValue(value);
  return (type === undefined ? undefined : MEMBERS[type]) ?? {};
}

/** The names of a value's properties, in the order of .NET, and of a hash table's entries; none of an object's, which has its own, and of numbers. */
export function memberNames(value: LineValue): readonly string[] {
  return value instanceof TableValue ? [...value.entries.keys()] : Object.keys(membersOf(value));
}

/**
 * `.name` of a value, as an expression of the line has it: {@link namedMember}, and where there is none `Count` and `Length` of a single value, which
 * counts as one, and of null, which counts as none.
 */
export function memberOf(value: LineValue, name: string): LineValue | undefined {
  const own = namedMember(value, name);
  return own === undefined && /^(?:count|length)$/i.test(name) ? whole(value === null ? 0 : 1) : own;
}

/**
 * What the cmdlets after a pipe find by a name: a property of an object, an entry of a hash table, one of .NET's members of a time span, a point in
 * time, an address, a version or a text, `Count` and `Length` of an array, else the member of each of its elements
 * (about_Member-Access_Enumeration). Undefined where there is none of that name.
 */
export function namedMember(value: LineValue, name: string): LineValue | undefined {
  const wanted = name.toLowerCase();
  const own = ownMember(value, wanted);
  if (own !== undefined || !isArrayValue(value)) return own;
  if (wanted === 'count' || wanted === 'length') return whole(value.length);
  // An object has a null where it has no such property.
  const found = value
    .map((element) => memberOf(element, name) ?? (element !== null && isOutputObject(element) ? null : undefined))
    .filter((member) => member !== undefined);
  return found.length === 0 ? undefined : collected(found.flat());
}

function ownMember(value: LineValue, wanted: string): LineValue | undefined {
  if (value === null || isArrayValue(value)) return undefined;
  if (value instanceof TableValue) return tableMember(value, wanted);
  if (isOutputObject(value)) {
    // A property without a value is there nevertheless.
    const own = propertyValue(value, wanted);
    return own !== undefined || value.base === undefined ? own : ownMember(value.base, wanted);
  }
  const members = membersOf(value);
  const name = Object.keys(members).find((candidate) => candidate.toLowerCase() === wanted);
  return name === undefined ? undefined : members[name]?.(value as never);
}

function tableMember(table: TableValue, wanted: string): LineValue | undefined {
  const entry = table.get(wanted);
  if (entry !== undefined) return entry;
  if (wanted === 'keys') return [...table.entries.keys()];
  if (wanted === 'values') return [...table.entries.values()];
  return wanted === 'count' ? whole(table.entries.size) : undefined;
}
