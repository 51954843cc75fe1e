import { describe, expect, it } from '@jest/globals';
import { TimeSpan } from '../../../lib/cim/value/time-span.js';
import { A, B, hours, Pair } from '../pair.js';

const SCOPE = '10.10.10.0';
/** 10.10.10.10 to 250, less 20 excluded and one reserved; two leases lie in the pool. */
const POOL = 241 - 20 - 1;

describe('the addresses of a failover scope', () => {
  it.each([
    [{ LoadBalancePercent: 50 }, 109, 109],
    [{ LoadBalancePercent: 70 }, 153, 65],
    [{ LoadBalancePercent: 0 }, 0, 218],
    [{ ReservePercent: 10 }, 196, 22],
    [{ ReservePercent: 0 }, 218, 0],
    [{ ReservePercent: 10, ServerRole: 'Standby' }, 22, 196],
  ])('are shared by %j', async (given, onA, onB) => {
    const pair = new Pair();
    await pair.add(given);
    const [a, b] = [A, B].map((name) => pair.lab.scopeStatistics(name, SCOPE));
    expect(a).toMatchObject({
      numAddr: POOL,
      addrFree: POOL - 2,
      addrInUse: 3,
      thisAddrFree: onA,
      partnerAddrFree: onB,
      thisAddrInUse: 3,
    });
    expect(b).toMatchObject({ thisAddrFree: onB, partnerAddrFree: onA, thisAddrInUse: 0, partnerAddrInUse: 3 });
  });

  it('never give one address to two clients, whoever answers', async () => {
    const pair = new Pair();
    await pair.add();
    const given = Array.from(
      { length: 60 },
      (_, index) => pair.lab.grantLease(index % 2 === 0 ? A : B, SCOPE, { clientId: `c${index}` }).ipAddress,
    );
    expect(new Set(given).size).toBe(60);
    expect(pair.lab.server(A).scopes.get(SCOPE)?.leases).toEqual(pair.lab.server(B).scopes.get(SCOPE)?.leases);
  });

  it('stay apart while the link is cut, and come together afterwards', async () => {
    const pair = new Pair();
    await pair.add();
    pair.lab.cutLink(A, B);
    const a = pair.lab.grantLease(A, SCOPE, { clientId: 'a' });
    const b = pair.lab.grantLease(B, SCOPE, { clientId: 'b' });
    expect(a.ipAddress).not.toBe(b.ipAddress);
    expect(pair.lab.server(B).scopes.get(SCOPE)?.leases.has(a.ipAddress)).toBe(false);
    pair.lab.restoreLink(A, B);
    expect(pair.lab.server(B).scopes.get(SCOPE)?.leases.has(a.ipAddress)).toBe(true);
    expect(pair.lab.server(A).scopes.get(SCOPE)?.leases.has(b.ipAddress)).toBe(true);
  });

  it('are leased to a new client for the MCLT, on renewal for the scope duration', async () => {
    const pair = new Pair();
    await pair.add({ MaxClientLeadTime: TimeSpan.from('2:00:00') });
    const now = pair.lab.clock.now();
    expect(pair.lab.grantLease(A, SCOPE, { clientId: 'new' }).expiresAt).toBe(now + hours(2));
    expect(pair.lab.grantLease(A, SCOPE, { clientId: 'new' }).expiresAt).toBe(now + hours(8 * 24));
    pair.lab.clock.advance(hours(9 * 24));
    expect(pair.lab.scopeStatistics(A, SCOPE).addrInUse).toBe(0);
  });

  it('all belong to the survivor after one MCLT in PartnerDown', async () => {
    const pair = new Pair();
    await pair.add();
    pair.lab.powerOff(B);
    await pair.set({ PartnerDown: true });
    expect(pair.lab.scopeStatistics(A, SCOPE).thisAddrFree).toBe(109);
    pair.lab.clock.advance(hours(1));
    expect(pair.lab.scopeStatistics(A, SCOPE).thisAddrFree).toBe(218);
  });

  it('serve reservations to their clients, and nobody from an inactive scope or one that is full', async () => {
    const pair = new Pair();
    await pair.add({ LoadBalancePercent: 0 });
    expect(pair.lab.grantLease(A, SCOPE, { clientId: '00-15-5d-0a-0a-28' }).ipAddress).toBe('10.10.10.40');
    expect(() => pair.lab.grantLease(A, SCOPE, { clientId: 'x' })).toThrow(/no free address/);
    await pair.call(B, 'PS_DhcpServerv4Scope.SetByWithoutRange', { ScopeId: SCOPE, State: 'InActive' });
    expect(() => pair.lab.grantLease(B, SCOPE, { clientId: 'x' })).toThrow(/does not serve clients/);
  });
});
