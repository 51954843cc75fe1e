import { describe, expect, it } from '@jest/globals';
import { propertiesOf } from '../../../support/values-of.js';
import { A, B, NAME, Pair } from '../../pair.js';

const BY_NAME = 'PS_DhcpServerv4Failover.GetByName';
const BY_SCOPE = 'PS_DhcpServerv4Failover.GetByScopeId';

describe('Get-DhcpServerv4Failover (failover-semantics 4.1)', () => {
  it('gives nothing, and no error, on a server without relationships', async () => {
    const { output, ids } = await new Pair().call(A, BY_NAME);
    expect([output, ids]).toEqual([[], []]);
  });

  it('finds by name in any case, and by scope', async () => {
    const pair = new Pair();
    await pair.add();
    expect((await pair.call(A, BY_NAME, { Name: ['sfo-SIN-failover'] })).output).toHaveLength(1);
    expect((await pair.call(B, BY_SCOPE, { ScopeId: ['10.20.20.0'] })).output).toEqual([
      expect.objectContaining({ Name: NAME, ServerType: 'SecondaryServer' }),
    ]);
  });

  it.each<[string, string, Record<string, string[]>, string, string]>([
    [
      'an unknown name',
      BY_NAME,
      { Name: ['none'] },
      'DHCP 20115',
      'Failed to get failover relationship none on DHCP server dhcpserver.contoso.com.',
    ],
    [
      'a scope in no relationship',
      BY_SCOPE,
      { ScopeId: ['10.20.20.0'] },
      'DHCP 20116',
      'Failed to get failover relationship for scope 10.20.20.0 on DHCP server dhcpserver.contoso.com.',
    ],
    [
      'an unknown scope',
      BY_SCOPE,
      { ScopeId: ['10.77.0.0'] },
      'DHCP 20116',
      'Failed to get failover relationship for scope 10.77.0.0 on DHCP server dhcpserver.contoso.com.',
    ],
  ])('reports %s as captured', async (_, method, parameters, id, message) => {
    const { ids, messages, errors } = await new Pair().call(A, method, parameters);
    expect([ids, messages]).toEqual([[id], [message]]);
    expect(propertiesOf(errors[0])).toMatchObject({
      error_Category: 13,
      CIMStatusCode: 6,
      error_Type: 'DHCP',
      error_Code: Number(id.slice(5)),
    });
  });

  it('reports each bad name of several', async () => {
    const pair = new Pair();
    await pair.add();
    expect((await pair.call(A, BY_NAME, { Name: ['x', NAME, 'y'] })).ids).toEqual(['DHCP 20115', 'DHCP 20115']);
  });

  it('refuses members of DHCP Users with WIN32 5, as captured on Windows Server 2022, who may read scopes', async () => {
    const pair = new Pair({ users: [{ userName: 'CONTOSO\\reader', password: 'x', access: 'reader' }] });
    const { ids, messages, errors } = await pair.call(A, BY_NAME);
    expect([ids, messages]).toEqual([
      ['WIN32 5'],
      ['Failed to enumerate failover relationships on DHCP server dhcpserver.contoso.com.'],
    ]);
    expect(propertiesOf(errors[0])).toMatchObject({ error_Category: 18, error_Code: 5, CIMStatusCode: 2 });
    expect((await pair.call(A, 'PS_DhcpServerv4Scope.Get')).output).toHaveLength(2);
  });

  it('fails on a server whose DHCP service does not run', async () => {
    const pair = new Pair();
    pair.lab.setService(A, 'stopped');
    expect((await pair.call(A, BY_NAME)).ids).toEqual(['WIN32 1753']);
  });
});
