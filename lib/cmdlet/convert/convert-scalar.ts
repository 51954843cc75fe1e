import { types } from 'node:util';
import { remedyOf } from '../../base/errors.js';
import { canonicalIp, isIpv4 } from '../../base/network/ip-address.js';
import { type Text, wording } from '../../base/wording.js';
import { CimDateTime, type CimDateTimeInput } from '../../cim/value/cim-date-time.js';
import { TimeSpan, type TimeSpanInput } from '../../cim/value/time-span.js';
import type { CmdletParameter } from '../../schema/definition/cmdlet-definition.js';
import type { BoundScalar } from '../contract/bound-value.js';
import { ConversionFailure } from './conversion-error.js';
import { convertCredential, convertLogon } from './convert-credential.js';
import { convertClass, convertDictionary, convertPlainObject, convertSession } from './convert-library-object.js';
import { convertInstance } from './convert-object.js';
import { readDateText } from './date-text.js';
import { ipv4Remedy } from './ipv4-remedy.js';
import { readNumberText } from './number-literal.js';
import { isUnitless } from './time-span-text.js';

type Converter = (value: unknown, parameter: CmdletParameter) => BoundScalar;

const signed = (bits: number): Converter => integer(-(2n ** BigInt(bits - 1)), 2n ** BigInt(bits - 1) - 1n, bits > 32);
const unsigned = (bits: number): Converter => integer(0n, 2n ** BigInt(bits) - 1n, bits > 32);

/** One converter for each .NET type, with the conversions that PowerShell's language has. */
export const CONVERTERS: Readonly<Record<CmdletParameter['type'], Converter>> = {
  String: (value) => toText(value),
  Boolean: (value) => toBoolean(value),
  SwitchParameter: (value) => toBoolean(value),
  Byte: unsigned(8),
  UInt16: unsigned(16),
  UInt32: unsigned(32),
  UInt64: unsigned(64),
  SByte: signed(8),
  Int16: signed(16),
  Int32: signed(32),
  Int64: signed(64),
  Single: (value) => toReal(value),
  Double: (value) => toReal(value),
  Char: pattern(/^[\s\S]$/, 'is not one character.', 'Give a string of one UTF-16 unit.'),
  IPAddress: (value, parameter) => toAddress(value, parameter),
  TimeSpan: (value) => toTimeSpan(value),
  DateTime: (value) => toDateTime(value),
  PSCredential: (value) => convertCredential(value),
  CimInstance: (value, parameter) => convertInstance(value, parameter),
  CimSession: (value) => convertSession(value),
  CimClass: (value) => convertClass(value),
  CimSessionOptions: (value) => convertPlainObject(value),
  Hashtable: (value) => convertDictionary(value),
  Credential: (value) => convertLogon(value),
  Guid: pattern(
    /^\{?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\}?$/i,
    'is not a valid GUID.',
    'Write it as 01234567-89ab-cdef-0123-456789abcdef.',
  ),
  Uri: pattern(/^\S+$/, 'is not a valid URI.', 'Write it as http://host/path.'),
  Version: pattern(/^\d+(\.\d+){1,3}$/, 'is not a valid version.', 'Write it as 2.0.0.0.'),
  MailAddress: pattern(/^[^@\s]+@[^@\s]+$/, 'is not a valid mail address.', 'Write it as name@host.'),
  PhysicalAddress: pattern(
    /^[0-9a-f]{2}([-:]?[0-9a-f]{2})*$/i,
    'is not a valid hardware address.',
    'Write it as 00-11-22-AA-BB-CC.',
  ),
};

function toText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  throw new ConversionFailure('cannot be converted to text.', 'Give a string.');
}

/** PowerShell takes Boolean values and numbers, and refuses text, in which `"false"` would be true. A bare `1` on a command line is a number. */
function toBoolean(value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number' && !Number.isNaN(value)) return value !== 0;
  if (typeof value === 'bigint') return value !== 0n;
  throw new ConversionFailure(
    'cannot be converted to a Boolean.',
    'Give true or false ($true, $false, 1 or 0 on a command line).',
  );
}

