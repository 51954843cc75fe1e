// An interval and a point in time in copies, in arithmetic and in texts.
import { types } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { CimDateTime } from '../../../lib/cim/value/cim-date-time.js';
import { TimeSpan, type TimeSpanData } from '../../../lib/cim/value/time-span.js';

const clone = (value: unknown) => structuredClone(value) as TimeSpanData;

describe('a TimeSpan', () => {
  it('owns its milliseconds alone', () => {
    expect(Object.entries(TimeSpan.from('2:00:00'))).toEqual([['totalMilliseconds', 7_200_000]]);
  });

  it.each(['00:00:00', '02:00:00', '-1.02:03:04.0000050', '25567.00:00:00.0000010', '10675199.02:48:05.4775807'])(
    'of %s is taken back from a clone and from JSON',
    (text) => {
      const span = TimeSpan.from(text);
      expect(TimeSpan.from(clone(span)).ticks).toBe(span.ticks);
      expect(TimeSpan.from(JSON.parse(JSON.stringify(span))).ticks).toBe(span.ticks);
    },
  );

  it('with asterisks is taken back with them', () => {
    const span = TimeSpan.fromCim('00000001******.000000:000');
    expect(TimeSpan.from(clone(span)).toCim()).toBe('00000001******.000000:000');
  });

  it.each<readonly [object, string]>([
    [{ totalMilliseconds: Number.NaN }, 'Give a finite number.'],
    [{ totalMilliseconds: '7200000' }, 'Give a finite number.'],
    [{ totalMilliseconds: 1, hours: 2 }, 'Nothing stands beside totalMilliseconds.'],
    [{ totalMilliseconds: 1e18 }, 'The longest time span'],
  ])('is not made of %j', (data, message) => {
    expect(() => TimeSpan.from(data as TimeSpanData)).toThrow(message);
  });

  it('is text for + and templates, and milliseconds for -, < and >', () => {
    const [one, two] = [TimeSpan.from('1:00:00'), TimeSpan.from('2:00:00')] as unknown as [number, number];
    expect(`lead ${two}`).toBe('lead 02:00:00');
    expect(['lead ', two].reduce((text, part) => (text as string) + (part as string))).toBe('lead 02:00:00');
    expect(two - one).toBe(3_600_000);
    expect([one < two, one > two, one <= two]).toEqual([true, false, true]);
    expect([two, one].toSorted((left, right) => left - right)).toEqual([one, two]);
  });
});

describe('a CimDateTime', () => {
  const when = CimDateTime.from('2026-11-24T08:00:00.123456+01:00');
  const moment = new Date('2026-11-24T07:00:00.123Z');

  it('is a Date, and a clone of it is one', () => {
    expect(when).toBeInstanceOf(Date);
    expect(when.getTime()).toBe(moment.getTime());
    expect(when.toISOString()).toBe('2026-11-24T07:00:00.123Z');
    expect(types.isDate(structuredClone(when))).toBe(true);
    expect(Number(structuredClone(when))).toBe(moment.getTime());
    expect(String(CimDateTime.from(structuredClone(when) as Date))).toBe('2026-11-24T07:00:00.123000Z');
    expect(CimDateTime.from(JSON.parse(JSON.stringify(when))).equals(when)).toBe(true);
  });

  it('compares with a Date both ways', () => {
    const [early, late] = [new Date('2025-01-01Z'), new Date('2030-01-01Z')];
    expect([when < late, when > late, late > when, when > early, early < when]).toEqual([
      true,
      false,
      true,
      true,
      true,
    ]);
    expect(Number(when) - moment.getTime()).toBeCloseTo(0.456, 3);
    expect(new Date(when).getTime()).toBe(moment.getTime());
  });

  it('is text for + and templates', () => {
    expect(`at ${when}`).toBe('at 2026-11-24T08:00:00.123456+01:00');
    const parts = ['at ', when] as unknown as string[];
    expect(parts.reduce((text, part) => text + part)).toBe('at 2026-11-24T08:00:00.123456+01:00');
  });

  it('does not change', () => {
    for (const name of Object.getOwnPropertyNames(Date.prototype).filter((one) => one.startsWith('set'))) {
      const set = (when as unknown as Record<string, (value: number) => void>)[name];
      expect(() => set?.call(when, 0)).toThrow('A CimDateTime does not change');
    }
    const own = when.toDate();
    own.setFullYear(2000);
    expect(when.getUTCFullYear()).toBe(2026);
  });
});
