import { describe, expect, it } from '@jest/globals';
import { TimeSpan } from '../../../../lib/cim/value/time-span.js';
import { propertiesOf } from '../../../support/values-of.js';
import { A, B, NAME, Pair, type Parameters, SCOPES } from '../../pair.js';
import { addPreconditionRows, type PreconditionRow } from '../../rows/add-preconditions.rows.js';

async function broken(rows: readonly PreconditionRow[]): Promise<Pair> {
  const lab = Object.assign({}, ...rows.map((row) => row.lab ?? {}));
  const pair = new Pair(lab);
  for (const row of [...rows].reverse()) await row.arrange?.(pair);
  return pair;
}

function parametersOf(rows: readonly PreconditionRow[]): Parameters {
  return Object.assign({}, ...[...rows].reverse().map((row) => row.parameters ?? {}));
}

const callerOf = (rows: readonly PreconditionRow[]) => Object.assign({}, ...rows.map((row) => row.caller ?? {}));

async function attempt(pair: Pair, rows: readonly PreconditionRow[]) {
  return pair.call(
    A,
    'PS_DhcpServerv4Failover.AddByLoadBalance',
    { Name: NAME, PartnerServer: B, ScopeId: SCOPES, ...parametersOf(rows) },
    callerOf(rows),
  );
}

describe('preconditions of Add (failover-semantics 4.2)', () => {
  it.each(addPreconditionRows.map((row) => [`${row.row}: ${row.condition} → ${row.id}`, row] as const))(
    '%s, and nothing changes on either server',
    async (_, row) => {
      const pair = await broken([row]);
      const before = pair.snapshot();
      const { ids, messages, errors } = await attempt(pair, [row]);
      expect(ids).toEqual([row.id]);
      expect(messages[0]).toMatch(row.message);
      expect(propertiesOf(errors[0])?.['error_Category']).toBe(row.category);
      expect(pair.snapshot()).toBe(before);
    },
  );

  // Two conditions broken at once: the one that stands first is reported. Some cannot be broken together.
  const together = addPreconditionRows.flatMap((first, index) =>
    addPreconditionRows.slice(index + 1).map((second) => [first, second] as const),
  );
  const compatible = together.filter(([first, second]) => {
    const names = [first, second].flatMap((row) => Object.keys({ ...row.parameters, ...row.lab }));
    const bothSetUp = first.arrange !== undefined && second.arrange !== undefined;
    // When B is A there is no other server to be off, old or closed to the caller.
    const aboutAnotherServer = second.row === '13' && Number(first.row) >= 9;
    return new Set(names).size === names.length && !bothSetUp && first.row !== second.row && !aboutAnotherServer;
  });

  it('has pairs of rows to compare', () => {
    expect(compatible.length).toBeGreaterThan(120);
  });

  it.each(
    compatible.map(
      ([first, second]) =>
        [`${first.row} (${first.condition})`, `${second.row} (${second.condition})`, first, second] as const,
    ),
  )('%s comes before %s', async (_one, _other, first, second) => {
    const pair = await broken([first, second]);
    expect((await attempt(pair, [first, second])).ids).toEqual([first.id]);
  });

  it('accepts the limits themselves', async () => {
    const pair = new Pair();
    pair.lab.skewClock(B, -60_000);
    const { ids } = await pair.add({
      Name: 'n'.repeat(126),
      LoadBalancePercent: 100,
      MaxClientLeadTime: TimeSpan.from('0:01:00'),
    });
    expect(ids).toEqual([]);
  });
});

