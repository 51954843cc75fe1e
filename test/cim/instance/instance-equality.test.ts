import { describe, expect, it } from '@jest/globals';
import { CimInstance } from '../../../lib/cim/instance/cim-instance.js';
import { haveEqualProperties, isSameInstance } from '../../../lib/cim/instance/instance-equality.js';
import { CimDateTime } from '../../../lib/cim/value/cim-date-time.js';
import type { CimValue } from '../../../lib/cim/value/cim-value.js';
import type { CimClassDeclaration } from '../../../lib/cim/value/class-declaration.js';
import { TimeSpan } from '../../../lib/cim/value/time-span.js';

const service: CimClassDeclaration = {
  namespace: 'root/cimv2',
  className: 'Win32_Service',
  properties: [
    { name: 'Name', type: 'string', key: true },
    { name: 'State', type: 'string' },
  ],
  methods: [],
};
const make = (properties: Record<string, CimValue>, declaration = service) =>
  CimInstance.create(declaration, properties);

describe('isSameInstance', () => {
  const dhcp = make({ Name: 'DHCPServer', State: 'Running' });

  it('looks at class, namespace and keys only, without case, as WMI does', () => {
    const other = make(
      { Name: 'dhcpserver', State: 'Stopped' },
      { ...service, className: 'win32_SERVICE', namespace: 'ROOT\\CIMV2' },
    );
    expect(isSameInstance(dhcp, other)).toBe(true);
    expect(isSameInstance(dhcp, make({ Name: 'W32Time' }))).toBe(false);
    expect(isSameInstance(dhcp, make({ Name: 'DHCPServer' }, { ...service, namespace: 'root/other' }))).toBe(false);
    expect(isSameInstance(dhcp, make({ Name: 'DHCPServer' }, { ...service, className: 'Win32_Other' }))).toBe(false);
  });

  it('takes a number for its text, as a reference has it', () => {
    const declared: CimClassDeclaration = { ...service, properties: [{ name: 'Id', type: 'uint64', key: true }] };
    const reference: CimClassDeclaration = { ...service, properties: [{ name: 'ID', type: 'string', key: true }] };
    expect(
      isSameInstance(make({ Id: 18446744073709551615n }, declared), make({ ID: '18446744073709551615' }, reference)),
    ).toBe(true);
  });

  it('follows keys that are references', () => {
    const link: CimClassDeclaration = {
      ...service,
      className: 'Link',
      properties: [{ name: 'To', type: 'reference', key: true }],
    };
    expect(isSameInstance(make({ To: dhcp }, link), make({ To: make({ Name: 'DHCPSERVER' }) }, link))).toBe(true);
    expect(isSameInstance(make({ To: dhcp }, link), make({ To: make({ Name: 'x' }) }, link))).toBe(false);
  });

  it('is false for what has no complete key', () => {
    expect(isSameInstance(make({}), make({}))).toBe(false);
    expect(isSameInstance(make({ Name: null }), make({ Name: null }))).toBe(false);
  });
});

describe('haveEqualProperties', () => {
  it('compares every value, and tells null, empty and missing apart', () => {
    const values: CimValue[] = [
      null,
      '',
      [],
      [''],
      0,
      0n,
      true,
      'a',
      ['a', 'b'],
      TimeSpan.from('1:00:00'),
      CimDateTime.fromIso('2026-11-24T08:00:00Z'),
      make({ Name: 'x' }),
    ];
    for (const [index, left] of values.entries()) {
      for (const [other, right] of values.entries()) {
        expect(haveEqualProperties(make({ State: left }), make({ State: right }))).toBe(index === other);
      }
      expect(haveEqualProperties(make({ State: left }), make({}))).toBe(false);
    }
  });

  it('compares what intervals, points in time and instances mean, not the objects', () => {
    const one = () => make({ State: [TimeSpan.from('1:00:00')], Name: make({ Name: 'x' }) });
    expect(haveEqualProperties(one(), one())).toBe(true);
    expect(haveEqualProperties(make({ State: Number.NaN }), make({ State: Number.NaN }))).toBe(true);
  });
});
