import { beforeEach, describe, expect, it } from '@jest/globals';
import { A, B, NAME, Pair, THIRD } from '../../pair.js';

const ADD = 'PS_DhcpServerv4FailoverScope.Add';
const REMOVE = 'PS_DhcpServerv4FailoverScope.Remove';

let pair: Pair;
beforeEach(async () => {
  pair = new Pair();
  await pair.add({ ScopeId: ['10.10.10.0'] });
});

const newScope = (octet: number, server = A) =>
  pair.call(server, 'PS_DhcpServerv4Scope.Add', {
    StartRange: `10.40.${octet}.10`,
    EndRange: `10.40.${octet}.200`,
    SubnetMask: '255.255.255.0',
    Name: `scope ${octet}`,
  });

describe('Add-DhcpServerv4FailoverScope (failover-semantics 4.5)', () => {
  it('copies the scope to the partner and adds it to both records', async () => {
    const { output } = await pair.call(A, ADD, { Name: NAME, ScopeId: ['10.20.20.0'], PassThru: true });
    expect(output).toEqual([expect.objectContaining({ ScopeId: ['10.10.10.0', '10.20.20.0'] })]);
    expect(await pair.relationship(B)).toMatchObject({ ScopeId: ['10.10.10.0', '10.20.20.0'] });
    expect(pair.lab.server(B).scopes.get('10.20.20.0')).toEqual(pair.lab.server(A).scopes.get('10.20.20.0'));
  });

  it('takes scopes of the secondary, too', async () => {
    await newScope(1, B);
    expect((await pair.call(B, ADD, { Name: NAME, ScopeId: ['10.40.1.0'] })).ids).toEqual([]);
    expect(await pair.relationship(A)).toMatchObject({ ScopeId: ['10.10.10.0', '10.40.1.0'] });
    expect(pair.lab.server(A).scopes.has('10.40.1.0')).toBe(true);
  });

  it('adds the good scopes of a list and reports each bad one', async () => {
    await newScope(1);
    await newScope(2);
    await newScope(2, B);
    await pair.call(A, 'PS_DhcpServerv4Scope.Add', {
      StartRange: '10.41.1.10',
      EndRange: '10.41.1.20',
      SubnetMask: '255.255.255.0',
      Name: 'bootp',
      Type: 'Bootp',
    });
    const { ids, messages } = await pair.call(A, ADD, {
      Name: NAME,
      ScopeId: ['10.77.77.0', '10.10.10.0', '10.41.1.0', '10.40.2.0', '10.40.1.0'],
    });
    expect(ids).toEqual(['DHCP 20005', 'DHCP 20113', 'DHCP 20131', 'DHCP 20052']);
    expect(messages[1]).toBe(
      'Failed to add scope 10.10.10.0 to failover relationship SFO-SIN-Failover on DHCP server dhcpserver.contoso.com.',
    );
    expect(await pair.relationship(B)).toMatchObject({ ScopeId: ['10.10.10.0', '10.40.1.0'] });
  });

  it('knows 20115 from 2: no such relationship, and none at all', async () => {
    expect((await pair.call(A, ADD, { Name: 'none', ScopeId: ['10.20.20.0'] })).ids).toEqual(['DHCP 20115']);
    expect((await pair.call(THIRD, ADD, { Name: NAME, ScopeId: ['10.20.20.0'] })).ids).toEqual(['WIN32 2']);
  });

  it('takes 400 scopes a call and no more', async () => {
    for (let index = 0; index < 401; index++) {
      const scopeId = `10.${50 + (index >> 8)}.${index & 255}.0`;
      const scope = structuredClone(pair.lab.server(A).scopes.get('10.20.20.0'));
      if (scope === undefined) throw new Error('no scope');
      scope.configuration.scopeId = scopeId;
      pair.lab.server(A).scopes.set(scopeId, scope);
    }
    const ids = [...pair.lab.server(A).scopes.keys()].filter((id) => !/^10\.(10|20)\./.test(id));
    expect((await pair.call(A, ADD, { Name: NAME, ScopeId: ids })).ids).toEqual(['DHCP 20130']);
    expect((await pair.call(A, ADD, { Name: NAME, ScopeId: ids.slice(0, 400) })).ids).toEqual([]);
    expect(pair.lab.server(B).scopes.size).toBe(401);
  });

  it('needs the state Normal (20120) and a partner in sync (20133)', async () => {
    pair.lab.powerOff(B);
    expect((await pair.call(A, ADD, { Name: NAME, ScopeId: ['10.20.20.0'] })).ids).toEqual(['DHCP 20120']);
    pair.lab.powerOn(B);
    pair.lab.skewClock(B, 61_000);
    expect((await pair.call(A, ADD, { Name: NAME, ScopeId: ['10.20.20.0'] })).ids).toEqual(['DHCP 20119']);
  });

  it('needs delegation', async () => {
    const before = pair.snapshot();
    const { ids } = await pair.call(A, ADD, { Name: NAME, ScopeId: ['10.20.20.0'] }, { delegated: false });
    expect(ids).toEqual(['WIN32 5']);
    expect(pair.snapshot()).toBe(before);
  });

  it.each(['scope-created-on-partner', 'relationship-created-on-partner', 'relationship-created'] as const)(
    'leaves no trace when the partner dies at %s',
    async (step) => {
      const before = pair.snapshot();
      const clear = pair.lab.injectFault({ kind: 'partner-dies', partner: B, step });
      expect((await pair.call(A, ADD, { Name: NAME, ScopeId: ['10.20.20.0'] })).ids).toEqual(['WIN32 1722']);
      clear();
      pair.lab.powerOn(B);
      const scopes = (text: string) => JSON.parse(text).map((server: { scopes: unknown }) => server.scopes);
      expect(scopes(pair.snapshot())).toEqual(scopes(before));
      expect(await pair.relationship(A)).toMatchObject({ ScopeId: ['10.10.10.0'], State: 'Normal' });
    },
  );
});

