import { inspect } from 'node:util';
import { invalidArgument } from '../../base/errors.js';
import { wording } from '../../base/wording.js';

/** Parts of a time span; each may be fractional or negative, none is limited to its clock range (`{ hours: 48 }` is two days). */
export interface TimeSpanParts {
  readonly days?: number | undefined;
  readonly hours?: number | undefined;
  readonly minutes?: number | undefined;
  readonly seconds?: number | undefined;
  readonly milliseconds?: number | undefined;
}

/** What is taken where a time span is wanted; text is PowerShell's: `2:00:00`, `1.02:03:04.5`, `90` (days). */
export type TimeSpanInput = TimeSpan | string | TimeSpanParts | TimeSpanData;

/** What is left of a TimeSpan when it is cloned, sent to another process or stored as data. */
export interface TimeSpanData {
  readonly totalMilliseconds: number;
  readonly pattern?: string;
}

/** All in ticks of 100 ns, as .NET counts. */
const MICROSECOND = 10n;
const MILLISECOND = 10_000n;
const SECOND = 10_000_000n;
const MINUTE = 60n * SECOND;
const HOUR = 60n * MINUTE;
const DAY = 24n * HOUR;
/** The largest interval of DSP0004 5.2.4: 99999999 days 23:59:59.999999. */
const LARGEST_CIM = 100_000_000n * DAY - MICROSECOND;
/** Int64.MaxValue: what .NET's TimeSpan can hold. */
const LARGEST = 2n ** 63n - 1n;
const LONGEST = 'The longest time span is 10675199.02:48:05.4775807.';
/** What Windows' client sends for the longest time span, which stands for "unlimited" (MMI, MI_Datetime.cs). */
const UNLIMITED_ISO = 'P99999999DT23H59M59S';
const UNLIMITED_CIM = '99999999235959.000000:000';

const PART_UNITS: Readonly<Record<keyof TimeSpanParts, bigint>> = {
  days: DAY,
  hours: HOUR,
  minutes: MINUTE,
  seconds: SECOND,
  milliseconds: MILLISECOND,
};

const DAYS_ONLY = /^(-?)(\d{1,8})$/;
const CLOCK = /^(-?)(?:(\d{1,8})(?:\.|:(?=\d+:\d+:\d)))?(\d{1,8}):(\d{1,8})(?::(\d{1,8})(?:\.(\d{1,7}))?)?$/;
const ISO_DURATION =
  /^(-?)P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d+))?S)?)?$/;
const CIM_INTERVAL = /^(\d{8}|\*{8})(\d\d|\*\*)(\d\d|\*\*)(\d\d|\*\*)\.([\d]{0,6}\*{0,6}):000$/;

/**
 * A length of time in ticks of 100 ns: PowerShell's TimeSpan, and the CIM interval (DSP0004 5.2.4), which has microseconds, so that the seventh
 * decimal is cut off on the way, as by Windows' own client. Immutable. Its own data is {@link TimeSpan.totalMilliseconds}, so that equal ones are
 * equal to whoever compares data, and a copy of any kind is taken where a TimeSpan is. As a Date it is text for `+` and templates, and
 * milliseconds for `-`, `<` and `>`; {@link TimeSpan.ticks} is exact.
 *
 * As in Windows' client an interval that is longer than .NET's longest time span *is* that one, {@link TimeSpan.maxValue}: an unlimited lease,
 * which servers send as 99999999 days, shows `10675199.02:48:05.4775807`, and that is sent as 99999999 days.
 */
export class TimeSpan {
  static readonly zero: TimeSpan = new TimeSpan(0n);
  /** .NET's TimeSpan.MaxValue, `10675199.02:48:05.4775807`: unlimited. */
  static readonly maxValue: TimeSpan = TimeSpan.fromTicks(LARGEST);

  /** The whole length in milliseconds, with fraction; negative when it runs backwards. */
  readonly totalMilliseconds: number;
  /** The CIM interval as it came, when it has fields of asterisks, which count as zero; else there is no such property. */
  declare readonly pattern?: string;
  /** Where they are not what the milliseconds say, which happens beyond microseconds and beyond 28 years. */
  readonly #exactTicks: bigint | undefined;

  /** @throws CimletError `ERR_INVALID_ARGUMENT` beyond .NET's time spans, 10675199.02:48:05.4775807 either way. */
  constructor(microseconds: bigint, cimText?: string, ticks = 0n) {
    const exact = microseconds * MICROSECOND + ticks;
    if (exact > LARGEST || exact < -LARGEST) {
      throw invalidArgument('TimeSpan', `${microseconds} µs`, LONGEST);
    }
    this.totalMilliseconds = total(exact, MILLISECOND);
    this.#exactTicks = exact === ticksOf(this.totalMilliseconds) ? undefined : exact;
    if (cimText !== undefined) this.pattern = cimText;
  }