/** PowerShell rounds 1.5 to 2; here a fraction is refused, since it is a slip more often than an intention. */
function integer(min: bigint, max: bigint, asBigint: boolean): Converter {
  const remedy = `Give a whole number from ${min} to ${max}.`;
  return (value) => {
    if (asBigint && typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)) {
      throw new ConversionFailure(
        'is more than a number holds exactly.',
        `Give it as a bigint, such as ${BigInt(value)}n.`,
      );
    }
    const whole = toWhole(value);
    if (whole === undefined) throw new ConversionFailure('cannot be converted to a whole number.', remedy);
    if (whole < min || whole > max) throw new ConversionFailure('is out of range.', remedy);
    return asBigint ? whole : Number(whole);
  };
}

function toWhole(value: unknown): bigint | undefined {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : undefined;
  const number = typeof value === 'string' && value.trim() !== '' ? readNumberText(value)?.value : undefined;
  return number === undefined || typeof number === 'bigint' ? number : toWhole(number);
}

function toReal(value: unknown): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  const number = typeof value === 'string' && value.trim() !== '' ? readNumberText(value) : undefined;
  if (number !== undefined) return Number(number.value);
  throw new ConversionFailure('cannot be converted to a number.', 'Give a number such as 1.5.');
}

function toAddress(value: unknown, parameter: CmdletParameter): string {
  const text = typeof value === 'string' ? value : '';
  const address = parameter.ipv4Only && !isIpv4(text) ? undefined : canonicalIp(text);
  if (address !== undefined) return address;
  const problem = parameter.ipv4Only ? 'is not a valid IPv4 address.' : 'is not a valid IP address.';
  throw new ConversionFailure(
    problem,
    parameter.ipv4Only || !text.includes(':') ? ipv4Remedy(text) : 'Write an IPv4 or IPv6 address.',
  );
}

/** A text without an offset from UTC is local time, in ISO 8601 as in the forms that PowerShell reads besides. */
function toDateTime(value: unknown): CimDateTime {
  const remedy = 'Give a Date, or ISO 8601 text such as 2026-11-24T08:00:00Z.';
  const problem = 'is not a valid point in time.';
  if (!(types.isDate(value) || typeof value === 'string')) throw new ConversionFailure(problem, remedy);
  try {
    return CimDateTime.from(value as CimDateTimeInput);
  } catch (error) {
    const date = typeof value === 'string' ? readDateText(value) : undefined;
    if (date !== undefined) return CimDateTime.from(date);
    throw new ConversionFailure(problem, remedyOf(error) ?? remedy);
  }
}

/**
 * PowerShell reads a bare number as ticks of 100 ns and the text `'60'` as 60 days. Neither is what its writer means, so both are refused;
 * days are written `60.00:00:00`. Zero is the same in all units.
 */
function toTimeSpan(value: unknown): TimeSpan {
  const remedy = wording`Write hh:mm:ss or d.hh:mm:ss, such as '2:00:00'${{ clause: wording`, or an object such as ${{ code: '{ hours: 2 }' }}` }}.`;
  if (typeof value === 'string' && /^-?0+$/.test(value.trim())) return new TimeSpan(0n);
  if (typeof value === 'string' && isUnitless(value)) {
    throw new ConversionFailure('does not say which unit it has.', wording`${remedy} A day is 1.00:00:00.`);
  }
  if (typeof value !== 'string' && (typeof value !== 'object' || value === null)) {
    throw new ConversionFailure('is not a valid time span.', remedy);
  }
  return rewordFailure(() => TimeSpan.from(value as TimeSpanInput), 'is not a valid time span.', remedy);
}

function pattern(expression: RegExp, problem: string, remedy: string): Converter {
  return (value) => {
    if (typeof value === 'string' && expression.test(value)) return value;
    throw new ConversionFailure(problem, remedy);
  };
}

/** Runs a conversion of the cim floor; its own remedy, after the value, is the more exact one. */
function rewordFailure<T>(convert: () => T, problem: string, remedy: Text): T {
  try {
    return convert();
  } catch (error) {
    throw new ConversionFailure(problem, remedyOf(error) ?? remedy);
  }
}