describe('Remove-DhcpServerv4FailoverScope (failover-semantics 4.6)', () => {
  beforeEach(async () => {
    await pair.call(A, ADD, { Name: NAME, ScopeId: ['10.20.20.0'] });
  });

  it('takes scopes out on both, keeps them here and deletes them there; the relationship may end empty', async () => {
    const { output } = await pair.call(A, REMOVE, { Name: NAME, ScopeId: ['10.20.20.0'], PassThru: true });
    expect(output).toEqual([expect.objectContaining({ ScopeId: ['10.10.10.0'] })]);
    expect((await pair.call(A, REMOVE, { Name: NAME, ScopeId: ['10.10.10.0'] })).ids).toEqual([]);
    expect(await pair.relationship(B)).toMatchObject({ ScopeId: [], State: 'Normal' });
    expect([pair.lab.server(A).scopes.size, pair.lab.server(B).scopes.size]).toEqual([2, 0]);
  });

  it('reports bad scopes one by one and removes the good ones', async () => {
    await newScope(1);
    const { ids, messages } = await pair.call(A, REMOVE, {
      Name: NAME,
      ScopeId: ['10.77.77.0', '10.40.1.0', '10.20.20.0'],
    });
    expect(ids).toEqual(['DHCP 20005', 'DHCP 20116']);
    expect(messages[1]).toBe(
      'Failed to remove scope 10.40.1.0 from failover relationship SFO-SIN-Failover on DHCP server dhcpserver.contoso.com.',
    );
    expect(await pair.relationship(B)).toMatchObject({ ScopeId: ['10.10.10.0'] });
  });

  it('knows 20115 from 2', async () => {
    expect((await pair.call(A, REMOVE, { Name: 'none', ScopeId: ['10.20.20.0'] })).ids).toEqual(['DHCP 20115']);
    expect((await pair.call(THIRD, REMOVE, { Name: NAME, ScopeId: ['10.20.20.0'] })).ids).toEqual(['WIN32 2']);
  });

  it('without Force needs the state Normal, with Force neither that nor the partner', async () => {
    pair.lab.powerOff(B);
    const parameters = { Name: NAME, ScopeId: ['10.20.20.0'] };
    expect((await pair.call(A, REMOVE, parameters)).ids).toEqual(['DHCP 20120']);
    expect((await pair.call(A, REMOVE, { ...parameters, Force: true })).ids).toEqual([]);
    expect(await pair.relationship(A)).toMatchObject({ ScopeId: ['10.10.10.0'] });
    expect(pair.lab.server(B).scopes.has('10.20.20.0')).toBe(true);
  });

  it('is refused while the partners re-integrate, even with Force (20133)', async () => {
    pair.lab.powerOff(B);
    await pair.set({ PartnerDown: true });
    pair.lab.powerOn(B);
    expect(pair.states()).toEqual(['PartnerDown', 'Recover']);
    const parameters = { Name: NAME, ScopeId: ['10.20.20.0'], Force: true };
    expect((await pair.call(A, REMOVE, parameters)).ids).toEqual(['DHCP 20133']);
  });
});
