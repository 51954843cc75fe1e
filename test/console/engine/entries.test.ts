import { beforeAll, describe, expect, it } from '@jest/globals';
import type { LabDescription } from 'cimlet/emulator';
import type { EntryRow, Params } from '../../../examples/console/bridge.js';
import { consoleLabDescription } from '../../../examples/console/lab/console-lab.js';
import { type Fixture, SIGN_IN, startFixture } from '../console-fixture.js';
import { resultOf, runToEnd } from '../engine-run.js';

const SFO = 'dhcp-sfo-01.contoso.com';
const SIN = 'dhcp-sin-01.contoso.com';
const PAR = 'dhcp-par-01.contoso.com';

let fixture: Fixture;
beforeAll(async () => {
  fixture = await startFixture();
  await resultOf(fixture.engine, 'signIn', SIGN_IN);
  await resultOf(fixture.engine, 'pairs', { servers: null, compare: false });
});

const addresses = (scopeId: string, server = SFO) =>
  runToEnd(fixture.engine, 'entries', { kind: 'addresses', server, scopeId });

describe('the addresses of a scope', () => {
  it('come from both servers, merged by address and in its order, with a mark where the two disagree', async () => {
    const { events, result } = await addresses('10.10.0.0');
    const rows = events.flatMap((event) => (event.type === 'rows' ? (event.rows as readonly EntryRow[]) : []));
    expect(result?.total).toBe(rows.length);
    expect(result?.servers).toEqual([SFO, SIN]);
    const last = rows.map(({ address }) => Number(address.split('.')[3]));
    expect(last).toEqual([...last].sort((one, other) => one - other));
    const marks = Object.fromEntries(
      rows.filter(({ mark }) => mark !== null).map(({ address, mark }) => [address, mark]),
    );
    expect(marks).toEqual({
      '10.10.0.40': 'printer-10-old on dhcp-sin-01',
      '10.10.0.41': 'only on dhcp-sfo-01',
      '10.10.0.61': 'reserved only on dhcp-sin-01',
    });
    expect(result?.pool?.owners.map(({ server }) => server)).toEqual([SFO, SIN]);
  });

  it('of a scope of 1,200 leases come in messages of 500 at most', async () => {
    const many = await startFixture(largeLab(1200));
    await resultOf(many.engine, 'signIn', SIGN_IN);
    const { events, result } = await runToEnd(many.engine, 'entries', {
      kind: 'addresses',
      server: 'dhcp.contoso.com',
      scopeId: '10.32.0.0',
    });
    expect(result?.total).toBe(1200);
    const sizes = events.flatMap((event) => (event.type === 'rows' ? [event.rows.length] : []));
    expect(sizes).toEqual([500, 500, 200]);
  });

  it('a silent partner leaves what the other one tells', async () => {
    fixture.lab.powerOff(SIN);
    const { result, problems, how } = await addresses('10.11.0.0');
    fixture.lab.powerOn(SIN);
    expect([how, result?.answered, result?.silent, problems.length]).toEqual(['done', 1, 1, 1]);
  });
});

function largeLab(count: number): LabDescription {
  const leases = Array.from({ length: count }, (_, index) => ({
    ipAddress: `10.32.${1 + (index >> 8)}.${index & 255}`,
    clientId: `00-15-5d-00-${(index >> 8).toString(16).padStart(2, '0')}-${(index & 255).toString(16).padStart(2, '0')}`,
    hostName: `ws-${index}.contoso.com`,
  }));
  return {
    users: [{ userName: 'CONTOSO\\dhcpadmin' }],
    servers: [
      {
        name: 'dhcp.contoso.com',
        address: '10.32.0.2',
        scopes: [
          {
            scopeId: '10.32.0.0',
            subnetMask: '255.255.192.0',
            startRange: '10.32.0.10',
            endRange: '10.32.63.250',
            name: 'Campus',
            leases,
          },
        ],
      },
    ],
  };
}

describe('find a client', () => {
  it.each([
    ['a name', 'PC-50-06?.contoso.com', 10],
    ['a part of a name', 'printer-70', 1],
    ['a MAC with hyphens', '00-15-5d-46-00-3c', 1],
    ['a MAC with colons', '00:15:5D:46:00:3C', 1],
    ['a MAC with dots', '0015.5d46.003c', 1],
    ['a MAC without anything', '00155D46003C', 1],
    ['an address', '10.70.0.60', 1],
    ['an address that nobody has', '10.70.0.9', 0],
  ])('by %s', async (_, text, hits) => {
    const servers = text.includes('50') ? ['dhcp-nyc-01.contoso.com'] : [PAR];
    const { result, events } = await runToEnd(fixture.engine, 'find', { text, servers });
    const rows = events.flatMap((event) => (event.type === 'rows' ? event.rows : []));
    expect([result?.hits, rows.length]).toEqual([hits, hits]);
  });

  it('asks for an address only where a scope holds it', async () => {
    const { result } = await runToEnd(fixture.engine, 'find', { text: '10.10.0.60', servers: null });
    expect([result?.asked, result?.hits]).toEqual([2, 2]);
    const none = await resultOf(fixture.engine, 'find', { text: '10.9.9.9', servers: null });
    expect(none.sentence).toBe('No server of the list has a scope with 10.9.9.9.');
  });
});

