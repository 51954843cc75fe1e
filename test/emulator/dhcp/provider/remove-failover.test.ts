import { describe, expect, it } from '@jest/globals';
import { A, B, NAME, Pair, SCOPES } from '../../pair.js';

const REMOVE = 'PS_DhcpServerv4Failover.Remove';

describe('Remove-DhcpServerv4Failover (failover-semantics 4.4)', () => {
  it.each([A, B])('removes the relationship from both; the scopes stay on %s alone', async (server) => {
    const pair = new Pair();
    await pair.add();
    const { output } = await pair.call(server, REMOVE, { Name: [NAME], PassThru: true });
    expect(output).toEqual([expect.objectContaining({ Name: NAME, State: 'Normal' })]);
    const other = server === A ? B : A;
    expect(await pair.relationships(A)).toEqual([]);
    expect(await pair.relationships(B)).toEqual([]);
    expect([...pair.lab.server(server).scopes.keys()]).toEqual(SCOPES);
    expect(pair.lab.server(other).scopes.size).toBe(0);
  });

  it('removes what it finds and reports the names that it does not', async () => {
    const pair = new Pair();
    await pair.add({ Name: 'one', ScopeId: ['10.10.10.0'] });
    await pair.add({ Name: 'two', ScopeId: ['10.20.20.0'] });
    const { ids, messages } = await pair.call(A, REMOVE, { Name: ['one', 'none', 'two', 'gone'] });
    expect(ids).toEqual(['DHCP 20115', 'DHCP 20115']);
    expect(messages[0]).toBe('Failed to remove failover relationship none on DHCP server dhcpserver.contoso.com.');
    expect(await pair.relationships(B)).toEqual([]);
  });

  it('fails and changes nothing when the partner is off', async () => {
    const pair = new Pair();
    await pair.add();
    pair.lab.powerOff(B);
    const before = pair.snapshot();
    expect((await pair.call(A, REMOVE, { Name: [NAME] })).ids).toEqual(['WIN32 1722']);
    expect(pair.snapshot()).toBe(before);
  });

  it('with Force removes it here and leaves a stale one on a partner that is off', async () => {
    const pair = new Pair();
    await pair.add();
    pair.lab.powerOff(B);
    expect((await pair.call(A, REMOVE, { Name: [NAME], Force: true })).ids).toEqual([]);
    pair.lab.powerOn(B);
    expect(await pair.relationships(A)).toEqual([]);
    expect(await pair.relationships(B)).toHaveLength(1);
    pair.lab.clock.advance(600_000);
    expect(await pair.relationship(B)).toMatchObject({ State: 'CommunicationInterrupted' });
    // The stale copy can be removed with Force or without: its partner answers and holds none.
    expect((await pair.call(B, REMOVE, { Name: [NAME] })).ids).toEqual([]);
    expect(pair.lab.server(A).scopes.size).toBe(2);
  });

  it('never waives the rights on the partner', async () => {
    const pair = new Pair();
    await pair.add();
    const { ids } = await pair.call(A, REMOVE, { Name: [NAME], Force: true }, { delegated: false });
    expect(ids).toEqual(['WIN32 5']);
    expect(await pair.relationships(A)).toHaveLength(1);
  });

  it('needs no state Normal', async () => {
    const pair = new Pair();
    await pair.add();
    pair.lab.cutLink(A, B);
    await pair.set({ PartnerDown: true });
    pair.lab.restoreLink(A, B);
    expect(pair.states()[0]).toBe('PotentialConflict');
    expect((await pair.call(A, REMOVE, { Name: [NAME] })).ids).toEqual([]);
  });
});
