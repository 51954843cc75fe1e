import { CimDateTime } from '../../cim/value/cim-date-time.js';
import { TimeSpan } from '../../cim/value/time-span.js';
import { readDateText } from '../../cmdlet/convert/date-text.js';
import { fitNumber, isWhole, type NumberType, readNumberText } from '../../cmdlet/convert/number-literal.js';
import { readTimeSpanText } from '../../cmdlet/convert/time-span-text.js';
import { AddressValue } from './address-value.js';
import { isArrayValue, type LineValue, TableValue } from './line-value.js';
import { NumberValue } from './number-value.js';
import { valueText } from './value-text.js';
import { VersionValue } from './version-value.js';

/** The types that values are converted to: by a cast, or since the left side of a comparison has it. */
export type ValueType = NumberType | 'String' | 'Boolean' | 'TimeSpan' | 'DateTime' | 'IPAddress' | 'Version';

/** Ticks from the year 1 to 1970. */
const EPOCH_TICKS = 621_355_968_000_000_000n;

/** What .NET has of a type before anything is set. */
const NEW: ReadonlyMap<ValueType, () => LineValue> = new Map<ValueType, () => LineValue>([
  ['TimeSpan', () => TimeSpan.zero],
  ['Version', () => new VersionValue([0, 0])],
]);

/** The type of a value as {@link convertValue} knows it; undefined for null, arrays and objects. */
export function typeOfValue(value: LineValue): ValueType | undefined {
  if (typeof value === 'string') return 'String';
  if (typeof value === 'boolean') return 'Boolean';
  if (value instanceof NumberValue) return value.type;
  if (value instanceof TimeSpan) return 'TimeSpan';
  if (value instanceof CimDateTime) return 'DateTime';
  if (value instanceof AddressValue) return 'IPAddress';
  return value instanceof VersionValue ? 'Version' : undefined;
}

/** A value as another type, by the rules of PowerShell's language (LanguagePrimitives); undefined where there is no conversion. */
export function convertValue(value: LineValue, type: ValueType): LineValue | undefined {
  // .NET makes a new one of a hash table without entries.
  if (value instanceof TableValue && value.entries.size === 0 && NEW.has(type)) return NEW.get(type)?.();
  switch (type) {
    case 'String':
      return valueText(value);
    case 'Boolean':
      return isTrue(value);
    case 'TimeSpan':
      return toTimeSpan(value);
    case 'DateTime':
      return toDateTime(value);
    case 'IPAddress':
      return toAddress(value);
    case 'Version':
      return value instanceof VersionValue ? value : typeof value === 'string' ? VersionValue.read(value) : undefined;
    default:
      return toNumber(value, type);
  }
}

/** PowerShell's id of a conversion that {@link convertValue} does not have. */
export function castFailure(value: LineValue, type: ValueType): string {
  const isParsed = type === 'TimeSpan' || type === 'DateTime' || type === 'IPAddress' || type === 'Version';
  if (typeof value === 'string' || (value instanceof NumberValue && isParsed)) {
    if (isParsed)
      return `InvalidCastParseTargetInvocation${type === 'TimeSpan' || type === 'DateTime' ? 'WithFormatProvider' : ''}`;
    if (type === 'Decimal') return 'InvalidCastFromStringToDecimal';
    return `InvalidCastFromStringTo${isWhole(type as NumberType) ? 'Integer' : 'DoubleOrSingle'}`;
  }
  if (value instanceof NumberValue || value instanceof CimDateTime || typeof value === 'boolean')
    return 'InvalidCastIConvertible';
  return value instanceof TableValue && (isParsed || type === 'Decimal') && type !== 'IPAddress'
    ? 'ObjectCreationError'
    : 'ConvertToFinalInvalidCastException';
}

/** PowerShell's idea of true. */
export function isTrue(value: LineValue): boolean {
  if (isArrayValue(value)) return value.length > 1 || (value.length === 1 && isTrue(value[0] ?? null));
  if (value instanceof NumberValue) return Number(value.value) !== 0;
  return value !== null && value !== false && value !== '';
}

function toNumber(value: LineValue, type: NumberType): NumberValue | undefined {
  const number =
    value === null || value === false
      ? 0n
      : value === true
        ? 1n
        : value instanceof NumberValue
          ? value.value
          : typeof value === 'string'
            ? readNumberText(value)?.value
            : undefined;
  const fitted = number === undefined ? undefined : fitNumber(number, type);
  return fitted === undefined ? undefined : new NumberValue(type, fitted);
}

/** .NET makes these of a long and what fits it; of other numbers PowerShell takes the text. */
function textOrLong(value: LineValue): string | bigint | undefined {
  if (typeof value === 'string') return value;
  if (!(value instanceof NumberValue)) return undefined;
  return isWhole(value.type) && value.type !== 'UInt64' ? BigInt(value.value) : String(value);
}

function toTimeSpan(value: LineValue): TimeSpan | undefined {
  if (value instanceof TimeSpan) return value;
  const given = textOrLong(value);
  return typeof given === 'bigint' ? TimeSpan.fromTicks(given) : readTimeSpanText(given ?? '');
}

function toDateTime(value: LineValue): CimDateTime | undefined {
  if (value instanceof CimDateTime) return value;
  const given = textOrLong(value);
  const date = typeof given === 'bigint' ? dateOfTicks(given) : given === undefined ? undefined : readDateText(given);
  return date === undefined || Number.isNaN(date.getTime()) ? undefined : CimDateTime.from(date);
}

/** Units of 100 ns since the year 1, by the local clock, as .NET counts a point in time. */
export function ticksOf(time: CimDateTime): bigint {
  return time.epochMicroseconds * 10n - BigInt(time.toDate().getTimezoneOffset()) * 600_000_000n + EPOCH_TICKS;
}

function dateOfTicks(ticks: bigint): Date | undefined {
  if (ticks < 0) return undefined;
  return dateOfWall(Number((ticks - EPOCH_TICKS) / 10_000n));
}

/** The point in time at which the clock on the wall shows so many milliseconds since 1970. */
export function dateOfWall(milliseconds: number): Date {
  const shown = new Date(milliseconds);
  const date = new Date(0);
  date.setFullYear(shown.getUTCFullYear(), shown.getUTCMonth(), shown.getUTCDate());
  date.setHours(shown.getUTCHours(), shown.getUTCMinutes(), shown.getUTCSeconds(), shown.getUTCMilliseconds());
  return date;
}

function toAddress(value: LineValue): AddressValue | undefined {
  if (value instanceof AddressValue) return value;
  const given = textOrLong(value);
  return typeof given === 'bigint' ? AddressValue.ofNumber(given) : AddressValue.read(given ?? '');
}
