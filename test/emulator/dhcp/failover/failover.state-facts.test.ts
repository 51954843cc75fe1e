// The transitions of MS-DHCPF 3.1.1 (figure 7), each on a pair of servers that stand in the states before it. A is the primary.
import { describe, expect, it } from '@jest/globals';
import type { FailoverState } from '../../../../lib/emulator/dhcp/relationship.js';
import type { LabDescription, RelationshipDescription } from '../../../../lib/emulator/lab/lab-description.js';
import { A, B, hours, minutes, Pair, SCOPES, seconds, THIRD } from '../../pair.js';

const HOUR = 3600;
const [S = ''] = SCOPES;

interface Start extends Partial<RelationshipDescription> {
  readonly lab?: LabDescription;
  readonly isLinked?: boolean;
}

/** A pair as it would have been saved in these states, and what becomes of both from then on. */
async function pairIn(here: FailoverState, there: FailoverState, { lab, isLinked = false, ...more }: Start = {}) {
  const made = new Pair();
  await made.add();
  const saved = made.lab.save();
  const states = new Map([
    [A, here],
    [B, there],
  ]);
  const servers = (saved.servers ?? []).filter(({ name }) => name !== THIRD);
  const pair = new Pair({
    ...saved,
    ...lab,
    cutLinks: isLinked ? [] : [[A, B]],
    servers: servers.map((server) => ({
      ...server,
      relationships: (server.relationships ?? []).map((relationship) => ({
        ...relationship,
        ...more,
        state: states.get(server.name) ?? relationship.state,
        connected: isLinked,
      })),
    })),
  });
  const [a, b, order]: [string[], string[], string[]] = [[], [], []];
  pair.lab.observe((event) => {
    if (event.type !== 'state-changed') return;
    (event.server === A ? a : b).push(event.to);
    order.push(`${event.server === A ? 'A' : 'B'} ${event.to}`);
  });
  return { pair, lab: pair.lab, a, b, order };
}

/** A server that is off and comes back. */
function restart({ lab }: { readonly lab: Pair['lab'] }, databaseLost = false): void {
  lab.powerOff(A);
  lab.powerOn(A, { databaseLost });
}

describe('STARTUP', () => {
  it('[F] 2.2 of a new relationship becomes RECOVER with the connection', async () => {
    const pair = new Pair({ timing: { establishMs: 1000, firstExchangeMs: 5000 } });
    await pair.add();
    expect(pair.states()).toEqual(['Startup', 'Startup']);
    pair.lab.clock.advance(seconds(1));
    expect(pair.states()).toEqual(['Recover', 'Recover']);
  });

  it('[F] 2.2 of a new relationship becomes COMMUNICATION_INT with the timer', async () => {
    const pair = new Pair({ timing: { establishMs: 1000 } });
    await pair.add();
    pair.lab.powerOff(B);
    pair.lab.clock.advance(minutes(5) - 1);
    expect(pair.states()[0]).toBe('Startup');
    pair.lab.clock.advance(1);
    expect(pair.states()[0]).toBe('CommunicationInterrupted');
  });

  it.each([
    ['Normal', 'CommunicationInterrupted'],
    ['CommunicationInterrupted', 'CommunicationInterrupted'],
    ['PartnerDown', 'PartnerDown'],
    ['PotentialConflict', 'ResolutionInterrupted'],
    ['ConflictDone', 'ConflictDone'],
    ['RecoverWait', 'RecoverWait'],
  ] as const)('[F] 2.2 after %s becomes %s with the timer: where a broken connection leads', async (from, to) => {
    const start = await pairIn(from, 'CommunicationInterrupted');
    restart(start);
    start.lab.clock.advance(minutes(5) - 1);
    expect(start.a).toEqual(['Startup']);
    start.lab.clock.advance(1);
    expect(start.a).toEqual(['Startup', to]);
  });

  it('goes the same way with the connection', async () => {
    const start = await pairIn('Normal', 'Normal', { isLinked: true });
    restart(start);
    expect(start.a).toEqual(['Startup', 'CommunicationInterrupted', 'Normal']);
    expect(start.b).toEqual(['CommunicationInterrupted', 'Normal']);
  });

  it('[F] 2.2 becomes RECOVER when the leases are lost', async () => {
    const start = await pairIn('Normal', 'Normal', { isLinked: true });
    restart(start, true);
    expect(start.a).toEqual(['Startup', 'Recover']);
  });
});

