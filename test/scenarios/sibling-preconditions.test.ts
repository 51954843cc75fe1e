// What the other cmdlets check (failover-semantics 3.2, 3.3, 4.1, 4.3 to 4.7), from the typed function to the record that a user sees.
import { describe, expect, it } from '@jest/globals';
import type { ErrorCategory } from '../../lib/cim/error/error-category.js';
import type { InvocationOptions } from '../../lib/cmdlet/contract/invocation-options.js';
import {
  addDhcpServerv4FailoverScope,
  getDhcpServerv4Failover,
  invokeDhcpServerv4FailoverReplication,
  removeDhcpServerv4Failover,
  removeDhcpServerv4FailoverScope,
  removeDhcpServerv4Scope,
  type SetDhcpServerv4FailoverParameters,
  setDhcpServerv4Failover,
  setDhcpServerv4Scope,
} from '../../lib/dhcp-server/index.js';
import type { Caller } from '../../lib/emulator/request/request-handler.js';
import { A, B, NAME, Pair, THIRD } from '../emulator/pair.js';
import { labSessions, recordsOf } from './lab-sessions.js';

interface Row {
  readonly condition: string;
  readonly call: (options: InvocationOptions) => PromiseLike<unknown>;
  readonly arrange?: (pair: Pair) => unknown;
  readonly caller?: Partial<Caller>;
  readonly id: string;
  readonly category: ErrorCategory;
  readonly message: RegExp;
}

const ComputerName = A;
const IN = '10.10.10.0';
const OUT = '10.20.20.0';
const undelegated = { delegated: false, mechanism: 'NTLM' };
const NO_PARTNER = /^Failed to get version of the DHCP server dhcpserver2\.contoso\.com\.$/;
const partnerGone: Pick<Row, 'arrange' | 'id' | 'category' | 'message'> = {
  arrange: (pair) => pair.lab.powerOff(B),
  id: 'WIN32 1722',
  category: 'NotSpecified',
  message: NO_PARTNER,
};
const secondHop: Pick<Row, 'caller' | 'id' | 'category' | 'message'> = {
  caller: undelegated,
  id: 'WIN32 5',
  category: 'PermissionDenied',
  message: NO_PARTNER,
};
const addScope =
  (ScopeId = OUT, Name = NAME) =>
  (options: InvocationOptions) =>
    addDhcpServerv4FailoverScope({ ComputerName, Name, ScopeId }, options);
const removeScope =
  (ScopeId = IN, Name = NAME) =>
  (options: InvocationOptions) =>
    removeDhcpServerv4FailoverScope({ ComputerName, Name, ScopeId, Confirm: false }, options);
const set = (changes: SetDhcpServerv4FailoverParameters) => (options: InvocationOptions) =>
  setDhcpServerv4Failover({ ...changes, ComputerName, Confirm: false, AsJob: false }, options);

