// What counts as changed on an instance: what differs from what came.
import { describe, expect, it } from '@jest/globals';
import { CimInstance, type TypedCimInstance } from '../../../lib/cim/instance/cim-instance.js';
import type { CimValue } from '../../../lib/cim/value/cim-value.js';
import type { CimClassDeclaration } from '../../../lib/cim/value/class-declaration.js';
import { TimeSpan } from '../../../lib/cim/value/time-span.js';

const innerClass: CimClassDeclaration = {
  namespace: 'root/x',
  className: 'Inner',
  methods: [],
  properties: [{ name: 'A', type: 'string' }],
};
const declaration: CimClassDeclaration = {
  namespace: 'root/x',
  className: 'X',
  methods: [],
  properties: [
    { name: 'Name', type: 'string', key: true },
    { name: 'Percent', type: 'uint32' },
    { name: 'List', type: 'string', isArray: true },
    { name: 'One', type: 'string', isArray: true },
    { name: 'None', type: 'string', isArray: true },
    { name: 'Lead', type: 'datetime', interval: true },
    { name: 'When', type: 'datetime' },
    { name: 'Inner', type: 'instance' },
    { name: 'Empty', type: 'string' },
    { name: 'Real', type: 'real64' },
    { name: 'Left', type: 'string' },
  ],
};
interface X {
  Name: unknown;
  Percent: number | null | undefined;
  List: string[];
  One: string[];
  None: string[];
  Lead: unknown;
  When: unknown;
  Inner: { A: string };
  Empty: unknown;
  Real: unknown;
  Left: unknown;
  PSComputerName?: string;
}
type Draft = { -readonly [K in keyof X]?: X[K] } & X & Record<string, unknown>;

const make = () =>
  CimInstance.create<X>(
    declaration,
    {
      Name: 'n',
      Percent: 50,
      List: ['a', 'b'],
      One: ['a'],
      None: [],
      Lead: TimeSpan.from('1:00:00'),
      When: new Date('2026-11-24T08:00:00Z') as unknown as CimValue,
      Inner: CimInstance.create(innerClass, { A: 'a' }),
      Empty: null,
      Real: Number.NaN,
    },
    { session: { computerName: 's', instanceId: 'i' } },
  );

function changes(change: (draft: Draft) => void): string[] {
  const instance: TypedCimInstance<X> = make();
  change(instance as unknown as Draft);
  const changed = CimInstance.changedProperties(instance);
  const flagged = [...instance.cimInstanceProperties].filter(({ flags }) => !flags.notModified);
  expect(flagged.map(({ name }) => name)).toEqual(changed);
  return changed;
}

describe('an instance', () => {
  it.each<readonly [string, (draft: Draft) => void, readonly string[]]>([
    ['untouched', () => {}, []],
    ['assigned', (x) => Object.assign(x, { Percent: 60 }), ['Percent']],
    ['assigned and put back', (x) => Object.assign(x, { Percent: 60 }, { Percent: 50 }), []],
    ['assigned an equal array', (x) => Object.assign(x, { List: ['a', 'b'] }), []],
    ['assigned an equal interval', (x) => Object.assign(x, { Lead: TimeSpan.from({ hours: 1 }) }), []],
    ['assigned a clone of its interval', (x) => Object.assign(x, { Lead: { totalMilliseconds: 3_600_000 } }), []],
    ['assigned another interval', (x) => Object.assign(x, { Lead: TimeSpan.from({ hours: 2 }) }), ['Lead']],
    ['assigned the same moment as a Date', (x) => Object.assign(x, { When: new Date('2026-11-24T08:00:00Z') }), []],
    ['assigned another moment', (x) => Object.assign(x, { When: new Date(0) }), ['When']],
    ['changed within an array', (x) => x.List.push('c'), ['List']],
    ['changed within an array of one', (x) => x.One.push('b'), ['One']],
    ['changed within an empty array', (x) => x.None.push('b'), ['None']],
    ['changed within an embedded instance', (x) => Object.assign(x.Inner, { A: 'b' }), ['Inner']],
    ['given null', (x) => Object.assign(x, { Percent: null }), ['Percent']],
    ['given what was null', (x) => Object.assign(x, { Empty: 'x' }), ['Empty']],
    ['given what was missing', (x) => Object.assign(x, { Left: 'x' }), ['Left']],
    ['assigned a computer', (x) => Object.assign(x, { PSComputerName: 'other' }), []],
  ])('that was %s', (_, change, expected) => {
    expect(changes(change)).toEqual(expected);
  });

  it('that was set has it marked, also where the value is the old one', () => {
    const instance = make();
    instance.cimInstanceProperties.set('percent', 50);
    expect(CimInstance.changedProperties(instance)).toEqual(['Percent']);
  });

  it.each<readonly [string, (draft: Draft) => unknown, string]>([
    ['a misspelt name', (x) => Object.assign(x, { Percnt: 60 }), 'Did you mean Percent?'],
    ['a name in another case', (x) => Object.assign(x, { percent: 60 }), 'Did you mean Percent?'],
    ['a name that is none', (x) => Object.assign(x, { Force: true }), 'Class X has no such property.'],
    ['undefined', (x) => Object.assign(x, { Percent: undefined }), 'Set null for no value.'],
    ['a removed property', (x) => Reflect.deleteProperty(x, 'Percent'), 'Set null for no value.'],
  ])('does not lose %s', (_, change, message) => {
    const instance = make();
    change(instance as unknown as Draft);
    expect(() => CimInstance.changedProperties(instance)).toThrow(message);
  });

  it('keeps its computer whatever is assigned to it', () => {
    const instance = make();
    Object.assign(instance, { PSComputerName: 'other' });
    expect(instance.cimSystemProperties.serverName).toBe('s');
    expect(JSON.parse(JSON.stringify(instance)).PSComputerName).toBe('s');
  });

  it('has a copy with the same changes', () => {
    const instance = make();
    Object.assign(instance, { Percent: 60 });
    instance.List.push('c');
    const copy = CimInstance.copyOf(instance);
    expect(copy).toStrictEqual(instance);
    expect(CimInstance.changedProperties(copy)).toEqual(['Percent', 'List']);
    Object.assign(copy, { Percent: 70 });
    expect(instance.Percent).toBe(60);
  });
});