describe('RECOVER, RECOVER_WAIT and RECOVER_DONE', () => {
  it('[F] 2.2 updates lead to RECOVER_WAIT', async () => {
    const { lab, a } = await pairIn('Recover', 'CommunicationInterrupted', { isLinked: true });
    expect(a).toEqual([]);
    lab.clock.advance(seconds(1));
    expect(a).toEqual(['RecoverWait']);
  });

  it('[F] 2.2 in a new relationship without the wait', async () => {
    const start = { isLinked: true, isNew: true, lab: { timing: { firstExchangeMs: 2000 } } };
    const { lab, a, b } = await pairIn('Recover', 'Recover', start);
    lab.clock.advance(seconds(2));
    expect(a).toEqual(['RecoverDone', 'Normal']);
    expect(b).toEqual(['RecoverDone', 'Normal']);
  });

  it.each(['PotentialConflict', 'ConflictDone', 'ResolutionInterrupted'] as const)(
    '[F] 2.2 RECOVER joins a partner in %s',
    async (there) => {
      const { lab, a } = await pairIn('Recover', there);
      lab.restoreLink(A, B);
      expect(a[0]).toBe('PotentialConflict');
    },
  );

  it('[F] 2.2 RECOVER_WAIT lasts one MCLT', async () => {
    const { lab, a } = await pairIn('RecoverWait', 'CommunicationInterrupted', {
      isLinked: true,
      mcltSeconds: 2 * HOUR,
    });
    lab.clock.advance(hours(2) - 1);
    expect(a).toEqual([]);
    lab.clock.advance(1);
    expect(a[0]).toBe('RecoverDone');
  });

  it.each(['Recover', 'RecoverWait', 'RecoverDone', 'ConflictDone'] as const)(
    '[F] 2.2 %s stays when communication fails',
    async (here) => {
      const { lab, a } = await pairIn(here, 'PartnerDown', { isLinked: true });
      lab.cutLink(A, B);
      lab.clock.advance(minutes(59));
      expect(a).toEqual([]);
    },
  );

  it.each(['Recover', 'RecoverWait'] as const)(
    '[F] 2.2 RECOVER_DONE waits in COMMUNICATION_INT for a partner in %s',
    async (there) => {
      const { lab, a } = await pairIn('RecoverDone', there);
      lab.restoreLink(A, B);
      expect(a).toEqual(['CommunicationInterrupted']);
      lab.clock.advance(seconds(1) + hours(1));
      expect(a).toEqual(['CommunicationInterrupted', 'Normal']);
    },
  );

  it.each(['PartnerDown', 'CommunicationInterrupted'] as const)(
    '[F] 2.2 RECOVER_DONE becomes NORMAL after its partner, who was in %s',
    async (there) => {
      const { lab, order } = await pairIn('RecoverDone', there);
      lab.restoreLink(A, B);
      expect(order).toEqual(['B Normal', 'A Normal']);
    },
  );

  it('[F] 2.2 RECOVER_DONE joins a conflict', async () => {
    const { lab, a } = await pairIn('RecoverDone', 'PotentialConflict');
    lab.restoreLink(A, B);
    expect(a[0]).toBe('PotentialConflict');
  });
});