/** A relationship of IN; OUT is in none. */
const ROWS: Readonly<Record<string, readonly Row[]>> = {
  'Get-DhcpServerv4Failover': [
    {
      condition: 'the name is known',
      call: (options) => getDhcpServerv4Failover({ ComputerName, Name: 'none' }, options),
      id: 'DHCP 20115',
      category: 'ObjectNotFound',
      message: /failover relationship none/,
    },
    {
      condition: 'the scope is in a relationship',
      call: (options) => getDhcpServerv4Failover({ ComputerName, ScopeId: OUT }, options),
      id: 'DHCP 20116',
      category: 'ObjectNotFound',
      message: /^Failed to get failover relationship for scope 10\.20\.20\.0 on DHCP server/,
    },
    {
      condition: 'the DHCP service runs',
      arrange: (pair) => pair.lab.setService(A, 'stopped'),
      call: (options) => getDhcpServerv4Failover({ ComputerName }, options),
      id: 'WIN32 1753',
      category: 'NotSpecified',
      message: /^Failed to enumerate failover relationships on DHCP server dhcpserver\.contoso\.com\.$/,
    },
    {
      condition: 'the caller has rights',
      caller: { userName: 'nobody' },
      call: (options) => getDhcpServerv4Failover({ ComputerName }, options),
      id: 'WIN32 5',
      category: 'PermissionDenied',
      message: /dhcpserver\.contoso\.com/,
    },
  ],
  'Set-DhcpServerv4Failover': [
    {
      condition: 'the name is known',
      call: set({ Name: 'none', LoadBalancePercent: 60 }),
      id: 'DHCP 20115',
      category: 'ObjectNotFound',
      message: /failover relationship none/,
    },
    {
      condition: 'a reserve is for HotStandby',
      call: set({ Name: NAME, ReservePercent: 5 }),
      id: 'WIN32 87',
      category: 'InvalidArgument',
      message: /^Failed to set failover relationship SFO-SIN-Failover/,
    },
    {
      condition: 'PartnerDown is for a partner that is out of contact',
      call: set({ Name: NAME, PartnerDown: true }),
      id: 'WIN32 87',
      category: 'InvalidArgument',
      message: /^Failed to set failover relationship SFO-SIN-Failover/,
    },
    { condition: 'the partner is there', call: set({ Name: NAME, LoadBalancePercent: 60 }), ...partnerGone },
    { condition: 'the session delegates', call: set({ Name: NAME, LoadBalancePercent: 60 }), ...secondHop },
  ],
  'Remove-DhcpServerv4Failover': [
    {
      condition: 'the name is known',
      call: (options) => removeDhcpServerv4Failover({ ComputerName, Name: 'none', Confirm: false }, options),
      id: 'DHCP 20115',
      category: 'ObjectNotFound',
      message: /failover relationship none/,
    },
    {
      condition: 'the session delegates, with Force too',
      call: (options) => removeDhcpServerv4Failover({ ComputerName, Name: NAME, Force: true }, options),
      ...secondHop,
    },
  ],
  'Add-DhcpServerv4FailoverScope': [
    {
      condition: 'the scope exists',
      call: addScope('10.99.99.0'),
      id: 'DHCP 20005',
      category: 'ObjectNotFound',
      message: /^Failed to get scope information for scope 10\.99\.99\.0 on DHCP server/,
    },
    {
      condition: 'the scope is in no relationship',
      call: addScope(IN),
      id: 'DHCP 20113',
      category: 'ResourceExists',
      message: /^Failed to add scope 10\.10\.10\.0 to failover relationship SFO-SIN-Failover/,
    },
    {
      condition: 'the name is known',
      call: addScope(OUT, 'none'),
      id: 'DHCP 20115',
      category: 'ObjectNotFound',
      message: /failover relationship none/,
    },
    {
      condition: 'the server has a relationship',
      arrange: (pair) => pair.call(A, 'PS_DhcpServerv4Failover.Remove', { Name: [NAME], Force: true }),
      call: addScope(),
      id: 'WIN32 2',
      category: 'ObjectNotFound',
      message: /SFO-SIN-Failover/,
    },
    {
      condition: 'the state is Normal',
      arrange: (pair) => pair.lab.cutLink(A, B),
      call: addScope(),
      id: 'DHCP 20120',
      category: 'InvalidOperation',
      message: /SFO-SIN-Failover/,
    },
    { condition: 'the session delegates', call: addScope(), ...secondHop },
  ],
  'Remove-DhcpServerv4FailoverScope': [
    {
      condition: 'the scope exists',
      call: removeScope('10.99.99.0'),
      id: 'DHCP 20005',
      category: 'ObjectNotFound',
      message: /10\.99\.99\.0/,
    },
    {
      condition: 'the scope is in this relationship',
      call: removeScope(OUT),
      id: 'DHCP 20116',
      category: 'ObjectNotFound',
      message: /10\.20\.20\.0/,
    },
    {
      condition: 'the name is known',
      call: removeScope(IN, 'none'),
      id: 'DHCP 20115',
      category: 'ObjectNotFound',
      message: /failover relationship none/,
    },
    { condition: 'the session delegates', call: removeScope(), ...secondHop },
  ],
  'Invoke-DhcpServerv4FailoverReplication': [
    {
      condition: 'the name is known',
      call: (options) => invokeDhcpServerv4FailoverReplication({ ComputerName, Name: 'none', Force: true }, options),
      id: 'DHCP 20115',
      category: 'ObjectNotFound',
      message: /failover relationship none/,
    },
    {
      condition: 'the scope is in a relationship',
      call: (options) => invokeDhcpServerv4FailoverReplication({ ComputerName, ScopeId: OUT, Force: true }, options),
      id: 'DHCP 20116',
      category: 'ObjectNotFound',
      message: /10\.20\.20\.0/,
    },
    {
      condition: 'the partner is there',
      call: (options) => invokeDhcpServerv4FailoverReplication({ ComputerName, Force: true }, options),
      ...partnerGone,
    },
    {
      condition: 'the session delegates',
      call: (options) => invokeDhcpServerv4FailoverReplication({ ComputerName, Force: true }, options),
      ...secondHop,
    },
  ],
  'Remove-DhcpServerv4Scope': [
    {
      condition: 'the scope is in no relationship, with Force too',
      call: (options) => removeDhcpServerv4Scope({ ComputerName, ScopeId: IN, Force: true }, options),
      id: 'DHCP 20113',
      category: 'ResourceExists',
      message: /10\.10\.10\.0/,
    },
  ],
  'Set-DhcpServerv4Scope': [
    {
      condition: 'a failover scope serves no BOOTP',
      call: (options) => setDhcpServerv4Scope({ ComputerName, ScopeId: IN, Type: 'Both' }, options),
      id: 'DHCP 20129',
      category: 'InvalidOperation',
      message: /10\.10\.10\.0/,
    },
  ],
};

