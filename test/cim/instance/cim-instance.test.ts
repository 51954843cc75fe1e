import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { CimletError } from '../../../lib/base/errors.js';
import { CimInstance, type TypedCimInstance } from '../../../lib/cim/instance/cim-instance.js';
import { CimDateTime } from '../../../lib/cim/value/cim-date-time.js';
import type { CimClassDeclaration } from '../../../lib/cim/value/class-declaration.js';
import { TimeSpan } from '../../../lib/cim/value/time-span.js';
import { propertiesOf } from '../../support/values-of.js';

const failoverClass: CimClassDeclaration = {
  namespace: 'root/Microsoft/Windows/DHCP',
  className: 'DhcpServerv4Failover',
  properties: [
    { name: 'Name', type: 'string', key: true },
    { name: 'ScopeId', type: 'string', isArray: true },
    { name: 'MaxClientLeadTime', type: 'datetime', interval: true },
    { name: 'Counter', type: 'uint64', readOnly: true },
    { name: 'Started', type: 'datetime' },
    { name: 'LoadBalancePercent', type: 'uint32' },
    { name: 'State', type: 'string' },
  ],
  methods: [],
};

interface Failover {
  readonly Name: string;
  readonly ScopeId: readonly string[];
  readonly LoadBalancePercent: number | null;
  readonly State?: string;
}

const session = {
  computerName: 'dhcpserver.contoso.com',
  instanceId: '00000000-0000-0000-0000-000000000001',
  internals: { password: 'hunter2' },
};

function failover(): TypedCimInstance<Failover> {
  return CimInstance.create<Failover>(
    failoverClass,
    {
      Name: 'SFO-SIN-Failover',
      ScopeId: [],
      MaxClientLeadTime: TimeSpan.from('2:00:00'),
      Counter: 5n,
      Started: CimDateTime.from('2026-11-24T08:00:00Z'),
      LoadBalancePercent: null,
    },
    { session },
  );
}