describe('NORMAL and COMMUNICATION_INT', () => {
  it('[F] 2.2 NORMAL is interrupted, and the safe timer starts with that', async () => {
    const { lab, a } = await pairIn('Normal', 'Normal', { isLinked: true, safePeriodSeconds: HOUR });
    lab.clock.advance(minutes(30));
    lab.cutLink(A, B);
    expect(a).toEqual(['CommunicationInterrupted']);
    lab.clock.advance(hours(1) - 1);
    expect(a).toEqual(['CommunicationInterrupted']);
    lab.clock.advance(1);
    expect(a).toEqual(['CommunicationInterrupted', 'PartnerDown']);
  });

  it.each(['Normal', 'CommunicationInterrupted'] as const)('[F] 2.2 ends with a partner in %s', async (there) => {
    const { lab, a } = await pairIn('CommunicationInterrupted', there);
    lab.restoreLink(A, B);
    expect(a).toEqual(['Normal']);
  });

  it('[F] 2.2 lasts until a partner in RECOVER has done', async () => {
    const { lab, order } = await pairIn('CommunicationInterrupted', 'Recover');
    lab.restoreLink(A, B);
    lab.clock.advance(seconds(1) + hours(1) - 1);
    expect(order).toEqual(['B RecoverWait']);
    lab.clock.advance(1);
    expect(order).toEqual(['B RecoverWait', 'B RecoverDone', 'A Normal', 'B Normal']);
  });

  it.each(['PartnerDown', 'PotentialConflict', 'ConflictDone', 'ResolutionInterrupted'] as const)(
    '[F] 2.2 becomes a conflict with a partner in %s',
    async (there) => {
      const { lab, a } = await pairIn('CommunicationInterrupted', there);
      lab.restoreLink(A, B);
      expect(a[0]).toBe('PotentialConflict');
    },
  );

  it('[F] 2.2 becomes PARTNER_DOWN when the administrator says so', async () => {
    const { pair, a, b } = await pairIn('CommunicationInterrupted', 'CommunicationInterrupted');
    expect((await pair.set({ PartnerDown: true })).ids).toEqual([]);
    expect([a, b]).toEqual([['PartnerDown'], []]);
  });

  it('[F] 2.2 becomes PARTNER_DOWN with the safe period, if that is enabled', async () => {
    const enabled = await pairIn('CommunicationInterrupted', 'CommunicationInterrupted', { safePeriodSeconds: HOUR });
    enabled.lab.clock.advance(hours(1));
    expect(enabled.a).toEqual(['PartnerDown']);
    const disabled = await pairIn('CommunicationInterrupted', 'CommunicationInterrupted');
    disabled.lab.clock.advance(hours(200));
    expect(disabled.a).toEqual([]);
  });
});

describe('PARTNER_DOWN', () => {
  it.each(['Recover', 'RecoverWait', 'RecoverDone'] as const)(
    '[F] 2.2 becomes NORMAL with a partner in %s: at once, or when that has done',
    async (there) => {
      const atOnce = await pairIn('PartnerDown', there, { lab: { choices: { partnerDownWaitsForRecovery: false } } });
      atOnce.lab.restoreLink(A, B);
      expect(atOnce.a).toEqual(['Normal']);
      const waiting = await pairIn('PartnerDown', there);
      waiting.lab.restoreLink(A, B);
      expect(waiting.a).toEqual(there === 'RecoverDone' ? ['Normal'] : []);
      waiting.lab.clock.advance(seconds(1) + hours(1));
      expect(waiting.order.slice(-2)).toEqual(['A Normal', 'B Normal']);
    },
  );

  it.each([
    'Normal',
    'CommunicationInterrupted',
    'PartnerDown',
    'PotentialConflict',
    'ConflictDone',
    'ResolutionInterrupted',
  ] as const)('[F] 2.2 becomes a conflict with a partner in %s', async (there) => {
    const { lab, a } = await pairIn('PartnerDown', there);
    lab.restoreLink(A, B);
    expect(a[0]).toBe('PotentialConflict');
  });

  it('[F] 2.2 stays when communication fails', async () => {
    const { lab, a } = await pairIn('PartnerDown', 'RecoverWait', { isLinked: true });
    lab.cutLink(A, B);
    lab.clock.advance(hours(48));
    expect(a).toEqual([]);
  });

  it('[F] 2.3 with a partner that is alive, an address is leased twice, and a conflict follows', async () => {
    const pair = new Pair();
    await pair.add();
    pair.lab.cutLink(A, B);
    await pair.set({ PartnerDown: true });
    pair.lab.clock.advance(hours(1));
    const leased = (server: string) =>
      Array.from(
        { length: 200 },
        (_, at) => pair.lab.grantLease(server, S, { clientId: `${server.length}-${at}` }).ipAddress,
      );
    const here = new Set(leased(A));
    const there = Array.from(
      { length: 50 },
      (_, at) => pair.lab.grantLease(B, S, { clientId: `there-${at}` }).ipAddress,
    );
    expect(there.filter((address) => here.has(address)).length).toBeGreaterThan(0);
    pair.lab.restoreLink(A, B);
    expect(pair.states()).toEqual(['PotentialConflict', 'PotentialConflict']);
  });
});

