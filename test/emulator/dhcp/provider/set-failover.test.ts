import { describe, expect, it } from '@jest/globals';
import { TimeSpan } from '../../../../lib/cim/value/time-span.js';
import { propertiesOf } from '../../../support/values-of.js';
import { A, B, Pair, type Parameters } from '../../pair.js';

async function pairWith(added: Parameters = {}): Promise<Pair> {
  const pair = new Pair();
  await pair.add(added);
  return pair;
}

describe('Set-DhcpServerv4Failover (failover-semantics 4.3)', () => {
  it.each([
    ['the percentage on the primary', A, { LoadBalancePercent: 80 }, 80, 20],
    ['the percentage on the secondary', B, { LoadBalancePercent: 20 }, 80, 20],
  ])('changes %s, mirrored on the other server', async (_, server, change, onA, onB) => {
    const pair = await pairWith();
    const { output } = await pair.set({ ...change, PassThru: true }, server);
    expect(output).toEqual([expect.objectContaining(change)]);
    expect(await pair.relationship(A)).toMatchObject({ LoadBalancePercent: onA });
    expect(await pair.relationship(B)).toMatchObject({ LoadBalancePercent: onB });
  });

  it('changes times on both servers and leaves the rest', async () => {
    const pair = await pairWith({ LoadBalancePercent: 70, SharedSecret: 'kept' });
    await pair.set({ MaxClientLeadTime: TimeSpan.from('2:00:00'), StateSwitchInterval: TimeSpan.from('0:45:00') }, B);
    for (const server of [A, B]) {
      expect(await pair.relationship(server)).toMatchObject({
        MaxClientLeadTime: TimeSpan.from('2:00:00'),
        StateSwitchInterval: TimeSpan.from('0:45:00'),
        AutoStateTransition: true,
        EnableAuth: true,
      });
    }
    expect(await pair.relationship(A)).toMatchObject({ LoadBalancePercent: 70 });
  });

  it.each([
    [{ AutoStateTransition: true }, true, '00:20:00'],
    [{ AutoStateTransition: false }, false, null],
    [{ MaxClientLeadTime: TimeSpan.from('3:00:00') }, true, '00:20:00'],
  ])('keeps, or drops, the interval that is there: %j', async (change, automatic, interval) => {
    const pair = await pairWith({ StateSwitchInterval: TimeSpan.from('0:20:00') });
    await pair.set(change);
    const shown = await pair.relationship(B);
    expect(shown['AutoStateTransition']).toBe(automatic);
    expect(shown['StateSwitchInterval']?.toString() ?? null).toBe(interval);
  });

  it('fills an hour in when the transition is switched on without an interval', async () => {
    const pair = await pairWith();
    await pair.set({ AutoStateTransition: true });
    expect(await pair.relationship(A)).toMatchObject({ StateSwitchInterval: TimeSpan.from('1:00:00') });
  });

  it('sets and removes the shared secret, and leaves one that is not named', async () => {
    const pair = await pairWith();
    await pair.set({ SharedSecret: 'new' });
    expect(await pair.relationship(B)).toMatchObject({ EnableAuth: true });
    await pair.set({ LoadBalancePercent: 10 });
    expect(await pair.relationship(B)).toMatchObject({ EnableAuth: true });
    await pair.set({ SharedSecret: null });
    expect(await pair.relationship(B)).toMatchObject({ EnableAuth: false });
  });

  it('changes the mode: the primary becomes active, percentages fall back on 5 and 50', async () => {
    const pair = await pairWith({ LoadBalancePercent: 70 });
    await pair.set({ Mode: 'HotStandby' }, B);
    expect(await pair.relationship(A)).toMatchObject({
      Mode: 'HotStandby',
      ServerRole: 'Active',
      ReservePercent: 5,
      LoadBalancePercent: null,
    });
    expect(await pair.relationship(B)).toMatchObject({ Mode: 'HotStandby', ServerRole: 'Standby', ReservePercent: 5 });
    await pair.set({ Mode: 'LoadBalance' });
    expect(await pair.relationship(A)).toMatchObject({
      Mode: 'LoadBalance',
      ServerRole: null,
      LoadBalancePercent: 50,
      ReservePercent: null,
    });
    await pair.set({ Mode: 'HotStandby', ReservePercent: 12 });
    expect(await pair.relationship(B)).toMatchObject({ ReservePercent: 12 });
  });

  it('takes the present mode for no change', async () => {
    const pair = await pairWith({ LoadBalancePercent: 70 });
    expect((await pair.set({ Mode: 'LoadBalance' })).ids).toEqual([]);
    expect(await pair.relationship(A)).toMatchObject({ LoadBalancePercent: 70 });
  });

  it.each<[string, Parameters, string, RegExp]>([
    [
      'an unknown name',
      { Name: 'none', LoadBalancePercent: 1 },
      'DHCP 20115',
      /^Failed to set failover relationship none on DHCP server/,
    ],
    ['nothing to change', {}, 'WIN32 87', /set failover relationship/],
    ['PartnerDown $false alone', { PartnerDown: false }, 'WIN32 87', /set failover relationship/],
    ['a percentage above 100', { LoadBalancePercent: 101 }, 'WIN32 87', /set failover relationship/],
    ['a reserve in LoadBalance', { ReservePercent: 5 }, 'WIN32 87', /set failover relationship/],
    ['a load in HotStandby', { Mode: 'HotStandby', LoadBalancePercent: 5 }, 'WIN32 87', /set failover relationship/],
    ['an unknown mode', { Mode: 'RoundRobin' }, 'WIN32 87', /must be one of/],
    ['an MCLT of zero', { MaxClientLeadTime: TimeSpan.zero }, 'WIN32 87', /set failover relationship/],
    ['PartnerDown while Normal', { PartnerDown: true }, 'WIN32 87', /set failover relationship/],
    [
      'PartnerDown with another change',
      { PartnerDown: true, LoadBalancePercent: 5 },
      'WIN32 87',
      /set failover relationship/,
    ],
  ])('refuses %s and changes nothing', async (_, change, id, message) => {
    const pair = await pairWith();
    const before = pair.snapshot();
    const { ids, messages, errors } = await pair.set(change);
    expect(ids).toEqual([id]);
    expect(messages[0]).toMatch(message);
    expect(propertiesOf(errors[0])?.['error_Type']).toBe(id.split(' ')[0]);
    expect(pair.snapshot()).toBe(before);
  });

  it('needs a partner that is there and lets the caller in', async () => {
    const pair = await pairWith();
    const before = pair.snapshot();
    const undelegated = await pair.call(
      A,
      'PS_DhcpServerv4Failover.Set',
      { Name: 'SFO-SIN-Failover', LoadBalancePercent: 9 },
      { delegated: false },
    );
    expect(undelegated.messages).toEqual(['Failed to get version of the DHCP server dhcpserver2.contoso.com.']);
    expect(pair.snapshot()).toBe(before);
    pair.lab.powerOff(B);
    expect((await pair.set({ LoadBalancePercent: 9 })).ids).toEqual(['WIN32 1722']);
    expect(await pair.relationship(A)).toMatchObject({ LoadBalancePercent: 50 });
  });

  it('declares the partner down without asking it, even undelegated', async () => {
    const pair = await pairWith();
    pair.lab.powerOff(B);
    const { ids } = await pair.call(
      A,
      'PS_DhcpServerv4Failover.Set',
      { Name: 'SFO-SIN-Failover', PartnerDown: true },
      { delegated: false },
    );
    expect(ids).toEqual([]);
    expect(pair.states()).toEqual(['PartnerDown', 'Normal']);
  });
});
