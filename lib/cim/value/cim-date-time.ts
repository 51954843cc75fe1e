import { inspect, types } from 'node:util';
import { invalidArgument } from '../../base/errors.js';

/** What is taken where a point in time is wanted; text is ISO 8601 or the 25-character CIM form. */
export type CimDateTimeInput = CimDateTime | Date | string;

const CIM_FORM =
  /^(\d{4}|\*{4})(\d\d|\*\*)(\d\d|\*\*)(\d\d|\*\*)(\d\d|\*\*)(\d\d|\*\*)\.(\d{0,6}\*{0,6})([+-])(\d{3}|\*{3})$/;
const ISO_FORM = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?)?(Z|[+-]\d\d:?\d\d)?$/i;
const ISO_TIME = /^(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(Z|[+-]\d\d:?\d\d)?$/i;
const CIM_REMEDY = 'A CIM point in time has the form yyyymmddhhmmss.mmmmmm±utc.';
const MINUTE_MS = 60_000;

/**
 * A point in time with microseconds and an offset from UTC in minutes (DSP0004 5.2.4): a Date, with what a Date lacks as its own data. A value without
 * offset counts as UTC. Immutable: Date's setters throw. A structured clone, and what another process or a database gets, is a Date.
 * Fields that a server fills with asterisks (`********123000.000000-420`) are kept in {@link pattern}; such a value has no {@link toDate}.
 */
export class CimDateTime extends Date {
  /** The microseconds of the second, 0…999999. */
  readonly microsecond: number;
  /** Minutes east of UTC; undefined when the value names no offset. */
  readonly offsetMinutes: number | undefined;
  /** The CIM form as it came, when it has asterisks, which count as the lowest value (the year as 2000); else there is no such property. */
  declare readonly pattern?: string;

  /** `wallMs`: what `Date.UTC` gives for the fields as written, offset not applied. `microseconds`: 0…999, beyond the milliseconds. */
  private constructor(wallMs: number, microseconds: number, offsetMinutes: number | undefined, pattern?: string) {
    super(wallMs - (offsetMinutes ?? 0) * MINUTE_MS);
    this.microsecond = (((wallMs % 1000) + 1000) % 1000) * 1000 + microseconds;
    this.offsetMinutes = offsetMinutes;
    if (pattern !== undefined) this.pattern = pattern;
  }

  /**
   * A point in time from what a caller may write; a Date becomes UTC. `parameter` is named in the error.
   * @throws CimletError `ERR_INVALID_ARGUMENT`.
   * @example CimDateTime.from('2026-11-24T08:00:00.000001+01:00').toCim() // '20261124080000.000001+060'
   */
  static from(input: CimDateTimeInput, parameter = 'datetime'): CimDateTime {
    if (input instanceof CimDateTime) return input;
    if (types.isDate(input)) {
      const year = input.getUTCFullYear();
      if (!(year >= 0 && year <= 9999))
        throw invalidArgument(parameter, String(input), 'A CIM datetime has a year from 0000 to 9999.');
      return new CimDateTime(input.getTime(), 0, 0);
    }
    if (typeof input !== 'string')
      throw invalidArgument(parameter, input, 'Give a Date, ISO 8601 text or a CimDateTime.');
    return input.length === 25 && input[14] === '.'
      ? CimDateTime.fromCim(input, parameter)
      : CimDateTime.fromIso(input, parameter);
  }

  /**
   * ISO 8601: `2026-11-24`, `2026-11-24T08:00:00[.ffffff][Z|±hh:mm]`. Decimals past the sixth are cut off.
   * A bare time (xs:time) is kept as a value whose date is asterisks.
   * @throws CimletError `ERR_INVALID_ARGUMENT`.
   */
  static fromIso(text: string, parameter = 'datetime'): CimDateTime {
    const trimmed = text.trim();
    const time = ISO_TIME.exec(trimmed);
    if (time) return CimDateTime.#fromTime(time, text, parameter);
    const match = ISO_FORM.exec(trimmed);
    if (!match) throw invalidArgument(parameter, text, 'Write it as 2026-11-24T08:00:00Z.');
    const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone] = match;
    const wallMs = wallClock([year, month, day, hour, minute, second].map(Number), text, parameter);
    const micros = Number(fraction.slice(0, 6).padEnd(6, '0'));
    return new CimDateTime(wallMs + Math.floor(micros / 1000), micros % 1000, zoneMinutes(zone, text, parameter));
  }

  /**
   * The 25 characters of DSP0004 5.2.4: `yyyymmddhhmmss.mmmmmm±utc`. A field may be all asterisks, the microseconds in part;
   * an offset of asterisks means none is known.
   * @throws CimletError `ERR_INVALID_ARGUMENT`.
   */
  static fromCim(text: string, parameter = 'datetime'): CimDateTime {
    const match = CIM_FORM.exec(text);
    const fraction = match?.[7] ?? '';
    if (!match || fraction.length !== 6) throw invalidArgument(parameter, text, CIM_REMEDY);
    const [year = '', month = '', day = '', hour = '', minute = '', second = ''] = match.slice(1, 7);
    const number = (field: string, whenUnknown: number) => (field.includes('*') ? whenUnknown : Number(field));
    // 2000 is a leap year, so that 29 February with an unknown year is valid.
    const fields = [
      number(year, 2000),
      number(month, 1),
      number(day, 1),
      number(hour, 0),
      number(minute, 0),
      number(second, 0),
    ];
    const wallMs = wallClock(fields, text, parameter);
    const micros = Number(fraction.replaceAll('*', '0'));
    const offset = match[9]?.includes('*') ? undefined : Number(`${match[8]}${match[9]}`);
    const pattern = text.slice(0, 21).includes('*') ? text : undefined;
    return new CimDateTime(wallMs + Math.floor(micros / 1000), micros % 1000, offset === 0 ? 0 : offset, pattern);
  }

  static #fromTime(match: RegExpExecArray, text: string, parameter: string): CimDateTime {
    const [, hour = '', minute = '', second = '', fraction = '', zone] = match;
    const offset = zoneMinutes(zone, text, parameter);
    return CimDateTime.fromCim(
      `********${hour}${minute}${second}.${fraction.slice(0, 6).padEnd(6, '0')}${offsetText(offset)}`,
      parameter,
    );
  }

  /** Some fields are asterisks: the value is a pattern or is known in part only. */
  get hasWildcards(): boolean {
    return this.pattern !== undefined;
  }

  /** Microseconds since 1970-01-01T00:00:00Z; a value without offset counts as UTC, asterisks as the lowest value (year 2000). */
  get epochMicroseconds(): bigint {
    return BigInt(this.getTime()) * 1000n + BigInt(this.#beyondMilliseconds);
  }

  /** The same point in time as a plain Date of your own, microseconds cut off. @throws CimletError `ERR_INVALID_ARGUMENT` when it has asterisks. */
  toDate(): Date {
    if (this.pattern !== undefined) {
      throw invalidArgument(
        'datetime',
        this.pattern,
        'A value with asterisks is not one point in time; read it with toCim().',
      );
    }
    return new Date(this.getTime());
  }

  /** The 25-character CIM form; without an offset it ends in `+***`. */
  toCim(): string {
    if (this.pattern !== undefined) return this.pattern;
    const iso = this.#wallText();
    return `${iso.replace(/[-T:]/g, '')}${offsetText(this.offsetMinutes)}`;
  }

  /** xs:dateTime with six decimals: `2026-11-24T08:00:00.000000Z`; undefined when it has asterisks. */
  toIso(): string | undefined {
    if (this.pattern !== undefined) return undefined;
    return `${this.#wallText()}${isoZone(this.offsetMinutes)}`;
  }

  /** ISO 8601 where possible, else the CIM form with its asterisks. */
  override toString(): string {
    return this.toIso() ?? this.toCim();
  }

  override toJSON(): string {
    return this.toString();
  }

  /** The same point in time (whatever the offset); values with asterisks are equal when written alike. */
  equals(other: CimDateTime): boolean {
    if (this.hasWildcards || other.hasWildcards) return this.toCim() === other.toCim();
    const sameKind = (this.offsetMinutes === undefined) === (other.offsetMinutes === undefined);
    return sameKind && this.epochMicroseconds === other.epochMicroseconds;
  }

  /** Negative, zero or positive, for `Array.prototype.sort`. */
  static compare(left: CimDateTime, right: CimDateTime): number {
    const [a, b] = [left.epochMicroseconds, right.epochMicroseconds];
    if (a === b) return 0;
    return a < b ? -1 : 1;
  }

  /** Milliseconds since 1970-01-01T00:00:00Z, microseconds as the fraction. */
  override valueOf(): number {
    return this.getTime() + this.#beyondMilliseconds / 1000;
  }

  /** As a Date, with the text in ISO 8601. */
  override [Symbol.toPrimitive](hint: 'default' | 'string'): string;
  override [Symbol.toPrimitive](hint: 'number'): number;
  override [Symbol.toPrimitive](hint: string): string | number;
  override [Symbol.toPrimitive](hint: string): string | number {
    return hint === 'number' ? this.valueOf() : this.toString();
  }

  [inspect.custom](): string {
    return `CimDateTime(${this.toString()})`;
  }

  get #beyondMilliseconds(): number {
    return this.microsecond % 1000;
  }

  #wallText(): string {
    const wall = new Date(this.getTime() + (this.offsetMinutes ?? 0) * MINUTE_MS);
    return `${wall.toISOString().slice(0, -1)}${String(this.#beyondMilliseconds).padStart(3, '0')}`;
  }
}