describe('protect scopes', () => {
  const SETTINGS: Extract<Params['check'], { kind: 'protect' }> = {
    kind: 'protect',
    server: PAR,
    scopeIds: ['10.70.0.0', '10.71.0.0'],
    partner: 'dhcp-lys-01.contoso.com',
    name: 'PAR-LYS',
    existing: null,
    mode: 'LoadBalance',
    share: 50,
    reserve: 5,
    role: 'Active',
    mcltSeconds: 3600,
    switchAfterSeconds: null,
    secret: { how: 'generate', text: null },
  };
  const check = (more: Partial<typeof SETTINGS> = {}) => runToEnd(fixture.engine, 'check', { ...SETTINGS, ...more });
  const inTheWay = async (more: Partial<typeof SETTINGS> = {}) => {
    const { events } = await check(more);
    const rows = new Map(
      events.flatMap((event) => (event.type === 'rows' ? event.rows : [])).map((row) => [row.id, row]),
    );
    return [...rows.values()].filter(({ state }) => state === 'inTheWay');
  };

  it('checks both servers, and says what stands in the way and what may be left out', async () => {
    expect(await inTheWay()).toEqual([]);
    expect((await inTheWay({ scopeIds: ['10.72.0.0'] })).map(({ id, leaveOut }) => [id, leaveOut])).toEqual([
      ['bootp', ['10.72.0.0']],
    ]);
    fixture.lab.skewClock('dhcp-lys-01.contoso.com', -90_000);
    expect((await inTheWay()).map(({ id }) => id)).toEqual(['clocks']);
    fixture.lab.skewClock('dhcp-lys-01.contoso.com', 0);
    expect((await inTheWay({ partner: 'evil.example' })).map(({ id }) => id)).toEqual(['partner']);
    expect((await inTheWay({ partner: PAR })).map(({ detail }) => detail)).toContain('That is this server itself.');
    expect((await inTheWay({ partner: SFO, name: 'sfo-sin-failover' })).map(({ id }) => id)).toEqual(['name']);
  });

  it('protects what was checked, and both servers are Normal then', async () => {
    const { kind: _, ...settings } = SETTINGS;
    const plan = await resultOf(fixture.engine, 'plan', { change: { kind: 'protect', ...settings } });
    expect([plan.button, plan.blocked]).toEqual(['Protect 2 scopes', null]);
    expect(plan.line).toBe(
      "Add-DhcpServerv4Failover -ComputerName 'dhcp-par-01.contoso.com' -Name 'PAR-LYS' -PartnerServer 'dhcp-lys-01.contoso.com' -ScopeId '10.70.0.0','10.71.0.0' -LoadBalancePercent 50 -MaxClientLeadTime '01:00:00' -AutoStateTransition $false -SharedSecret $env:DHCP_SHARED_SECRET",
    );
    const done = await runToEnd(fixture.engine, 'apply', { id: plan.id, typed: null });
    expect([done.how, done.problem]).toEqual(['done', null]);
    expect(done.result?.sentence).toContain('2 scopes protected.');
    const states = ['dhcp-par-01', 'dhcp-lys-01'].map((name) =>
      [...fixture.lab.server(name).relationships.values()].map(({ state }) => state),
    );
    expect(states).toEqual([['Normal'], ['Normal']]);
  });

  it('finds out why two servers lost sight of each other: the clock, then the network', async () => {
    const key = 'NYC-BOS|10.50.0.2|10.60.0.2';
    fixture.lab.cutLink('dhcp-nyc-01', 'dhcp-bos-01');
    const network = await resultOf(fixture.engine, 'check', { kind: 'why', key });
    expect(network.sentence).toContain('TCP 647');
    fixture.lab.skewClock('dhcp-bos-01', 74_000);
    const clock = await resultOf(fixture.engine, 'check', { kind: 'why', key });
    // Which of the two is wrong is told by this computer's clock, from which the lab's, which stands still, goes away.
    expect(clock.sentence).toMatch(
      /^The clock of dhcp-(?:bos-01\.contoso\.com is 74 s ahead of that of dhcp-nyc|nyc-01\.contoso\.com is 74 s behind that of dhcp-bos)-01\.contoso\.com, more than the 60 s allowed: synchronise it\.$/,
    );
  });
});

describe('rule 12: what is saved', () => {
  it('rule 12: names that a spreadsheet would run are texts', async () => {
    const lab = consoleLabDescription();
    const servers = (lab.servers ?? []).slice(0, 1).map((server) => ({
      ...server,
      relationships: [],
      scopes: (server.scopes ?? []).slice(0, 1).map((scope) => ({
        ...scope,
        leases: [
          { ipAddress: '10.10.0.99', clientId: '00-15-5d-0a-0a-63', hostName: '=HYPERLINK("http://evil.example","x")' },
        ],
      })),
    }));
    const hostile = await startFixture({ ...lab, servers });
    await resultOf(hostile.engine, 'signIn', SIGN_IN);
    const file = await resultOf(hostile.engine, 'save', {
      what: 'addresses',
      server: SFO,
      scopeId: '10.10.0.0',
      filter: '10.10.0.99',
    });
    expect(file.name).toMatch(/^addresses-10\.10\.0\.0-\d{4}-\d\d-\d\d\.csv$/);
    expect(file.text).toContain(`"'=HYPERLINK(""http://evil.example"",""x"")"`);
    expect(file.text.split('\r\n')).toHaveLength(3);
  });

  it('has the fleet, the pairs, differences and Activity as well', async () => {
    await resultOf(fixture.engine, 'fleet', { servers: null });
    for (const params of [
      { what: 'fleet' },
      { what: 'pairs' },
      { what: 'activity' },
      { what: 'differences', key: 'SFO-SIN-Failover|10.10.0.2|10.20.0.2' },
    ] as const) {
      const { text } = await resultOf(fixture.engine, 'save', params);
      expect(text.split('\r\n').length).toBeGreaterThan(2);
    }
  });
});