describe('a CimInstance', () => {
  it('has its properties by name, and keeps null, empty and missing apart', () => {
    const instance = failover();
    expect(instance.Name).toBe('SFO-SIN-Failover');
    expect(instance.ScopeId).toEqual([]);
    expect(instance.LoadBalancePercent).toBeNull();
    expect(instance.State).toBeUndefined();
    expect(Object.keys(propertiesOf(instance))).toEqual([
      'Name',
      'ScopeId',
      'MaxClientLeadTime',
      'Counter',
      'Started',
      'LoadBalancePercent',
      'PSComputerName',
    ]);
    expect(instance).toBeInstanceOf(CimInstance);
    expect(instance.constructor.name).toBe('CimInstance');
    expect(instance.cimClass).toBe(failoverClass);
  });

  it('takes names in any case when it is made', () => {
    expect(CimInstance.create<Failover>(failoverClass, { NAME: 'x' }).Name).toBe('x');
  });

  it('lists its properties with type and flags', () => {
    const properties = failover().cimInstanceProperties;
    expect(properties.count).toBe(6);
    expect([...properties].map((property) => property.name)).toHaveLength(6);
    expect(properties.get('NAME')).toEqual({
      name: 'Name',
      value: 'SFO-SIN-Failover',
      cimType: 'string',
      isArray: false,
      flags: { key: true, readOnly: false, nullValue: false, notModified: true },
    });
    expect(properties.get('ScopeId')?.isArray).toBe(true);
    expect(properties.get('counter')?.flags.readOnly).toBe(true);
    expect(properties.get('LoadBalancePercent')?.flags.nullValue).toBe(true);
    expect(properties.has('State')).toBe(false);
    expect(properties.get('NoSuch')).toBeUndefined();
  });

  it('changes through cimInstanceProperties.set, which marks the property', () => {
    const instance = failover();
    const properties = instance.cimInstanceProperties;
    properties.set('loadbalancepercent', 60);
    properties.set('State', 'Normal');
    expect(instance.LoadBalancePercent).toBe(60);
    expect(instance.State).toBe('Normal');
    const modified = [...properties].filter((property) => !property.flags.notModified).map((property) => property.name);
    expect(modified).toEqual(['LoadBalancePercent', 'State']);
    expect(() => properties.set('NoSuch', 1)).toThrow(CimletError);
    expect(() => properties.set('State', undefined as never)).toThrow(CimletError);
  });

  it('knows where it comes from', () => {
    const instance = failover();
    expect(instance.PSComputerName).toBe('dhcpserver.contoso.com');
    expect(instance.cimSession).toBe(session);
    expect(instance.cimSystemProperties).toEqual({
      namespace: 'root/Microsoft/Windows/DHCP',
      className: 'DhcpServerv4Failover',
      serverName: 'dhcpserver.contoso.com',
      path: '\\\\dhcpserver.contoso.com\\root\\Microsoft\\Windows\\DHCP:DhcpServerv4Failover.Name="SFO-SIN-Failover"',
    });
    const local = CimInstance.create(failoverClass, {}, { namespace: 'root/other' });
    expect(local.PSComputerName).toBeUndefined();
    expect(local.cimSystemProperties).toEqual({
      namespace: 'root/other',
      className: 'DhcpServerv4Failover',
      serverName: undefined,
      path: undefined,
    });
  });

  it('is JSON with CIM names, intervals as text, nulls as null and PSComputerName', () => {
    expect(JSON.stringify(failover())).toBe(
      '{"Name":"SFO-SIN-Failover","ScopeId":[],"MaxClientLeadTime":"02:00:00","Counter":"5",' +
        '"Started":"2026-11-24T08:00:00.000000Z","LoadBalancePercent":null,"PSComputerName":"dhcpserver.contoso.com"}',
    );
  });

  it('has 64-bit integers, and reals that JSON lacks, as text', () => {
    const wide: CimClassDeclaration = {
      namespace: 'root/test',
      className: 'X',
      properties: [
        { name: 'Big', type: 'uint64', isArray: true },
        { name: 'Real', type: 'real64', isArray: true },
        { name: 'Inner', type: 'instance' },
      ],
      methods: [],
    };
    const instance = CimInstance.create(wide, {
      Big: [2n ** 53n - 1n, 2n ** 53n],
      Real: [1.5, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
      Inner: CimInstance.create(failoverClass, { Name: 'in' }),
    });
    expect(JSON.parse(JSON.stringify(instance))).toEqual({
      Big: ['9007199254740991', '9007199254740992'],
      Real: [1.5, 'NaN', 'INF', '-INF'],
      Inner: { Name: 'in' },
    });
  });

  it('prints its properties and nothing of its session', () => {
    const text = inspect(failover(), { depth: 10, showHidden: true });
    expect(text).toContain('DhcpServerv4Failover');
    expect(text).toContain('TimeSpan(02:00:00)');
    expect(text).toContain("PSComputerName: 'dhcpserver.contoso.com'");
    expect(text).not.toContain('hunter2');
    expect(JSON.stringify(failover())).not.toContain('hunter2');
  });

  it('prints no deeper than it is told', () => {
    const boxClass: CimClassDeclaration = {
      namespace: 'root/test',
      className: 'X_Box',
      properties: [
        { name: 'Id', type: 'uint32', key: true },
        { name: 'Inner', type: 'instance' },
        { name: 'All', type: 'reference', isArray: true },
      ],
      methods: [],
    };
    const box = (Id: number, parts: Record<string, CimInstance | CimInstance[]> = {}) =>
      CimInstance.create(boxClass, { Id, ...parts });
    const nested = box(1, { Inner: box(2, { Inner: box(3, { Inner: box(4) }) }) });
    const flat = { breakLength: Number.POSITIVE_INFINITY };
    expect(inspect(nested, flat)).toBe(
      'X_Box { Id: 1, Inner: X_Box { Id: 2, Inner: X_Box { Id: 3, Inner: [X_Box] } } }',
    );
    expect(inspect(nested, { ...flat, depth: 0 })).toBe('X_Box { Id: 1, Inner: [X_Box] }');
    expect(inspect({ nested }, { ...flat, depth: 0 })).toBe('{ nested: [X_Box] }');
    expect(inspect(nested, { ...flat, depth: null })).toContain('X_Box { Id: 4 }');
    expect(inspect(box(1, { All: [box(2)] }), flat)).toBe('X_Box { Id: 1, All: [ X_Box { Id: 2 } ] }');
    const round = box(1);
    round.cimInstanceProperties.set('Id', 1);
    const self = box(5, { Inner: round });
    self.cimInstanceProperties.set('Inner', self);
    expect(inspect(self, flat)).toContain('[X_Box]');
  });

  it('says in its path where a key needs quotes, and has none without its keys', () => {
    const keyed: CimClassDeclaration = {
      namespace: 'root/cimv2',
      className: 'X_Keyed',
      properties: [
        { name: 'Name', type: 'string', key: true },
        { name: 'Size', type: 'uint64', key: true },
        { name: 'On', type: 'boolean', key: true },
        { name: 'When', type: 'datetime', key: true },
      ],
      methods: [],
    };
    const When = CimDateTime.from('2026-11-24T08:00:00Z');
    const instance = CimInstance.create(keyed, { Name: 'C:\\a "b"', Size: 5n, On: true, When });
    // MS-WMI 2.2.2 has the form of a path; strings, datetimes and references stand in quotes, with backslashes and quotes escaped.
    expect(instance.cimSystemProperties.path).toBe(
      'root\\cimv2:X_Keyed.Name="C:\\\\a \\"b\\"",Size=5,On=TRUE,When="20261124080000.000000+000"',
    );
    expect(CimInstance.create(keyed, { Name: 'a' }).cimSystemProperties.path).toBeUndefined();
    expect(CimInstance.create({ ...keyed, properties: [] }).cimSystemProperties.path).toBeUndefined();
  });

  it('prints in one line as MI does', () => {
    expect(String(failover())).toBe('DhcpServerv4Failover (Name = "SFO-SIN-Failover")');
    expect(String(CimInstance.create(failoverClass))).toBe('DhcpServerv4Failover');
    expect(String(CimInstance.create(failoverClass, { Name: 'k', Caption: 'c' }))).toBe(
      'DhcpServerv4Failover: c (Name = "k")',
    );
    expect(String(CimInstance.create(failoverClass, { Caption: 'c' }))).toBe('DhcpServerv4Failover: c');
  });

  // MMI's CimProperty.ToString (Internal/Helpers.cs).
  it.each([
    ['Caption', 'c', 'Caption = "c"'],
    ['Extra', 5, 'Extra = 5'],
    ['Flags', [true, false], 'Flags = {True, False}'],
    ['Nothing', null, 'Nothing'],
  ])('prints the property %s', (name, value, text) => {
    expect(String(CimInstance.create(failoverClass, { [name]: value }).cimInstanceProperties.get(name))).toBe(text);
  });
});

describe('names that JavaScript knows', () => {
  const names = [
    '__proto__',
    'constructor',
    'toJSON',
    'toString',
    'hasOwnProperty',
    'properties',
    'cimClass',
    'then',
    'Safe',
  ];
  const declared: CimClassDeclaration = {
    namespace: 'root/test',
    className: 'X_Hostile',
    properties: names.map((name) => ({ name, type: 'string' })),
    methods: [],
  };
  const values = Object.fromEntries(names.map((name) => [name, `value of ${name}`]));

  it.each([
    ['declared', declared],
    ['undeclared', { ...declared, properties: [] }],
  ])('do no harm when %s', async (_, declaration) => {
    const given = Object.defineProperty({ ...values }, '__proto__', { value: 'value of __proto__', enumerable: true });
    const instance = CimInstance.create(declaration, given);
    expect(instance).toBeInstanceOf(CimInstance);
    expect(instance.constructor).toBe(CimInstance);
    expect(typeof instance.toJSON).toBe('function');
    expect(instance.cimClass).toBe(declaration);
    expect(Object.getPrototypeOf(propertiesOf(instance))).toBeNull();
    expect(Object.keys(propertiesOf(instance))).toEqual(expect.arrayContaining(names));
    for (const name of names) expect(instance.cimInstanceProperties.get(name)?.value).toBe(`value of ${name}`);
    const own = declaration === declared ? ['properties', 'then', 'Safe'] : [];
    expect(Object.keys(instance)).toEqual(own);
    expect(JSON.parse(JSON.stringify(instance))).toEqual(
      Object.fromEntries(own.map((name) => [name, `value of ${name}`])),
    );
    expect(inspect(instance)).not.toContain('value of constructor');
    expect(await instance).toBe(instance);
    instance.cimInstanceProperties.set('constructor', 'other');
    expect(instance.cimInstanceProperties.get('constructor')).toMatchObject({
      value: 'other',
      flags: { notModified: false },
    });
    expect(instance.constructor).toBe(CimInstance);
    expect(({} as Record<string, unknown>)['Safe']).toBeUndefined();
  });
});

describe('properties that the class does not declare', () => {
  it('are kept, typed by their value', () => {
    const instance = CimInstance.create<{ Extra: number }>(failoverClass, {
      Extra: 7,
      Flags: [true],
      Negative: -1n,
      Huge: 2 ** 40,
      Half: 0.5,
      Span: TimeSpan.zero,
      Nothing: null,
      None: [],
      Object: CimInstance.create(failoverClass),
    });
    expect(Object.keys(instance)).not.toContain('Extra');
    expect(instance.Extra).toBeUndefined();
    const types = [...instance.cimInstanceProperties].map(({ name, cimType, isArray }) => [name, cimType, isArray]);
    expect(types).toEqual([
      ['Extra', 'uint32', false],
      ['Flags', 'boolean', true],
      ['Negative', 'sint64', false],
      ['Huge', 'uint64', false],
      ['Half', 'real64', false],
      ['Span', 'datetime', false],
      ['Nothing', 'string', false],
      ['None', 'string', true],
      ['Object', 'instance', false],
    ]);
    instance.cimInstanceProperties.set('EXTRA', 8);
    expect(instance.cimInstanceProperties.get('extra')).toMatchObject({ value: 8, flags: { notModified: false } });
  });
});