for (const name of Object.getOwnPropertyNames(Date.prototype)) {
  if (!name.startsWith('set')) continue;
  Object.defineProperty(CimDateTime.prototype, name, {
    value: () => {
      throw new TypeError('A CimDateTime does not change; toDate() gives a Date of your own.');
    },
  });
}

function wallClock(fields: readonly number[], text: string, parameter: string): number {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = fields;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const endOfDay = hour === 24 && minute === 0 && second === 0;
  if (
    date.getUTCMonth() !== month - 1 ||
    date.getUTCDate() !== day ||
    (hour > 23 && !endOfDay) ||
    minute > 59 ||
    second > 59
  ) {
    throw invalidArgument(parameter, text, 'There is no such date or time of day.');
  }
  const wallMs = date.getTime() + ((hour * 60 + minute) * 60 + second) * 1000;
  if (wallMs > LAST_WALL_MS) throw invalidArgument(parameter, text, 'A CIM datetime has a year from 0000 to 9999.');
  return wallMs;
}

const LAST_WALL_MS = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

function zoneMinutes(zone: string | undefined, text: string, parameter: string): number | undefined {
  if (zone === undefined) return undefined;
  if (zone === 'Z' || zone === 'z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  if (Number(zone.slice(-2)) > 59 || minutes > 999)
    throw invalidArgument(parameter, text, 'There is no such offset from UTC.');
  return zone.startsWith('-') && minutes !== 0 ? -minutes : minutes;
}

function isoZone(offset: number | undefined): string {
  if (offset === undefined) return '';
  if (offset === 0) return 'Z';
  const magnitude = Math.abs(offset);
  const hours = String(Math.floor(magnitude / 60)).padStart(2, '0');
  return `${offset < 0 ? '-' : '+'}${hours}:${String(magnitude % 60).padStart(2, '0')}`;
}

function offsetText(offset: number | undefined): string {
  if (offset === undefined) return '+***';
  return `${offset < 0 ? '-' : '+'}${String(Math.abs(offset)).padStart(3, '0')}`;
}
