import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { CimletError } from '../../../lib/base/errors.js';
import { CimDateTime } from '../../../lib/cim/value/cim-date-time.js';
import fc from '../../fast-check.js';
import { fuzzRuns } from '../../fuzz-runs.js';

function codeOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof CimletError) return error.code;
    throw error;
  }
  return 'nothing was thrown';
}

describe('the CIM form', () => {
  // DSP0004 5.2.4: Monday, 25 May 1998, 1:30:15 PM EST.
  it('reads and writes the example of DSP0004', () => {
    const value = CimDateTime.fromCim('19980525133015.000000-300');
    expect(value.toIso()).toBe('1998-05-25T13:30:15.000000-05:00');
    expect(value.toDate()).toEqual(new Date('1998-05-25T18:30:15Z'));
    expect(value.offsetMinutes).toBe(-300);
    expect(value.toCim()).toBe('19980525133015.000000-300');
  });

  it.each([
    ['********123000.000000-420'], // Win32_ScheduledJob.StartTime
    ['199805251330**.******+000'],
    ['19980525133015.12****-300'],
    ['19980525******.******+***'],
  ])('keeps the asterisks of %p', (text) => {
    const value = CimDateTime.from(text);
    expect(value.hasWildcards).toBe(true);
    expect(value.toCim()).toBe(text);
    expect(JSON.stringify(value)).toBe(JSON.stringify(text));
    expect(value.toIso()).toBeUndefined();
    expect(codeOf(() => value.toDate())).toBe('ERR_INVALID_ARGUMENT');
  });

  it('takes an offset of asterisks for none', () => {
    const value = CimDateTime.fromCim('20261124080000.000000+***');
    expect(value.offsetMinutes).toBeUndefined();
    expect(value.toIso()).toBe('2026-11-24T08:00:00.000000');
    expect(value.toCim()).toBe('20261124080000.000000+***');
  });

  it.each([
    ['19981325133015.000000-300'],
    ['19980230133015.000000-300'],
    ['19980525253015.000000-300'],
    ['1998052513301*.000000-300'],
    ['19980525133015.**0000-300'],
    ['19980525133015.000000:000'],
    ['19980525133015.000000'],
    ['19980525133015.000000-30'],
  ])('refuses %p', (text) => {
    expect(codeOf(() => CimDateTime.fromCim(text))).toBe('ERR_INVALID_ARGUMENT');
  });
});

describe('ISO 8601', () => {
  it.each([
    ['2014-04-03T14:45:50.46875+08:00', '20140403144550.468750+480'], // as Windows sends it
    ['2026-11-24T08:00:00Z', '20261124080000.000000+000'],
    ['2026-11-24T08:00:00.1234567-0330', '20261124080000.123456-210'],
    ['2026-11-24T08:00', '20261124080000.000000+***'],
    ['2026-11-24', '20261124000000.000000+***'],
    ['2024-02-29T24:00:00Z', '20240301000000.000000+000'],
    ['0001-01-01T00:00:00Z', '00010101000000.000000+000'],
    ['14:45:50Z', '********144550.000000+000'],
  ])('reads %p as %p', (text, cim) => {
    expect(CimDateTime.fromIso(text).toCim()).toBe(cim);
  });

  it.each([
    ['2023-02-29'],
    ['2026-11-24T25:00:00Z'],
    ['2026-11-24T08:60:00Z'],
    ['24.11.2026'],
    ['2026-11-24T08:00:00+25:99'],
    [''],
  ])('refuses %p and names it', (text) => {
    expect(() => CimDateTime.from(text, 'InstallDate')).toThrow(`InstallDate: ${JSON.stringify(text)}`);
  });
});

describe('a CimDateTime', () => {
  it('comes from a Date', () => {
    const date = new Date('2026-11-24T08:00:00.123Z');
    expect(CimDateTime.from(date).toString()).toBe('2026-11-24T08:00:00.123000Z');
    expect(CimDateTime.from(date).toDate()).toEqual(date);
    expect(codeOf(() => CimDateTime.from(new Date(Number.NaN)))).toBe('ERR_INVALID_ARGUMENT');
    expect(codeOf(() => CimDateTime.from(5 as never))).toBe('ERR_INVALID_ARGUMENT');
  });

  it('is equal to the same point in time at another offset, but not to one without offset', () => {
    const utc = CimDateTime.from('2026-11-24T08:00:00Z');
    expect(utc.equals(CimDateTime.from('2026-11-24T09:00:00+01:00'))).toBe(true);
    expect(utc.equals(CimDateTime.from('2026-11-24T08:00:00.000001Z'))).toBe(false);
    expect(utc.equals(CimDateTime.from('2026-11-24T08:00:00'))).toBe(false);
    const pattern = CimDateTime.from('********123000.000000-420');
    expect(pattern.equals(CimDateTime.from('********123000.000000-420'))).toBe(true);
    expect(pattern.equals(utc)).toBe(false);
  });

  it('sorts by point in time', () => {
    const texts = ['2026-11-24T08:00:00+02:00', '2026-11-24T08:00:00Z', '2026-11-24T08:00:00-02:00'];
    const values = texts.map((text) => CimDateTime.from(text));
    expect([...values].reverse().sort(CimDateTime.compare)).toEqual(values);
    expect(CimDateTime.from('1969-12-31T23:59:59.999999Z').epochMicroseconds).toBe(-1n);
    expect(CimDateTime.from('1969-12-31T23:59:59.999999Z').microsecond).toBe(999_999);
  });

  it('prints as its text', () => {
    expect(inspect(CimDateTime.from('2026-11-24T08:00:00Z'))).toBe('CimDateTime(2026-11-24T08:00:00.000000Z)');
  });

  it('comes back from both forms with every microsecond and its offset', () => {
    const point = fc.record({
      date: fc.date({ min: new Date('0001-01-02'), max: new Date('9999-12-30'), noInvalidDate: true }),
      micros: fc.integer({ min: 0, max: 999 }),
      offset: fc.option(fc.integer({ min: -839, max: 839 }), { nil: undefined }),
    });
    fc.assert(
      fc.property(point, ({ date, micros, offset }) => {
        const zone =
          offset === undefined ? '+***' : `${offset < 0 ? '-' : '+'}${String(Math.abs(offset)).padStart(3, '0')}`;
        const cim = `${date.toISOString().replace(/[-T:Z]/g, '')}${String(micros).padStart(3, '0')}${zone}`;
        const value = CimDateTime.fromCim(cim);
        expect(value.toCim()).toBe(offset === 0 ? cim.replace('-000', '+000') : cim);
        expect(CimDateTime.fromIso(value.toString()).toCim()).toBe(value.toCim());
        expect(value.toDate().getTime()).toBe(date.getTime() - (offset ?? 0) * 60_000);
      }),
      { numRuns: fuzzRuns(100) },
    );
  });

  it('throws nothing but CimletError, whatever the text', () => {
    const text = fc.oneof(fc.string(), fc.stringMatching(/^[0-9*:.TZ+-]{0,27}$/));
    fc.assert(
      fc.property(text, (input) => {
        try {
          expect(CimDateTime.from(input)).toBeInstanceOf(CimDateTime);
        } catch (error) {
          expect(error).toBeInstanceOf(CimletError);
        }
      }),
      { numRuns: fuzzRuns(1000) },
    );
  });
});
