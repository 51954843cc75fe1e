// An instance is plain data: what works on objects works on it, and sees what its class declares and whose it is.

import { Console } from 'node:console';
import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { inspect } from 'node:util';
import { deserialize, serialize } from 'node:v8';
import { MessageChannel } from 'node:worker_threads';
import { describe, expect, it } from '@jest/globals';
import { CimInstance } from '../../../lib/cim/instance/cim-instance.js';
import { CimDateTime } from '../../../lib/cim/value/cim-date-time.js';
import type { CimValue } from '../../../lib/cim/value/cim-value.js';
import type { CimClassDeclaration, CimPropertyDeclaration } from '../../../lib/cim/value/class-declaration.js';
import { TimeSpan } from '../../../lib/cim/value/time-span.js';
import { cmdletDefinitions } from '../../../lib/dhcp-server/index.js';

const SESSION = { computerName: 'a.contoso.com', instanceId: '1' };
const ORIGIN = { session: SESSION };

/** A value of each type that a schema can declare. */
function sample({ type, isArray }: CimPropertyDeclaration): CimValue {
  const one =
    type === 'boolean'
      ? true
      : type === 'uint64' || type === 'sint64'
        ? 2n ** 60n
        : type === 'datetime'
          ? TimeSpan.from('1:00:00')
          : /int|real/.test(type)
            ? 1
            : 'x';
  return isArray === true ? [one] : one;
}

const innerClass: CimClassDeclaration = {
  namespace: 'root/x',
  className: 'Inner',
  methods: [],
  properties: [{ name: 'A', type: 'string', key: true }],
};
const mixedClass: CimClassDeclaration = {
  namespace: 'root/x',
  className: 'Mixed',
  methods: [],
  properties: [
    { name: 'Name', type: 'string', key: true },
    { name: 'Big', type: 'uint64' },
    { name: 'Small', type: 'sint64' },
    { name: 'Lead', type: 'datetime', interval: true },
    { name: 'When', type: 'datetime' },
    { name: 'Ratio', type: 'real64', isArray: true },
    { name: 'List', type: 'string', isArray: true },
    { name: 'Inner', type: 'instance', className: 'Inner' },
    { name: 'Empty', type: 'string' },
    { name: 'Left', type: 'string' },
  ],
};

const mixed = () =>
  CimInstance.create(
    mixedClass,
    {
      Name: 'n',
      Big: 5n,
      Small: -(2n ** 62n),
      Lead: TimeSpan.from('1.02:00:00.5'),
      When: CimDateTime.from('2026-11-24T08:00:00.123456+01:00'),
      Ratio: [0.5, Number.NaN, Number.NEGATIVE_INFINITY],
      List: ['a', 'b'],
      Inner: CimInstance.create(innerClass, { A: 'a' }),
      Empty: null,
    },
    ORIGIN,
  );

/** What a structured clone of `mixed` has, by the algorithm (HTML, 2.7): own data, a Date of a Date. */
const CLONED = {
  Name: 'n',
  Big: 5n,
  Small: -(2n ** 62n),
  Lead: { totalMilliseconds: 93_600_500 },
  When: new Date('2026-11-24T07:00:00.123Z'),
  Ratio: [0.5, Number.NaN, Number.NEGATIVE_INFINITY],
  List: ['a', 'b'],
  Inner: { A: 'a' },
  Empty: null,
  Left: undefined,
  PSComputerName: 'a.contoso.com',
};
const NAMES = Object.keys(CLONED);

