import { CimDateTime } from '../../cim/value/cim-date-time.js';
import { TimeSpan } from '../../cim/value/time-span.js';
import { AddressValue } from './address-value.js';
import { collected, isArrayValue, isBlockValue, isOutputObject, type LineValue, TableValue } from './line-value.js';
import { NumberValue } from './number-value.js';
import { propertyValue } from './property-value.js';
import { VersionValue } from './version-value.js';

/** Whether the first bits of an IPv6 address are those. */
function hasPrefix(words: readonly number[] | undefined, prefix: number, bits: number): boolean {
  return words?.[0] !== undefined && words[0] >>> (16 - bits) === prefix >>> (16 - bits);
}

type Members<T> = Readonly<Record<string, (value: T) => LineValue>>;

const whole = (value: number | bigint): NumberValue =>
  NumberValue.of(value, typeof value === 'bigint' ? 'Int64' : 'Int32');
const real = (value: number): NumberValue => new NumberValue('Double', value);

const TIME_SPAN: Members<TimeSpan> = {
  days: (span) => whole(span.days),
  hours: (span) => whole(span.hours),
  minutes: (span) => whole(span.minutes),
  seconds: (span) => whole(span.seconds),
  milliseconds: (span) => whole(span.milliseconds),
  ticks: (span) => whole(span.microseconds * 10n),
  totaldays: (span) => real(span.totalDays),
  totalhours: (span) => real(span.totalHours),
  totalminutes: (span) => real(span.totalMinutes),
  totalseconds: (span) => real(span.totalSeconds),
  totalmilliseconds: (span) => real(span.totalMilliseconds),
};

const DATE_TIME: Members<CimDateTime> = {
  year: (time) => whole(time.toDate().getFullYear()),
  month: (time) => whole(time.toDate().getMonth() + 1),
  day: (time) => whole(time.toDate().getDate()),
  hour: (time) => whole(time.toDate().getHours()),
  minute: (time) => whole(time.toDate().getMinutes()),
  second: (time) => whole(time.toDate().getSeconds()),
  millisecond: (time) => whole(time.toDate().getMilliseconds()),
  dayofweek: (time) => time.toDate().toLocaleDateString('en', { weekday: 'long' }),
  date: (time) => CimDateTime.from(new Date(new Date(time.toDate()).setHours(0, 0, 0, 0))),
};

const ADDRESS: Members<AddressValue> = {
  ipaddresstostring: (address) => address.text,
  addressfamily: (address) => (address.isIpv4 ? 'InterNetwork' : 'InterNetworkV6'),
  address: ({ number }) => (number === undefined ? null : whole(BigInt(number))),
  scopeid: ({ zone }) => (zone === undefined ? null : whole(BigInt(zone))),
  isipv6multicast: ({ words }) => hasPrefix(words, 0xff00, 8),
  isipv6linklocal: ({ words }) => hasPrefix(words, 0xfe80, 10),
  isipv6sitelocal: ({ words }) => hasPrefix(words, 0xfec0, 10),
  isipv6uniquelocal: ({ words }) => hasPrefix(words, 0xfc00, 7),
  isipv6teredo: ({ words }) => words?.[0] === 0x2001 && words[1] === 0,
  isipv4mappedtoipv6: ({ words }) => words?.slice(0, 6).join() === '0,0,0,0,0,65535',
};

const VERSION: Members<VersionValue> = {
  major: ({ parts }) => whole(parts[0] ?? -1),
  minor: ({ parts }) => whole(parts[1] ?? -1),
  build: ({ parts }) => whole(parts[2] ?? -1),
  revision: ({ parts }) => whole(parts[3] ?? -1),
};

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
  const found = value.map((element) => memberOf(element, name)).filter((member) => member !== undefined);
  return found.length === 0 ? undefined : collected(found.flat());
}

function ownMember(value: LineValue, wanted: string): LineValue | undefined {
  if (value === null || typeof value === 'boolean' || isArrayValue(value)) return undefined;
  if (typeof value === 'string') return wanted === 'length' ? whole(value.length) : undefined;
  if (value instanceof TimeSpan) return memberIn(TIME_SPAN, wanted, value);
  if (value instanceof CimDateTime) return memberIn(DATE_TIME, wanted, value);
  if (value instanceof AddressValue) return memberIn(ADDRESS, wanted, value);
  if (value instanceof VersionValue) return memberIn(VERSION, wanted, value);
  if (value instanceof TableValue) return tableMember(value, wanted);
  if (value instanceof NumberValue || isBlockValue(value)) return undefined;
  if (!isOutputObject(value)) return undefined;
  const own = propertyValue(value, wanted);
  // A property without a value is there nevertheless.
  return own !== undefined || value.base === undefined ? own : ownMember(value.base, wanted);
}

function memberIn<T>(members: Members<T>, wanted: string, value: T): LineValue | undefined {
  return Object.hasOwn(members, wanted) ? members[wanted]?.(value) : undefined;
}

function tableMember(table: TableValue, wanted: string): LineValue | undefined {
  const entry = table.get(wanted);
  if (entry !== undefined) return entry;
  if (wanted === 'keys') return [...table.entries.keys()];
  if (wanted === 'values') return [...table.entries.values()];
  return wanted === 'count' ? whole(table.entries.size) : undefined;
}