describe.each(Object.keys(ROWS))('%s', (cmdlet) => {
  it.each(ROWS[cmdlet] ?? [])('$condition: else $id', async (row) => {
    const pair = new Pair();
    await pair.add({ ScopeId: [IN] });
    await row.arrange?.(pair);
    const before = pair.snapshot();
    const { sessionOptions } = labSessions(pair.lab, row.caller);
    const [record, ...more] = await recordsOf(row.call({ sessionOptions }));
    expect(more).toEqual([]);
    expect(record?.fullyQualifiedErrorId).toBe(`${row.id},${cmdlet}`);
    expect(record?.message).toMatch(row.message);
    expect(record?.categoryInfo).toMatchObject({ category: row.category, activity: cmdlet, reason: 'CimException' });
    expect(record?.PSComputerName).toBe(A);
    expect(pair.snapshot()).toBe(before);
  });
});
it('several items that are wrong are as many records, and the right ones are done', async () => {
  const pair = new Pair();
  await pair.add({ ScopeId: [IN] });
  const { sessionOptions } = labSessions(pair.lab);
  const ids = async (call: PromiseLike<unknown>) =>
    (await recordsOf(call)).map(({ fullyQualifiedErrorId }) => fullyQualifiedErrorId.split(',')[0]).sort();
  const Name = ['none', NAME, 'nothing'];
  expect(await ids(getDhcpServerv4Failover({ ComputerName: A, Name }, { sessionOptions }))).toEqual([
    'DHCP 20115',
    'DHCP 20115',
  ]);
  const ScopeId = [IN, '10.99.99.0', OUT];
  expect(await ids(addDhcpServerv4FailoverScope({ ComputerName: A, Name: NAME, ScopeId }, { sessionOptions }))).toEqual(
    ['DHCP 20005', 'DHCP 20113'],
  );
  expect(await pair.relationship(A)).toMatchObject({ ScopeId: [IN, OUT] });
  expect(await pair.relationships(THIRD)).toEqual([]);
});
