import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { CimletError } from '../../../lib/base/errors.js';
import { TimeSpan } from '../../../lib/cim/value/time-span.js';
import fc from '../../fast-check.js';
import { fuzzRuns } from '../../fuzz-runs.js';

function refusal(action: () => unknown): CimletError {
  try {
    action();
  } catch (error) {
    if (error instanceof CimletError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

/** Int64.MaxValue. */
const LARGEST = 9_223_372_036_854_775_807n;
const MAX_VALUE = '10675199.02:48:05.4775807';
const anySpan = fc.bigInt({ min: -LARGEST, max: LARGEST }).map((ticks) => TimeSpan.fromTicks(ticks));

describe('TimeSpan.parse', () => {
  // The table of .NET's documentation of TimeSpan.Parse (invariant culture), and the forms of PowerShell's help.
  it.each([
    ['2:00:00', '02:00:00'],
    ['0', '00:00:00'],
    ['14', '14.00:00:00'],
    ['90', '90.00:00:00'],
    ['1:2:3', '01:02:03'],
    ['0:0:0.250', '00:00:00.2500000'],
    ['10.20:30:40.50', '10.20:30:40.5000000'],
    ['99.23:59:59.9999999', '99.23:59:59.9999999'],
    ['0023:0059:0059.0099', '23:59:59.0099000'],
    ['23:0:0', '23:00:00'],
    ['6:12', '06:12:00'],
    ['6:12:14', '06:12:14'],
    ['6:12:14:45', '6.12:14:45'],
    ['6.12:14:45', '6.12:14:45'],
    ['6:12:14:45.3448', '6.12:14:45.3448000'],
    ['1.02:03', '1.02:03:00'],
    ['00:30', '00:30:00'],
    ['  1:00:00  ', '01:00:00'],
    ['-1.02:03:04.5', '-1.02:03:04.5000000'],
    ['-0:30', '-00:30:00'],
    ['10675199.02:48:05.4775807', '10675199.02:48:05.4775807'],
    ['-0:0:0.0000001', '-00:00:00.0000001'],
  ])('reads %p as %p', (text, expected) => {
    expect(TimeSpan.parse(text).toString()).toBe(expected);
  });

  it.each([
    ['', ''],
    ['garbage', ''],
    ['1:', ''],
    [':30', ''],
    ['1.5', ''],
    ['+1:00:00', ''],
    ['1:00:00.', ''],
    ['1:00:00.12345678', ''],
    ['PT1H', ''],
    ['1:60:00', '59'],
    ['1:00:60', '59'],
    ['6:12:14:60', '59'],
    ['24:00:00', '1.00:00:00'],
    ['49:30', '2.01:30:00'],
    ['6:24:14:45', ''],
    ['10675200', '10675199'],
    ['10675199.02:48:05.4775808', '10675199'],
    ['99999999', '10675199'],
  ])('refuses %p, naming the parameter, the value and the remedy', (text, remedy) => {
    const error = refusal(() => TimeSpan.from(text, 'MaxClientLeadTime'));
    expect(error.code).toBe('ERR_INVALID_ARGUMENT');
    expect(error.message).toContain(`MaxClientLeadTime: ${JSON.stringify(text)}`);
    expect(error.message).toContain(remedy);
  });
});

describe('TimeSpan.from', () => {
  it('adds up parts, beyond their clock range, fractional and negative', () => {
    expect(TimeSpan.from({ hours: 2 }).microseconds).toBe(7_200_000_000n);
    expect(TimeSpan.from({ hours: 48 }).toString()).toBe('2.00:00:00');
    expect(TimeSpan.from({ days: 1.5, minutes: -30, milliseconds: 0.001 }).toString()).toBe('1.11:30:00.0000010');
  });

  it.each([
    [{}],
    [{ hour: 1 }],
    [{ hours: Number.NaN }],
    [{ days: 1e9 }],
    [{ days: 10_675_200 }],
    [{ hours: '2' }],
    [7200],
    [null],
    [undefined],
  ])('refuses %p', (input) => {
    expect(refusal(() => TimeSpan.from(input as never)).code).toBe('ERR_INVALID_ARGUMENT');
  });

  it('passes a TimeSpan through', () => {
    const span = TimeSpan.from('1');
    expect(TimeSpan.from(span)).toBe(span);
  });
});

describe('ISO 8601 durations', () => {
  it.each([
    ['P0DT0H1M40S', '00:01:40'], // what Windows sends for 100 seconds
    ['P0DT1H0M0S', '01:00:00'],
    ['PT1H30M', '01:30:00'],
    ['P1W', '7.00:00:00'],
    ['P0Y0M3DT10H', '3.10:00:00'],
    ['-PT0.5S', '-00:00:00.5000000'],
    ['PT12.3456789S', '00:00:12.3456780'],
    ['PT90M', '01:30:00'],
    ['P', '00:00:00'], // what OMI sends for zero
  ])('reads %p as %p', (text, expected) => {
    expect(TimeSpan.fromIso(text).toString()).toBe(expected);
  });

  it.each([
    ['PT'],
    ['P1Y'],
    ['P2M'],
    ['1H'],
    ['PT1H1H'],
    ['P1DT'],
    ['P100000000D'],
    [`P${'9'.repeat(5000)}D`],
    ['PT1.S'],
  ])('refuses %p', (text) => {
    expect(refusal(() => TimeSpan.fromIso(text)).code).toBe('ERR_INVALID_ARGUMENT');
  });

  it('writes what Windows writes', () => {
    expect(TimeSpan.from('0:01:40').toIso()).toBe('P0DT0H1M40S');
    expect(TimeSpan.from('1.02:03:04.5').toIso()).toBe('P1DT2H3M4.5S');
  });
});

describe('the CIM interval', () => {
  // DSP0004 5.2.4: one day, 13 hours, 23 minutes, 12 seconds.
  it('reads and writes the example of DSP0004', () => {
    const span = TimeSpan.fromCim('00000001132312.000000:000');
    expect(span.toString()).toBe('1.13:23:12');
    expect(span.toCim()).toBe('00000001132312.000000:000');
  });

  it('keeps asterisks', () => {
    const span = TimeSpan.fromCim('00000001132312.125***:000');
    expect(span.microseconds % 1_000_000n).toBe(125_000n);
    expect(span.hasWildcards).toBe(true);
    expect(span.toCim()).toBe('00000001132312.125***:000');
    expect(TimeSpan.fromCim('********1323**.******:000').toString()).toBe('13:23:00');
  });

  it.each([
    ['00000001242312.000000:000'],
    ['00000001132360.000000:000'],
    ['0000001132312.000000:000'],
    ['00000001132312.000000+000'],
  ])('refuses %p', (text) => {
    expect(refusal(() => TimeSpan.fromCim(text)).code).toBe('ERR_INVALID_ARGUMENT');
  });

  it('has no negative form', () => {
    expect(refusal(() => TimeSpan.from('-1:00').toCim()).message).toContain('negative');
  });

  it('reaches to 99999999 days', () => {
    expect(refusal(() => TimeSpan.fromIso('P100000000D')).code).toBe('ERR_INVALID_ARGUMENT');
    expect(refusal(() => new TimeSpan(100_000_000n * 86_400_000_000n)).code).toBe('ERR_INVALID_ARGUMENT');
  });
});

// MMI, src/Microsoft.Management.Infrastructure/Native/Structures/MI_Datetime.cs: what TimeSpan cannot hold is TimeSpan.MaxValue, which goes out
// as 99999999 days 23:59:59.
describe("an interval beyond .NET's time spans", () => {
  it.each([
    ['P99999999DT23H59M59S'],
    ['P99999999DT23H59M59.999999S'],
    ['P10675200D'],
    ['P10675199DT2H48M5.477581S'],
    ['P10675199DT2H48M6S'],
  ])('is the longest of them: %s', (text) => {
    const span = TimeSpan.fromIso(text);
    expect(span.ticks).toBe(LARGEST);
    expect(span.toString()).toBe(MAX_VALUE);
    expect(span.equals(TimeSpan.maxValue)).toBe(true);
    expect(span.toIso()).toBe('P99999999DT23H59M59S');
    expect(span.toCim()).toBe('99999999235959.000000:000');
    expect(TimeSpan.parse(span.toString()).toIso()).toBe('P99999999DT23H59M59S');
  });

  it('is so in the 25 characters, too, asterisks kept', () => {
    expect(TimeSpan.fromCim('99999999235959.000000:000').toString()).toBe(MAX_VALUE);
    const wild = TimeSpan.fromCim('99999999235959.******:000');
    expect([wild.days, wild.toCim()]).toEqual([10_675_199, '99999999235959.******:000']);
  });

  it('is not what is just below it', () => {
    expect(TimeSpan.fromIso('P10675199DT2H48M5.47758S').toString()).toBe('10675199.02:48:05.4775800');
    expect(TimeSpan.fromIso('P10675199DT2H48M5S').toIso()).toBe('P10675199DT2H48M5S');
    expect(TimeSpan.fromTicks(LARGEST - 1n).toIso()).toBe('P10675199DT2H48M5.47758S');
  });

  it('has no counterpart below zero', () => {
    expect(refusal(() => TimeSpan.fromIso('-P10675200D')).code).toBe('ERR_INVALID_ARGUMENT');
    expect(refusal(() => TimeSpan.fromTicks(-LARGEST - 1n)).code).toBe('ERR_INVALID_ARGUMENT');
  });
});

describe('a TimeSpan', () => {
  it('has components with the sign of the whole, and totals', () => {
    const span = TimeSpan.from('-1.02:03:04.567');
    expect([span.days, span.hours, span.minutes, span.seconds, span.milliseconds]).toEqual([-1, -2, -3, -4, -567]);
    const two = TimeSpan.from({ hours: 36 });
    expect([two.totalDays, two.totalHours, two.totalMinutes, two.totalSeconds, two.totalMilliseconds]).toEqual([
      1.5, 36, 2160, 129_600, 129_600_000,
    ]);
    // Whole seconds stay whole, however many.
    expect(TimeSpan.from('10675199.02:48:05').totalSeconds).toBe(922_337_203_685);
  });

  it('compares', () => {
    const [short, long] = [TimeSpan.from('0:30'), TimeSpan.from('1:00:00')];
    expect(short < long).toBe(true);
    expect([long, short].sort(TimeSpan.compare)).toEqual([short, long]);
    expect(short.equals(TimeSpan.from({ minutes: 30 }))).toBe(true);
    expect(TimeSpan.compare(TimeSpan.zero, TimeSpan.from('0'))).toBe(0);
    expect(TimeSpan.from('0:0:0.0000001') > TimeSpan.zero).toBe(true);
  });

  it('prints as its text in JSON and inspect', () => {
    expect(JSON.stringify({ span: TimeSpan.from('2:00:00') })).toBe('{"span":"02:00:00"}');
    expect(inspect(TimeSpan.from('2:00:00'))).toBe('TimeSpan(02:00:00)');
    expect(`${TimeSpan.from('2:00:00')}`).toBe('02:00:00');
  });

  it('comes back from every form that it is written in', () => {
    fc.assert(
      fc.property(anySpan, (span) => {
        expect(TimeSpan.fromIso(span.toIso()).microseconds).toBe(span.microseconds);
        if (span.ticks >= 0n) expect(TimeSpan.fromCim(span.toCim()).microseconds).toBe(span.microseconds);
        expect(TimeSpan.parse(span.toString()).ticks).toBe(span.ticks);
        expect(TimeSpan.from(JSON.parse(JSON.stringify(span)) as string).ticks).toBe(span.ticks);
      }),
      { numRuns: fuzzRuns(100) },
    );
  });

  it('throws nothing but CimletError, whatever the text', () => {
    const text = fc.oneof(fc.string(), fc.stringMatching(/^[-P]?[0-9:.DTHMSPYW*]{0,26}$/));
    fc.assert(
      fc.property(text, (input) => {
        for (const parse of [TimeSpan.parse, TimeSpan.fromIso, TimeSpan.fromCim]) {
          try {
            expect(parse(input)).toBeInstanceOf(TimeSpan);
          } catch (error) {
            expect(error).toBeInstanceOf(CimletError);
          }
        }
      }),
      { numRuns: fuzzRuns(1000) },
    );
  });
});
