import { describe, expect, it } from '@jest/globals';
import { TimeSpan } from '../../../../lib/cim/value/time-span.js';
import { addDhcpServerv4Failover } from '../../../../lib/dhcp-server/index.js';
import { failoverStates } from '../../../../lib/emulator/dhcp/relationship.js';
import { defaultLabDescription, type LabDescription } from '../../../../lib/emulator/lab/lab-description.js';
import { A, B, NAME, Pair, type Parameters, SCOPES, THIRD } from '../../pair.js';
import { type FactRow, type Step, testFacts } from '../../rows/fact-row.js';

const [FIRST = '', SECOND = ''] = SCOPES;
const added = (parameters: Parameters = {}): Step => [
  'v4Failover.AddByLoadBalance',
  { Name: NAME, PartnerServer: B, ScopeId: SCOPES, ...parameters },
];
const standby = (parameters: Parameters = {}): Step => ['v4Failover.AddByHotStandby', added(parameters)[1]];
const get: Step = ['v4Failover.GetByName', {}];
const set = (parameters: Parameters): Step => ['v4Failover.Set', { Name: NAME, PassThru: true, ...parameters }];

/** The default lab with something else about the second server. */
const partner = (more: object): LabDescription => ({
  servers: (defaultLabDescription.servers ?? []).map((one) => (one.name === B ? { ...one, ...more } : one)),
});

const limits: readonly FactRow[] = [
  {
    source: '[M 2.2.1.1.18]',
    fact: 'a mode that is none',
    before: [added()],
    call: set({ Mode: 'Sideways' }),
    ids: ['WIN32 87'],
  },
  {
    source: '[DOC] 1.1',
    fact: 'lead time of nothing is refused for a relationship that is there, too',
    before: [added({ MaxClientLeadTime: TimeSpan.from('0:30:00') })],
    call: set({ MaxClientLeadTime: TimeSpan.zero }),
    ids: ['WIN32 87'],
  },
  {
    source: '[SDK] 1.2',
    fact: 'at most 400 scopes at once',
    before: [added({ ScopeId: [FIRST] })],
    call: ['v4FailoverScope.Add', { Name: NAME, ScopeId: Array(401).fill(SECOND) }],
    ids: ['DHCP 20130'],
  },
  {
    source: '[F] 1.2',
    fact: 'clocks that are more than a minute apart',
    lab: partner({ clockSkewMs: -61_000 }),
    call: added(),
    ids: ['DHCP 20119'],
  },
  { source: '60 s', fact: 'are the most', lab: partner({ clockSkewMs: 60_000 }), call: added() },
  {
    source: 'the limit',
    fact: 'can be lower',
    lab: { ...partner({ clockSkewMs: 11_000 }), choices: { maxClockSkewSeconds: 10 } },
    call: added(),
    ids: ['DHCP 20119'],
  },
];

/** What the partner shows; it holds the other copy. */
const there = (source: string, fact: string, before: readonly Step[], ...gives: readonly object[]): FactRow => ({
  source,
  fact,
  before,
  call: get,
  server: B,
  gives: gives as FactRow['gives'] & object,
});

