import { describe, expect, it } from '@jest/globals';
import { TimeSpan } from '../../../../lib/cim/value/time-span.js';
import { propertiesOf } from '../../../support/values-of.js';
import { A, B, Pair, type Parameters } from '../../pair.js';

const SCOPE = { StartRange: '10.30.30.10', EndRange: '10.30.30.99', SubnetMask: '255.255.255.0', Name: 'third' };
const add = (pair: Pair, parameters: Parameters) =>
  pair.call(A, 'PS_DhcpServerv4Scope.Add', { ...SCOPE, ...parameters });
const set = (pair: Pair, parameters: Parameters) =>
  pair.call(A, `PS_DhcpServerv4Scope.SetBy${'StartRange' in parameters ? 'WithRange' : 'WithoutRange'}`, {
    ScopeId: '10.10.10.0',
    ...parameters,
  });
const remove = (pair: Pair, parameters: Parameters) => pair.call(A, 'PS_DhcpServerv4Scope.Remove', parameters);

describe('the scope cmdlets', () => {
  it('adds a scope with Windows defaults', async () => {
    const { output } = await add(new Pair(), { PassThru: true });
    expect(output).toEqual([
      expect.objectContaining({
        ScopeId: '10.30.30.0',
        SubnetMask: '255.255.255.0',
        State: 'Active',
        Type: 'Dhcp',
        LeaseDuration: TimeSpan.from('8.00:00:00'),
        MaxBootpClients: 0xffffffff,
        ActivatePolicies: true,
        NapEnable: false,
      }),
    ]);
  });

  it.each<[string, Parameters, string, number]>([
    ['a scope that exists', { StartRange: '10.10.10.20', EndRange: '10.10.10.30' }, 'DHCP 20052', 20],
    ['a range across two networks', { EndRange: '10.30.31.9' }, 'DHCP 20023', 6],
    ['a range that runs backwards', { EndRange: '10.30.30.9' }, 'DHCP 20023', 6],
    ['a range with the network address', { StartRange: '10.30.30.0' }, 'DHCP 20023', 6],
    ['text that is not a mask', { SubnetMask: '255.0.255.0' }, 'WIN32 87', 5],
    ['text that is not an address', { StartRange: '10.30.30' }, 'WIN32 87', 5],
  ])('refuses to add %s', async (_, parameters, id, category) => {
    const pair = new Pair();
    const before = pair.snapshot();
    const { ids, errors } = await add(pair, parameters);
    expect(ids).toEqual([id]);
    expect(propertiesOf(errors[0])?.['error_Category']).toBe(category);
    expect(pair.snapshot()).toBe(before);
  });

  it('words the captured errors as Windows does', async () => {
    const pair = new Pair();
    expect((await add(pair, { StartRange: '10.10.10.20', EndRange: '10.10.10.30' })).messages).toEqual([
      'Failed to add scope 10.10.10.0 on DHCP server dhcpserver.contoso.com.',
    ]);
    expect((await pair.call(A, 'PS_DhcpServerv4Scope.Get', { ScopeId: ['10.9.9.0'] })).messages).toEqual([
      'Failed to get scope information for scope 10.9.9.0 on DHCP server dhcpserver.contoso.com.',
    ]);
    expect((await remove(pair, { ScopeId: ['10.9.9.0'] })).ids).toEqual(['DHCP 20005']);
  });

  it('changes a scope, with and without its range', async () => {
    const pair = new Pair();
    await set(pair, { Description: 'changed', State: 'InActive', LeaseDuration: TimeSpan.from('2:00:00') });
    await set(pair, { StartRange: '10.10.10.100', EndRange: '10.10.10.120' });
    const { output } = await pair.call(A, 'PS_DhcpServerv4Scope.Get', { ScopeId: ['10.10.10.0'] });
    expect(output).toEqual([
      expect.objectContaining({
        Description: 'changed',
        State: 'Inactive',
        StartRange: '10.10.10.100',
        Name: 'SFO clients',
      }),
    ]);
    expect((await set(pair, { StartRange: '10.10.11.1', EndRange: '10.10.11.9' })).ids).toEqual(['DHCP 20023']);
  });

  it.each([
    // 0xffffffff is infinity (RFC 2131 3.3), which PowerShell shows as TimeSpan.MaxValue.
    ['10675199.02:48:05.4775807', '10675199.02:48:05.4775807'],
    ['49710.06:28:15', '10675199.02:48:05.4775807'],
    ['49710.06:28:14', '49710.06:28:14'],
    ['10675199.02:48:05', '10675199.02:48:05'],
    ['12:00:00.123456', '12:00:00.1234560'],
    ['1.00:00:00', '1.00:00:00'],
  ])('lends for %s, and shows %s', async (given, shown) => {
    const pair = new Pair();
    await set(pair, { LeaseDuration: TimeSpan.parse(given) });
    const { output } = await pair.call(A, 'PS_DhcpServerv4Scope.Get', { ScopeId: ['10.10.10.0'] });
    expect(output).toEqual([expect.objectContaining({ LeaseDuration: TimeSpan.parse(shown) })]);
    // Leases of such a scope are granted, too, and its state survives JSON.
    const { expiresAt } = pair.lab.grantLease(A, '10.10.10.0', { clientId: 'new' });
    expect(new Date(expiresAt).toISOString()).toMatch(/Z$/);
    expect(JSON.parse(JSON.stringify(pair.lab.save()))).toEqual(pair.lab.save());
  });

  it('removes a scope in use only with Force', async () => {
    const pair = new Pair();
    expect((await remove(pair, { ScopeId: ['10.10.10.0'] })).ids).toEqual(['DHCP 20007']);
    expect((await remove(pair, { ScopeId: ['10.10.10.0'], Force: true })).ids).toEqual([]);
    expect(pair.lab.server(A).scopes.size).toBe(1);
  });

  it('gives the version', async () => {
    const { output } = await new Pair().call(A, 'PS_DhcpServerVersion.Get');
    expect(output).toEqual([expect.objectContaining({ MajorVersion: 10, MinorVersion: 0 })]);
  });
});

describe('scope operations on failover scopes (failover-semantics 3.3)', () => {
  it('cannot be deleted, even with Force', async () => {
    const pair = new Pair();
    await pair.add();
    for (const Force of [false, true]) {
      expect((await remove(pair, { ScopeId: ['10.10.10.0'], Force })).ids).toEqual(['DHCP 20113']);
    }
    expect(pair.lab.server(A).scopes.size).toBe(2);
  });

  it.each(['Bootp', 'Both'])('cannot become %s', async (Type) => {
    const pair = new Pair();
    await pair.add();
    expect((await set(pair, { Type })).ids).toEqual(['DHCP 20129']);
  });

  it('can change their properties and activation, which stay on this server', async () => {
    const pair = new Pair();
    await pair.add();
    await set(pair, { Description: 'local', State: 'InActive' });
    const copy = pair.lab.server(B).scopes.get('10.10.10.0');
    expect([copy?.configuration.description, copy?.state]).toEqual(['', 'Active']);
  });

  it('are free again after the relationship', async () => {
    const pair = new Pair();
    await pair.add();
    await pair.call(A, 'PS_DhcpServerv4Failover.Remove', { Name: ['SFO-SIN-Failover'] });
    expect((await remove(pair, { ScopeId: ['10.10.10.0'], Force: true })).ids).toEqual([]);
  });
});