  /** @throws CimletError `ERR_INVALID_ARGUMENT` beyond 64 bits. */
  static fromTicks(ticks: bigint): TimeSpan {
    return new TimeSpan(ticks / MICROSECOND, undefined, ticks % MICROSECOND);
  }

  /**
   * A TimeSpan from what a caller may write. `parameter` is named in the error.
   * @throws CimletError `ERR_INVALID_ARGUMENT`.
   * @example TimeSpan.from('2:00:00').totalMinutes // 120
   * @example TimeSpan.from({ days: 1, hours: 12 }).toString() // '1.12:00:00'
   */
  static from(input: TimeSpanInput, parameter = 'TimeSpan'): TimeSpan {
    if (input instanceof TimeSpan) return input;
    if (typeof input === 'string') return TimeSpan.parse(input, parameter);
    if (typeof input !== 'object' || input === null) {
      throw invalidArgument(
        parameter,
        input,
        wording`Give text such as '2:00:00'${{ clause: wording`, an object such as ${{ code: '{ hours: 2 }' }}, or a TimeSpan` }}.`,
      );
    }
    if ('totalMilliseconds' in input) return TimeSpan.#fromData(input, parameter);
    return TimeSpan.fromTicks(sumOfParts(input, parameter));
  }

  static #fromData({ totalMilliseconds, pattern, ...others }: TimeSpanData, parameter: string): TimeSpan {
    if (typeof totalMilliseconds !== 'number' || !Number.isFinite(totalMilliseconds)) {
      throw invalidArgument(`${parameter}.totalMilliseconds`, totalMilliseconds, 'Give a finite number.');
    }
    const [other] = Object.keys(others);
    if (other !== undefined)
      throw invalidArgument(`${parameter}.${other}`, others, 'Nothing stands beside totalMilliseconds.');
    if (typeof pattern === 'string') return TimeSpan.fromCim(pattern, parameter);
    // What a number holds of the longest one is a little more than it.
    if (totalMilliseconds === TimeSpan.maxValue.totalMilliseconds) return TimeSpan.maxValue;
    const ticks = ticksOf(totalMilliseconds);
    if (ticks > LARGEST || ticks < -LARGEST) throw invalidArgument(parameter, `${totalMilliseconds} ms`, LONGEST);
    return TimeSpan.fromTicks(ticks);
  }

  /**
   * Text as .NET's TimeSpan.Parse takes it: `d`, `hh:mm`, `hh:mm:ss[.fffffff]`, `d.hh:mm[:ss[.fffffff]]`, `d:hh:mm:ss[.fffffff]`,
   * with a sign, hours below 24, minutes and seconds below 60. One thing is stricter: `24:00:00`, which PowerShell silently takes for
   * 24 *days*, is refused.
   * @throws CimletError `ERR_INVALID_ARGUMENT`.
   */
  static parse(text: string, parameter = 'TimeSpan'): TimeSpan {
    const trimmed = text.trim();
    const daysOnly = DAYS_ONLY.exec(trimmed);
    if (daysOnly) return dotnetSpan(daysOnly[1], BigInt(daysOnly[2] ?? '0') * DAY, text, parameter);
    const match = CLOCK.exec(trimmed);
    if (!match) {
      throw invalidArgument(
        parameter,
        text,
        "A time span is written hh:mm:ss, d.hh:mm:ss or a number of days: '2:00:00', '1.12:00:00', '90'.",
      );
    }
    const [, sign, days = '0', hours = '0', minutes = '0', seconds = '0', fraction = ''] = match;
    if (Number(hours) > 23) {
      const remedy = `Hours go to 23; write ${Math.floor(Number(hours) / 24)}.${pad(Number(hours) % 24)}:${pad(Number(minutes))}:${pad(Number(seconds))} for ${Number(hours)} hours.`;
      throw invalidArgument(parameter, text, remedy);
    }
    if (Number(minutes) > 59 || Number(seconds) > 59)
      throw invalidArgument(parameter, text, 'Minutes and seconds go to 59.');
    const magnitude =
      BigInt(days) * DAY +
      BigInt(hours) * HOUR +
      BigInt(minutes) * MINUTE +
      BigInt(seconds) * SECOND +
      fractionToTicks(fraction);
    return dotnetSpan(sign, magnitude, text, parameter);
  }

  /**
   * An ISO 8601 / xs:duration: `P0DT1H0M0S`, `PT1H30M`. Decimals past the sixth are cut off; what is longer than .NET's longest is that.
   * @throws CimletError `ERR_INVALID_ARGUMENT`, also for years and months, which have no fixed length.
   */
  static fromIso(text: string, parameter = 'interval'): TimeSpan {
    const match = ISO_DURATION.exec(text.trim());
    // OMI writes a zero interval as a bare P (its FormatWSManDatetime).
    if (!match || match[0].endsWith('T')) {
      throw invalidArgument(parameter, text, 'An interval is an ISO 8601 duration such as P0DT1H0M0S.');
    }
    const [
      ,
      sign,
      years = '0',
      months = '0',
      weeks = '0',
      days = '0',
      hours = '0',
      minutes = '0',
      seconds = '0',
      fraction = '',
    ] = match;
    if (/[1-9]/.test(years + months))
      throw invalidArgument(parameter, text, 'Years and months have no fixed length; use days.');
    for (const digits of [weeks, days, hours, minutes, seconds]) {
      if (digits.length > 15) throw invalidArgument(parameter, text, 'A CIM interval has at most 99999999 days.');
    }
    // Exact as far as an interval goes; whatever a number cannot hold is longer than that.
    const whole =
      Number(weeks) * 604_800 + Number(days) * 86_400 + Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
    const magnitude = BigInt(whole) * SECOND + (fraction === '' ? 0n : fractionToTicks(fraction.slice(0, 6)));
    if (magnitude > LARGEST_CIM) throw invalidArgument(parameter, text, 'A CIM interval has at most 99999999 days.');
    if (sign !== '-') return heldByDotnet(magnitude);
    if (magnitude > LARGEST) throw invalidArgument(parameter, text, LONGEST);
    return TimeSpan.fromTicks(-magnitude);
  }

  /**
   * The 25 characters of DSP0004 5.2.4: `ddddddddhhmmss.mmmmmm:000`. Fields of asterisks count as zero and are kept for {@link toCim}.
   * @throws CimletError `ERR_INVALID_ARGUMENT`.
   */
  static fromCim(text: string, parameter = 'interval'): TimeSpan {
    const match = CIM_INTERVAL.exec(text);
    const [, days = '', hours = '', minutes = '', seconds = '', fraction = ''] = match ?? [];
    if (!match || fraction.length !== 6) {
      throw invalidArgument(parameter, text, 'A CIM interval has the form ddddddddhhmmss.mmmmmm:000.');
    }
    const digits = (field: string) => BigInt(field.replaceAll('*', '0'));
    if (digits(hours) > 23n || digits(minutes) > 59n || digits(seconds) > 59n) {
      throw invalidArgument(parameter, text, 'Hours go to 23, minutes and seconds to 59.');
    }
    const total =
      digits(days) * DAY +
      digits(hours) * HOUR +
      digits(minutes) * MINUTE +
      digits(seconds) * SECOND +
      digits(fraction) * MICROSECOND;
    if (!text.includes('*')) return heldByDotnet(total);
    return new TimeSpan((total > LARGEST ? LARGEST : total) / MICROSECOND, text);
  }

  /** Negative, zero or positive, for `Array.prototype.sort`. */
  static compare(left: TimeSpan, right: TimeSpan): number {
    if (left.ticks === right.ticks) return 0;
    return left.ticks < right.ticks ? -1 : 1;
  }

  equals(other: TimeSpan): boolean {
    return this.ticks === other.ticks;
  }

  /** The whole length in ticks of 100 ns, as .NET's `Ticks`; negative when it runs backwards. */
  get ticks(): bigint {
    return this.#exactTicks ?? ticksOf(this.totalMilliseconds);
  }

  /** The whole length in microseconds, the tenths cut off. */
  get microseconds(): bigint {
    return this.ticks / MICROSECOND;
  }

  /** It came as a CIM interval with fields of asterisks, which count as zero. */
  get hasWildcards(): boolean {
    return this.pattern !== undefined;
  }

  /** The days component, as .NET's `Days`; it has the sign of the whole, like the components below. */
  get days(): number {
    return Number(this.ticks / DAY);
  }

  get hours(): number {
    return Number((this.ticks / HOUR) % 24n);
  }

  get minutes(): number {
    return Number((this.ticks / MINUTE) % 60n);
  }

  get seconds(): number {
    return Number((this.ticks / SECOND) % 60n);
  }

  get milliseconds(): number {
    return Number((this.ticks / MILLISECOND) % 1000n);
  }

  /** The whole length in days, with fraction; the others below likewise. */
  get totalDays(): number {
    return total(this.ticks, DAY);
  }

  get totalHours(): number {
    return total(this.ticks, HOUR);
  }

  get totalMinutes(): number {
    return total(this.ticks, MINUTE);
  }

  get totalSeconds(): number {
    return total(this.ticks, SECOND);
  }

  /** .NET's constant format "c": `[-][d.]hh:mm:ss[.fffffff]`, e.g. `02:00:00`. */
  toString(): string {
    const { sign, days, clock, fraction } = this.#fields();
    const dayPart = days === 0n ? '' : `${days}.`;
    return `${sign}${dayPart}${clock.map(pad).join(':')}${fraction === 0n ? '' : `.${padFraction(fraction)}`}`;
  }

  /** xs:duration as Windows writes it, `P0DT2H0M0S`; the longest time span as 99999999 days. */
  toIso(): string {
    if (this.ticks === LARGEST) return UNLIMITED_ISO;
    const { sign, days, clock, fraction } = this.#fields();
    const decimals = fraction < MICROSECOND ? '' : `.${padFraction(fraction).slice(0, 6).replace(/0+$/, '')}`;
    return `${sign}P${days}DT${clock[0]}H${clock[1]}M${clock[2]}${decimals}S`;
  }

  /**
   * The 25-character CIM form, asterisks included when it came with some.
   * @throws CimletError `ERR_INVALID_ARGUMENT` when negative: the form has no sign.
   */
  toCim(): string {
    if (this.pattern !== undefined) return this.pattern;
    if (this.ticks === LARGEST) return UNLIMITED_CIM;
    const { sign, days, clock, fraction } = this.#fields();
    if (sign !== '') throw invalidArgument('TimeSpan', this.toString(), 'A CIM interval cannot be negative.');
    return `${String(days).padStart(8, '0')}${clock.map(pad).join('')}.${padFraction(fraction).slice(0, 6)}:000`;
  }

  toJSON(): string {
    return this.toString();
  }

  /** Milliseconds. */
  valueOf(): number {
    return this.totalMilliseconds;
  }

  /** As a Date: text for `+` and templates, milliseconds for `-`, `<` and `>`. */
  [Symbol.toPrimitive](hint: string): number | string {
    return hint === 'number' ? this.totalMilliseconds : this.toString();
  }

  [inspect.custom](): string {
    return `TimeSpan(${this.toString()})`;
  }

  #fields(): { sign: string; days: bigint; clock: [number, number, number]; fraction: bigint } {
    const magnitude = this.ticks < 0n ? -this.ticks : this.ticks;
    return {
      sign: this.ticks < 0n ? '-' : '',
      days: magnitude / DAY,
      clock: [Number((magnitude / HOUR) % 24n), Number((magnitude / MINUTE) % 60n), Number((magnitude / SECOND) % 60n)],
      fraction: magnitude % SECOND,
    };
  }
}