describe('a conflict', () => {
  it('[F] 2.2 is resolved by the primary first, in CONFLICT_DONE', async () => {
    const { lab, a, b } = await pairIn('PotentialConflict', 'PotentialConflict', { isLinked: true });
    lab.clock.advance(seconds(5));
    expect([a, b]).toEqual([['ConflictDone'], []]);
  });

  it('[F] 2.2 is resolved by the secondary next, in NORMAL', async () => {
    const { lab, b } = await pairIn('ConflictDone', 'PotentialConflict', { isLinked: true });
    lab.clock.advance(seconds(5) - 1);
    expect(b).toEqual([]);
    lab.clock.advance(1);
    expect(b).toEqual(['Normal']);
  });

  it('[F] 2.2 ends for the primary when the secondary is NORMAL', async () => {
    const { lab, order } = await pairIn('ConflictDone', 'PotentialConflict', { isLinked: true });
    lab.clock.advance(seconds(5));
    expect(order).toEqual(['B Normal', 'A Normal']);
  });

  it('[F] 2.2 is interrupted when communication fails', async () => {
    const { lab, a, b } = await pairIn('PotentialConflict', 'PotentialConflict', { isLinked: true });
    lab.cutLink(A, B);
    expect([a, b]).toEqual([['ResolutionInterrupted'], ['ResolutionInterrupted']]);
  });

  it('[F] 2.2 that was interrupted goes on with the connection', async () => {
    const { lab, a } = await pairIn('ResolutionInterrupted', 'ResolutionInterrupted');
    lab.restoreLink(A, B);
    expect(a).toEqual(['PotentialConflict']);
  });

  it('[F] 2.2 that was interrupted becomes PARTNER_DOWN when the administrator says so', async () => {
    const { pair, a, b } = await pairIn('ResolutionInterrupted', 'ResolutionInterrupted');
    expect((await pair.set({ PartnerDown: true })).ids).toEqual([]);
    expect([a, b]).toEqual([['PartnerDown'], []]);
  });
});

it.each(['Normal', 'CommunicationInterrupted', 'PartnerDown', 'PotentialConflict', 'RecoverDone'] as const)(
  '[F] 2.2 %s: a server that is restored from a backup recovers, and gets the newer leases of its partner',
  async (here) => {
    const { pair, lab, a } = await pairIn(here, 'CommunicationInterrupted');
    const client = { clientId: 'aa-bb-cc-dd-ee-0f' };
    await pair.call(A, 'PS_DhcpServer.Backup', { Path: 'C:\\kept' });
    const { ipAddress } = lab.grantLease(B, S, client);
    await pair.call(A, 'PS_DhcpServer.Restore', { Path: 'C:\\kept', Force: true });
    lab.setService(A, 'stopped');
    lab.setService(A, 'running');
    expect(a.at(-1)).toBe('Recover');
    lab.restoreLink(A, B);
    lab.clock.advance(seconds(1) + hours(1));
    expect(a.at(-1)).toBe('Normal');
    const { output } = await pair.call(A, 'PS_DhcpServerv4Lease.GetByIPAddress', { IPAddress: [ipAddress] });
    expect(output).toEqual([expect.objectContaining({ ClientId: client.clientId })]);
  },
);