describe('the own keys', () => {
  const classes = new Map(
    [...cmdletDefinitions.values()].flatMap(({ outputClasses }) => outputClasses.map((one) => [one.className, one])),
  );

  it('are those that the class declares, in its order, then PSComputerName, for every class of the schemas', () => {
    expect(classes.size).toBeGreaterThan(30);
    for (const declaration of classes.values()) {
      const names = declaration.properties.map(({ name }) => name);
      const given = Object.fromEntries(declaration.properties.map((property) => [property.name, sample(property)]));
      const instance = CimInstance.create(declaration, { ...given, Undeclared: 1, pscomputername: 'victim' }, ORIGIN);
      expect(Object.keys(instance)).toEqual([...names, 'PSComputerName']);
      expect(Reflect.ownKeys(instance)).toEqual([...names, 'PSComputerName']);
      expect(Object.keys(JSON.parse(JSON.stringify(instance)))).toEqual([...names, 'PSComputerName']);
      expect(Object.keys(structuredClone(instance))).toEqual([...names, 'PSComputerName']);
      expect(inspect(instance)).not.toMatch(/Undeclared|victim/);
      expect(instance.cimInstanceProperties.get('Undeclared')?.value).toBe(1);
      expect(Object.getOwnPropertyDescriptor(instance, names[0] ?? '')).toMatchObject({
        writable: true,
        enumerable: true,
      });
    }
  });

  it('have no PSComputerName for what was made here or stands within another', () => {
    expect(Object.keys(CimInstance.create(innerClass, { A: 'a' }))).toEqual(['A']);
    const embedded = CimInstance.create(innerClass, { A: 'a' }, { ...ORIGIN, isEmbedded: true });
    expect(Object.keys(embedded)).toEqual(['A']);
    expect(embedded.cimSession).toBe(SESSION);
    expect(embedded.cimSystemProperties.serverName).toBe('a.contoso.com');
  });

  it('hide a PSComputerName of the server, in any case', () => {
    for (const name of ['PSComputerName', 'pscomputername']) {
      const declaration = { ...innerClass, properties: [...innerClass.properties, { name, type: 'string' as const }] };
      const instance = CimInstance.fromSlots(declaration, ['a', 'victim'], ORIGIN);
      expect({ ...instance }).toEqual({ A: 'a', PSComputerName: 'a.contoso.com' });
      expect(instance.cimInstanceProperties.get(name)?.value).toBe('victim');
    }
  });
});

describe('what copies an object', () => {
  it.each<readonly [string, (value: CimInstance) => unknown]>([
    ['a spread', (value) => structuredClone({ ...value })],
    ['structuredClone', (value) => structuredClone(value)],
    ['v8.serialize', (value) => deserialize(serialize(value))],
    ['Object.entries', (value) => structuredClone(Object.fromEntries(Object.entries(value)))],
  ])('sees all of it: %s', (_, copy) => {
    const copied = copy(mixed()) as object;
    expect(copied).not.toBeInstanceOf(CimInstance);
    expect(Object.keys(copied)).toEqual(NAMES);
    expect(copied).toEqual(CLONED);
  });

  it('sees all of it: a MessagePort', async () => {
    const { port1, port2 } = new MessageChannel();
    port1.postMessage([mixed()]);
    const [[received]] = (await once(port2, 'message')) as [[object]];
    port1.close();
    expect(received).toEqual(CLONED);
    expect(Object.keys(received)).toEqual(NAMES);
  });

  it('sees all of it: console.table and inspect', () => {
    const stdout = new PassThrough();
    new Console({ stdout }).table([mixed()]);
    const [, header = ''] = String(stdout.read()).split('\n');
    expect(header.split('│').map((cell) => cell.trim())).toEqual(expect.arrayContaining(NAMES));
    expect(inspect(mixed())).toMatch(/^Mixed \{.*Name: 'n'.*PSComputerName: 'a.contoso.com'/s);
  });

  it('is JSON by the declared types, whatever the values are', () => {
    expect(JSON.parse(JSON.stringify(mixed()))).toEqual({
      Name: 'n',
      Big: '5',
      Small: '-4611686018427387904',
      Lead: '1.02:00:00.5000000',
      When: '2026-11-24T08:00:00.123456+01:00',
      Ratio: [0.5, 'NaN', '-INF'],
      List: ['a', 'b'],
      Inner: { A: 'a' },
      Empty: null,
      PSComputerName: 'a.contoso.com',
    });
  });
});

describe('a copy becomes an instance again', () => {
  it.each<readonly [string, (value: CimInstance) => unknown, string]>([
    ['a spread', (value) => ({ ...value }), '2026-11-24T08:00:00.123456+01:00'],
    ['a clone', (value) => structuredClone(value), '2026-11-24T07:00:00.123000Z'],
    ['JSON', (value) => JSON.parse(JSON.stringify(value)), '2026-11-24T08:00:00.123456+01:00'],
  ])('of %s', (_, copy, when) => {
    const copied = copy(mixed()) as Record<string, CimValue>;
    const again = CimInstance.create<{ When: CimDateTime; Inner: CimInstance }>(mixedClass, copied, ORIGIN);
    const { When, Inner, ...others } = again;
    const { When: _when, Inner: _inner, ...expected } = mixed() as typeof again;
    expect(others).toStrictEqual(expected);
    expect(String(When)).toBe(when);
    expect(Inner).toBeInstanceOf(CimInstance);
    expect(Inner.cimClass.className).toBe('Inner');
    expect({ ...Inner }).toEqual({ A: 'a' });
  });

  it('leaves what it cannot understand as it is', () => {
    const wrong = { Lead: 'soon', When: 'yesterday', Big: '1.5' };
    expect({ ...CimInstance.create(mixedClass, wrong) }).toMatchObject(wrong);
  });
});
