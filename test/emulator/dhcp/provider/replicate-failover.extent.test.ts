import { describe, expect, it } from '@jest/globals';
import { A, B, Pair, type Parameters } from '../../pair.js';

const S = '10.10.10.0';
const R = '10.10.10.40';
type Change = readonly [what: string, method: string, parameters: Parameters, look: readonly [string, Parameters]];

const values = (parameters: Parameters): Change[2] => ({ OptionId: 42, Value: ['10.0.0.9'], ...parameters });
const phones = { Name: 'Desk', Condition: 'OR', MacAddress: ['EQ', '00-04-F2*'] };

/** What failover replicates of a server (dhcp-server-semantics 9, dhcp-options-policies 7). */
const replicated: readonly Change[] = [
  [
    'an exclusion range',
    'v4ExclusionRange.Add',
    { ScopeId: S, StartRange: '10.10.10.60', EndRange: '10.10.10.69' },
    ['v4ExclusionRange.Get', { ScopeId: [S] }],
  ],
  [
    'a reservation',
    'v4Reservation.Add',
    { ScopeId: S, IPAddress: '10.10.10.77', ClientId: 'aa' },
    ['v4Reservation.GetByScopeId', { ScopeId: S }],
  ],
  [
    'an option value of a scope',
    'v4OptionValue.SetByOptionId',
    values({ ScopeId: S }),
    ['v4OptionValue.Get', { ScopeId: S }],
  ],
  [
    'an option value of a reservation',
    'v4OptionValue.SetByOptionId',
    values({ ReservedIP: R }),
    ['v4OptionValue.Get', { ReservedIP: R }],
  ],
  ['a policy of a scope', 'v4Policy.Add', { ...phones, ScopeId: S }, ['v4Policy.Get', { ScopeId: S }]],
  [
    'DNS settings of a scope',
    'v4DnsSetting.Set',
    { ScopeId: S, DynamicUpdates: 'Never' },
    ['v4DnsSetting.Get', { ScopeId: S }],
  ],
  [
    'the lease duration',
    'v4OptionValue.SetByOptionId',
    { ScopeId: S, OptionId: 51, Value: ['3600'] },
    ['v4Scope.Get', { ScopeId: [S] }],
  ],
];

/** And what it does not. */
const local: readonly Change[] = [
  ['an option value of the server', 'v4OptionValue.SetByOptionId', values({}), ['v4OptionValue.Get', {}]],
  [
    'an option definition',
    'v4OptionDefinition.Add',
    { OptionId: 252, Name: 'WPAD', Type: 'String' },
    ['v4OptionDefinition.Get', {}],
  ],
  ['a class', 'v4Class.Add', { Name: 'Lab', Type: 'User', Data: 'lab' }, ['v4Class.Get', {}]],
  ['a policy of the server', 'v4Policy.Add', phones, ['v4Policy.Get', {}]],
  ['a filter', 'v4Filter.Add', { List: 'Deny', MacAddress: ['00-11-09-*'] }, ['v4Filter.Get', {}]],
  ['DNS settings of the server', 'v4DnsSetting.Set', { DynamicUpdates: 'Never' }, ['v4DnsSetting.Get', {}]],
  ['settings of the server', 'Setting.Set', { ConflictDetectionAttempts: 3 }, ['Setting.Get', {}]],
  ['a DHCPv6 scope', 'v6Scope.Add', { Prefix: '2001:db8::', Name: 'six' }, ['v6Scope.Get', {}]],
  [
    'a multicast scope',
    'v4MulticastScope.Add',
    { Name: 'video', StartRange: '224.5.5.0', EndRange: '224.5.6.255' },
    ['v4MulticastScope.Get', {}],
  ],
];

async function afterReplication([, method, parameters, [look, what]]: Change): Promise<readonly string[]> {
  const pair = new Pair();
  await pair.add();
  const seen = async (server: string) => {
    const { output } = await pair.call(server, `PS_DhcpServer${look}`, what);
    return JSON.stringify(output);
  };
  const before = await seen(B);
  expect((await pair.call(A, `PS_DhcpServer${method}`, parameters)).ids).toEqual([]);
  // Nothing goes by itself.
  expect(await seen(B)).toBe(before);
  await pair.call(A, 'PS_DhcpServerv4FailoverReplication.InvokeByName', { Force: true });
  return [before, await seen(A), await seen(B)];
}

describe('what failover replicates', () => {
  it.each(replicated.map((change) => [change[0], change] as const))('%s', async (_, change) => {
    const [before, here, there] = await afterReplication(change);
    expect(there).toBe(here);
    expect(there).not.toBe(before);
  });
});

describe('what failover does not replicate', () => {
  it.each(local.map((change) => [change[0], change] as const))('%s', async (_, change) => {
    const [before, here, there] = await afterReplication(change);
    expect(there).toBe(before);
    expect(here).not.toBe(before);
  });
});

describe('leases', () => {
  it('are told to the partner by the service, without replication', async () => {
    const pair = new Pair();
    await pair.add();
    const there = () => [...(pair.lab.server(B).scopes.get(S)?.leases.keys() ?? [])];
    await pair.call(A, 'PS_DhcpServerv4Lease.Add', { ScopeId: S, IPAddress: '10.10.10.60', ClientId: 'aa' });
    expect(there()).toContain('10.10.10.60');
    await pair.call(A, 'PS_DhcpServerv4Lease.RemoveByIPAddress', { IPAddress: ['10.10.10.60'] });
    expect(there()).not.toContain('10.10.10.60');
    pair.lab.cutLink(A, B);
    await pair.call(A, 'PS_DhcpServerv4Lease.RemoveByIPAddress', { IPAddress: ['10.10.10.30'] });
    expect(there()).toContain('10.10.10.30');
  });
});