/** Exact for whole units, which a number of ticks is not. */
function total(ticks: bigint, unit: bigint): number {
  return Number(ticks / unit) + Number(ticks % unit) / Number(unit);
}

/** To the tick, as far as a number goes. */
function ticksOf(totalMilliseconds: number): bigint {
  const whole = Math.trunc(totalMilliseconds);
  return BigInt(whole) * MILLISECOND + BigInt(Math.round((totalMilliseconds - whole) * 10_000));
}

function sumOfParts(parts: TimeSpanParts, parameter: string): bigint {
  let total = 0n;
  let count = 0;
  for (const [name, value] of Object.entries(parts)) {
    if (value === undefined) continue;
    const unit = Object.hasOwn(PART_UNITS, name) ? PART_UNITS[name as keyof TimeSpanParts] : undefined;
    if (unit === undefined)
      throw invalidArgument(`${parameter}.${name}`, value, `Parts are ${Object.keys(PART_UNITS).join(', ')}.`);
    if (typeof value !== 'number' || !Number.isFinite(value)) {
      throw invalidArgument(`${parameter}.${name}`, value, 'Give a finite number.');
    }
    const whole = Math.trunc(value);
    total += BigInt(whole) * unit + BigInt(Math.round((value - whole) * Number(unit)));
    count += 1;
  }
  if (count === 0)
    throw invalidArgument(
      parameter,
      '{}',
      wording`Give at least one part${{ clause: wording`, such as ${{ code: '{ hours: 2 }' }}` }}.`,
    );
  if (total > LARGEST || total < -LARGEST) throw invalidArgument(parameter, `${total / SECOND} s`, LONGEST);
  return total;
}

function dotnetSpan(sign: string | undefined, magnitude: bigint, text: string, parameter: string): TimeSpan {
  if (magnitude > LARGEST) throw invalidArgument(parameter, text, LONGEST);
  return TimeSpan.fromTicks(sign === '-' ? -magnitude : magnitude);
}

/** An interval of CIM's as .NET has it (MMI, MI_Datetime.cs). */
function heldByDotnet(ticks: bigint): TimeSpan {
  return ticks > LARGEST ? TimeSpan.maxValue : TimeSpan.fromTicks(ticks);
}

function fractionToTicks(digits: string): bigint {
  return BigInt(digits.padEnd(7, '0'));
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}

function padFraction(ticks: bigint): string {
  return String(ticks).padStart(7, '0');
}