const record: readonly FactRow[] = [
  there('[WMI] 1.4', 'Name is the same there, as it was written', [added({ Name: 'SFO <-> sin' })], {
    Name: 'SFO <-> sin',
  }),
  there(
    '[WMI] 1.4',
    'Mode is one of two words',
    [added({ Name: 'one', ScopeId: [FIRST] }), standby({ Name: 'two', ScopeId: [SECOND] })],
    { Name: 'one', Mode: 'LoadBalance' },
    { Name: 'two', Mode: 'HotStandby' },
  ),
  there('[WMI] 1.4', 'LoadBalancePercent is null with a standby', [standby({ ReservePercent: 20 })], {
    LoadBalancePercent: null,
    ReservePercent: 20,
  }),
  there('[WMI] 1.4', 'ScopeId lists the scopes', [added()], { ScopeId: SCOPES }),
  there('[WMI] 1.4', 'MaxClientLeadTime is an interval', [added({ MaxClientLeadTime: TimeSpan.from('1.02:00:05') })], {
    MaxClientLeadTime: TimeSpan.from('1.02:00:05'),
  }),
  there(
    '[WMI] 1.4',
    'AutoStateTransition tells whether there is an interval',
    [added(), set({ StateSwitchInterval: TimeSpan.from('0:45:00') })],
    { AutoStateTransition: true, StateSwitchInterval: TimeSpan.from('0:45:00') },
  ),
  there(
    '[GS] 1.4',
    'StateSwitchInterval is null again when that is switched off',
    [added({ StateSwitchInterval: TimeSpan.from('0:45:00') }), set({ AutoStateTransition: false })],
    { AutoStateTransition: false, StateSwitchInterval: null },
  ),
  there('[WMI] 1.4', 'EnableAuth tells that there is a secret', [added({ SharedSecret: 's' })], { EnableAuth: true }),
  there('[WMI] 1.4', 'PrimaryServerIP is that of the first server', [added()], { PrimaryServerIP: '10.10.10.2' }),
  there('[WMI] 1.4', 'SecondaryServerIP is that of the second', [added()], { SecondaryServerIP: '10.10.10.3' }),
  there('[WMI] 1.4', 'PrimaryServerName is the name that the first gave itself', [added()], {
    PrimaryServerName: 'dhcpserver',
  }),
  there(
    '[WMI] 1.4',
    'SecondaryServerName is the text that PartnerServer was',
    [added({ PartnerServer: '10.10.10.3' })],
    {
      SecondaryServerName: '10.10.10.3',
    },
  ),
  there('[WMI] 1.4', 'ServerType is that of the server that is asked', [added()], { ServerType: 'SecondaryServer' }),
];

const calls: readonly FactRow[] = [
  {
    source: '[DOC] 4.7',
    fact: 'a replication leaves alone what is the server’s',
    before: [
      added(),
      ['v4OptionValue.SetByOptionId', { OptionId: 66, Value: ['boot'] }],
      ['v4Class.Add', { Name: 'Lab', Type: 'User', Data: 'lab' }],
      ['v4Policy.Add', { Name: 'Phones', Condition: 'Or', MacAddress: ['EQ', 'F0-DE-F1-*'] }],
      ['v4FailoverReplication.InvokeByName', { Name: [NAME], Force: true }],
    ],
    call: ['v4OptionValue.Get', { OptionId: [66] }],
    server: B,
    ids: ['DHCP 20010'],
  },
];

describe('limits of a relationship (failover-semantics 1)', () => testFacts(limits));
describe('the partner’s record (failover-semantics 1.4)', () => testFacts(record));
describe('what a replication takes along (failover-semantics 4.7)', () => testFacts(calls));

it('[DOC] 4.7 nor do classes and policies of the server go along', async () => {
  const pair = new Pair();
  await pair.add();
  await pair.call(A, 'PS_DhcpServerv4Class.Add', { Name: 'Lab', Type: 'User', Data: 'lab' });
  await pair.call(A, 'PS_DhcpServerv4Policy.Add', {
    Name: 'Phones',
    Condition: 'Or',
    MacAddress: ['EQ', 'F0-DE-F1-*'],
  });
  const replicated = await pair.call(A, 'PS_DhcpServerv4FailoverReplication.InvokeByName', { Force: true });
  expect(replicated.output).toEqual(SCOPES);
  const classes = await pair.call(B, 'PS_DhcpServerv4Class.Get', { Type: 'User' });
  expect(classes.output.map((one) => (one as { Name?: string }).Name)).not.toContain('Lab');
  expect((await pair.call(B, 'PS_DhcpServerv4Policy.Get', { Name: ['Phones'] })).ids).toEqual(['DHCP 20111']);
});

it('[HELP] 1.2 a cmdlet that is told nothing of a mode balances the load', async () => {
  const { lab } = new Pair();
  const [made] = await addDhcpServerv4Failover(
    { CimSession: A, Name: NAME, PartnerServer: B, ScopeId: FIRST, PassThru: true },
    { sessionOptions: { transport: ({ computerName }) => lab.transport(computerName) } },
  );
  expect(made?.Mode).toBe('LoadBalance');
});

