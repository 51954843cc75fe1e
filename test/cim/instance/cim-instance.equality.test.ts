// Equal data is equal, and other data is not, for whoever compares: also when sessions fetched the class each for itself.

import loose from 'node:assert';
import assert from 'node:assert/strict';
import { describe, expect, it } from '@jest/globals';
import { CimInstance } from '../../../lib/cim/instance/cim-instance.js';
import { CimDateTime } from '../../../lib/cim/value/cim-date-time.js';
import type { CimValue } from '../../../lib/cim/value/cim-value.js';
import type { CimClassDeclaration } from '../../../lib/cim/value/class-declaration.js';
import { TimeSpan } from '../../../lib/cim/value/time-span.js';

/** As each session has it after it fetched the class. */
const fetched = (): CimClassDeclaration => ({
  namespace: 'root/x',
  className: 'X',
  methods: [],
  properties: [
    { name: 'Name', type: 'string', key: true },
    { name: 'Lead', type: 'datetime', interval: true },
    { name: 'When', type: 'datetime' },
    { name: 'List', type: 'string', isArray: true },
    { name: 'Big', type: 'uint64' },
  ],
});

const VALUES: Readonly<Record<string, CimValue>> = {
  Name: 'n',
  Lead: TimeSpan.from('1:00:00'),
  When: CimDateTime.from('2026-11-24T08:00:00.000001Z'),
  List: ['a'],
  Big: 2n ** 60n,
};
let sessions = 0;
const make = (changed: Readonly<Record<string, CimValue>> = {}) => {
  const session = { computerName: 'a.contoso.com', instanceId: String(sessions++) };
  return CimInstance.create<{ Name: string }>(fetched(), { ...VALUES, ...changed }, { session });
};

describe('two instances', () => {
  it('with the same data are equal, strictly too', () => {
    assert.deepEqual(make(), make());
    loose.deepEqual(make(), make());
    expect(make()).toEqual(make());
    expect(make()).toStrictEqual(make());
  });

  it.each<readonly [string, Readonly<Record<string, CimValue>>]>([
    ['a text', { Name: 'm' }],
    ['an interval', { Lead: TimeSpan.from('1:00:00.0000001') }],
    ['a microsecond', { When: CimDateTime.from('2026-11-24T08:00:00.000002Z') }],
    ['an item', { List: ['a', 'b'] }],
    ['the last bit', { Big: 2n ** 60n + 1n }],
    ['null', { Name: null }],
  ])('that differ in %s are not', (_, changed) => {
    expect(() => assert.deepEqual(make(), make(changed))).toThrow();
    expect(make()).not.toEqual(make(changed));
    expect(make()).not.toStrictEqual(make(changed));
  });

  it('of other computers are not', () => {
    const other = CimInstance.create(fetched(), VALUES, { computerName: 'b.contoso.com' });
    expect(() => assert.deepEqual(make(), other)).toThrow();
    expect(make()).not.toEqual(other);
  });

  it('are equal again when a change is put back', () => {
    const changed = make();
    changed.Name = 'm';
    expect(changed).not.toEqual(make());
    changed.Name = 'n';
    assert.deepEqual(changed, make());
  });

  it('are equal to what stands written out, and a spread strictly so', () => {
    const literal = { ...VALUES, PSComputerName: 'a.contoso.com' };
    expect(make()).toEqual(literal);
    expect({ ...make() }).toStrictEqual(literal);
    assert.deepEqual({ ...make() }, literal);
  });

  it('compare their points in time with the offset where the comparison looks at data', () => {
    const here = make({ When: CimDateTime.from('2026-11-24T09:00:00.000001+01:00') });
    expect(() => assert.deepEqual(make(), here)).toThrow();
    expect(make()).toEqual(here);
  });
});

it('a point in time and an interval differ from one that has fields of asterisks', () => {
  const zero = TimeSpan.fromCim('00000000000000.000000:000');
  expect(() => assert.deepEqual(zero, TimeSpan.fromCim('00000000******.000000:000'))).toThrow();
  expect(zero).not.toEqual(TimeSpan.fromCim('00000000******.000000:000'));
  const first = CimDateTime.fromCim('20000101000000.000000+000');
  expect(() => assert.deepEqual(first, CimDateTime.fromCim('****0101000000.000000+000'))).toThrow();
});