describe('effects of Add', () => {
  it('copies scopes with their whole configuration, active where they are, and then their leases', async () => {
    const pair = new Pair();
    await pair.call(A, 'PS_DhcpServerv4Scope.SetByWithoutRange', { ScopeId: '10.20.20.0', State: 'InActive' });
    await pair.add();
    const [source, copy] = [pair.lab.server(A), pair.lab.server(B)].map((server) => server.scopes);
    for (const scopeId of SCOPES) {
      expect(copy?.get(scopeId)).toEqual(source?.get(scopeId));
      expect(copy?.get(scopeId)?.configuration).not.toBe(source?.get(scopeId)?.configuration);
    }
    expect(copy?.get('10.10.10.0')?.configuration.reservations).toHaveLength(1);
    expect(copy?.get('10.20.20.0')?.configuration.policies).toHaveLength(1);
    expect(copy?.get('10.20.20.0')?.state).toBe('Inactive');
    expect(copy?.get('10.10.10.0')?.leases.size).toBe(3);
  });

  it.each([
    [{}, { LoadBalancePercent: 50 }, { LoadBalancePercent: 50 }],
    [{ LoadBalancePercent: 70 }, { LoadBalancePercent: 70 }, { LoadBalancePercent: 30 }],
    [{ LoadBalancePercent: 0 }, { LoadBalancePercent: 0 }, { LoadBalancePercent: 100 }],
    [
      { ReservePercent: 10 },
      { ReservePercent: 10, ServerRole: 'Active' },
      { ReservePercent: 10, ServerRole: 'Standby' },
    ],
    [
      { ServerRole: 'Active' },
      { ReservePercent: 5, ServerRole: 'Active' },
      { ReservePercent: 5, ServerRole: 'Standby' },
    ],
    [
      { ServerRole: 'Standby' },
      { ReservePercent: 5, ServerRole: 'Standby' },
      { ReservePercent: 5, ServerRole: 'Active' },
    ],
  ])('mirrors percentages and roles (1.5, 1.6): %j', async (given, onA, onB) => {
    const pair = new Pair();
    await pair.add(given);
    const modes =
      'LoadBalancePercent' in onA
        ? { Mode: 'LoadBalance', ServerRole: null, ReservePercent: null }
        : { Mode: 'HotStandby', LoadBalancePercent: null };
    expect(await pair.relationship(A)).toMatchObject({ ...modes, ...onA });
    expect(await pair.relationship(B)).toMatchObject({ ...modes, ...onB });
  });

  it('makes the partner the primary when the local server is to stand by (1.6)', async () => {
    const pair = new Pair();
    await pair.add({ ServerRole: 'Standby' });
    const names = {
      PrimaryServerIP: '10.10.10.3',
      PrimaryServerName: B,
      SecondaryServerIP: '10.10.10.2',
      SecondaryServerName: 'dhcpserver',
    };
    expect(await pair.relationship(A)).toMatchObject({ ...names, ServerType: 'SecondaryServer', PartnerServer: B });
    expect(await pair.relationship(B)).toMatchObject({
      ...names,
      ServerType: 'PrimaryServer',
      PartnerServer: 'dhcpserver',
    });
  });

  it.each([
    [{}, false, null],
    [{ StateSwitchInterval: TimeSpan.from('2:00:00') }, true, '02:00:00'],
    [{ AutoStateTransition: true }, true, '01:00:00'],
    [{ AutoStateTransition: false }, false, null],
    [{ AutoStateTransition: true, StateSwitchInterval: TimeSpan.from('0:30:00') }, true, '00:30:00'],
    [{ AutoStateTransition: false, StateSwitchInterval: TimeSpan.from('0:30:00') }, true, '00:30:00'],
    [{ StateSwitchInterval: TimeSpan.zero }, false, null],
  ])('stores the state switch interval (1.7): %j', async (given, automatic, interval) => {
    const pair = new Pair();
    await pair.add(given);
    for (const server of [A, B]) {
      const shown = await pair.relationship(server);
      expect(shown['AutoStateTransition']).toBe(automatic);
      expect(shown['StateSwitchInterval']?.toString() ?? null).toBe(interval);
    }
  });

  it('stores a shared secret as a fact alone; an empty one does not count (1.3)', async () => {
    const pair = new Pair();
    await pair.add({ SharedSecret: 'sEcReT' });
    expect(await pair.relationship(B)).toMatchObject({ EnableAuth: true });
    expect(JSON.stringify(pair.lab.save())).not.toContain('sEcReT');
    const other = new Pair();
    await other.add({ SharedSecret: '' });
    expect(await other.relationship(B)).toMatchObject({ EnableAuth: false });
  });

  it('writes nothing without PassThru', async () => {
    expect((await new Pair().add()).output).toEqual([]);
  });

  it('reaches another server than the one of the session by ComputerName, as a hop', async () => {
    const pair = new Pair();
    const parameters = { ComputerName: A, Name: NAME, PartnerServer: B, ScopeId: SCOPES };
    const undelegated = await pair.call(B, 'PS_DhcpServerv4Failover.AddByLoadBalance', parameters, {
      delegated: false,
    });
    expect(undelegated.messages).toEqual(['Failed to get version of the DHCP server dhcpserver.contoso.com.']);
    expect((await pair.call(B, 'PS_DhcpServerv4Failover.AddByLoadBalance', parameters)).ids).toEqual([]);
    expect(await pair.relationship(A)).toMatchObject({ ServerType: 'PrimaryServer' });
  });
});

describe('a partner that dies in the middle of Add', () => {
  it.each([
    ['preconditions-met', 1],
    ['scope-created-on-partner', 1],
    ['scope-created-on-partner', 2],
    ['relationship-created-on-partner', 1],
    ['relationship-created', 1],
    ['scope-activated-on-partner', 1],
  ] as const)('at %s (%i) leaves no trace', async (step, occurrence) => {
    const pair = new Pair();
    const before = pair.snapshot();
    pair.lab.injectFault({ kind: 'partner-dies', partner: B, step, occurrence, times: 1 });
    const { ids } = await pair.add();
    expect(ids).toEqual(['WIN32 1722']);
    pair.lab.powerOn(B);
    expect(pair.snapshot()).toBe(before);
    expect((await pair.add()).ids).toEqual([]);
    expect(pair.states()).toEqual(['Normal', 'Normal']);
  });
});