it.each(failoverStates)('[M 2.2.1.1.20] each server shows its own state: %s', async (state) => {
  const made = new Pair();
  await made.add();
  const saved = made.lab.save();
  const pair = new Pair({
    ...saved,
    cutLinks: [[A, B]],
    servers: (saved.servers ?? [])
      .filter(({ name }) => name !== THIRD)
      .map((server) => ({
        ...server,
        relationships: (server.relationships ?? []).map((one) => ({
          ...one,
          state: server.name === A ? state : 'Recover',
          connected: false,
        })),
      })),
  });
  expect((await pair.relationship(A))['State']).toBe(state);
  expect((await pair.relationship(B))['State']).toBe('Recover');
});

it('[WMI] 1.4 State is the word of the server that is asked', async () => {
  const pair = new Pair();
  await pair.add();
  pair.lab.cutLink(A, B);
  await pair.set({ PartnerDown: true }, B);
  expect((await pair.relationship(A))['State']).toBe('CommunicationInterrupted');
  expect((await pair.relationship(B))['State']).toBe('PartnerDown');
});

it('[DOC] 1.6 a server that has another address or name is not followed: the relationship is made anew', async () => {
  const made = new Pair();
  await made.add();
  const saved = made.lab.save();
  const servers = (saved.servers ?? []).filter(({ name }) => name !== THIRD);
  const pair = new Pair({
    ...saved,
    servers: servers.map((server) =>
      server.name === B ? { ...server, name: 'moved.contoso.com', address: '10.10.10.9' } : server,
    ),
  });
  expect(await pair.relationship(A)).toMatchObject({
    PartnerServer: B,
    SecondaryServerIP: '10.10.10.3',
    State: 'CommunicationInterrupted',
  });
  await pair.call(A, 'PS_DhcpServerv4Failover.Remove', { Name: [NAME], Force: true });
  await pair.call('moved.contoso.com', 'PS_DhcpServerv4Failover.Remove', { Name: [NAME], Force: true });
  for (const ScopeId of SCOPES)
    await pair.call('moved.contoso.com', 'PS_DhcpServerv4Scope.Remove', { ScopeId: [ScopeId], Force: true });
  expect((await pair.add({ PartnerServer: 'moved.contoso.com' })).ids).toEqual([]);
  expect(await pair.relationship(A)).toMatchObject({ SecondaryServerIP: '10.10.10.9', State: 'Normal' });
});

describe('a partner that is away (failover-semantics 4.4)', () => {
  const remove = (pair: Pair, Force: boolean) =>
    pair.call(A, 'PS_DhcpServerv4Failover.Remove', { Name: [NAME], ...(Force && { Force }) });

  it('[HELP12] 4.4 keeps its relationship from being removed, unless that is forced', async () => {
    const pair = new Pair();
    await pair.add();
    pair.lab.powerOff(B);
    const before = pair.snapshot();
    expect((await remove(pair, false)).ids).toEqual(['WIN32 1722']);
    expect(pair.snapshot()).toBe(before);
    expect((await remove(pair, true)).ids).toEqual([]);
    expect(await pair.relationships(A)).toEqual([]);
  });
});

describe('a server that cannot be used (failover-semantics 3.4)', () => {
  const version = (server: string) => [`Failed to get version of the DHCP server ${server}.`];

  it.each([
    ['without rights there', (pair: Pair) => pair.add({}, A), { accessTo: { [B]: 'none' } }, 'WIN32 5'],
    [
      'that is off',
      (pair: Pair) => {
        pair.lab.powerOff(B);
        return pair.add();
      },
      {},
      'WIN32 1722',
    ],
    [
      'whose service has stopped',
      (pair: Pair) => {
        pair.lab.setService(B, 'stopped');
        return pair.add();
      },
      {},
      'WIN32 1753',
    ],
  ] as const)('[CAP] 3.4 %s: its version cannot be read', async (_, run, rights, id) => {
    const pair = new Pair({ users: [{ userName: 'CONTOSO\\admin', ...rights }] });
    const { ids, messages } = await run(pair);
    expect([ids, messages]).toEqual([[id], version(B)]);
  });

  it('nor without delegation', async () => {
    const pair = new Pair();
    const parameters = { Name: NAME, PartnerServer: B, ScopeId: SCOPES };
    const { ids, messages } = await pair.call(A, 'PS_DhcpServerv4Failover.AddByLoadBalance', parameters, {
      delegated: false,
    });
    expect([ids, messages]).toEqual([['WIN32 5'], version(B)]);
  });
});
