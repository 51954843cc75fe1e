import { beforeEach, describe, expect, it } from '@jest/globals';
import { A, B, NAME, Pair, SCOPES } from '../../pair.js';

const BY_NAME = 'PS_DhcpServerv4FailoverReplication.InvokeByName';
const BY_SCOPE = 'PS_DhcpServerv4FailoverReplication.InvokeByScopeId';

let pair: Pair;
beforeEach(async () => {
  pair = new Pair();
  await pair.add();
});

const configuration = (server: string, scopeId: string) => {
  const found = pair.lab.server(server).scopes.get(scopeId);
  if (found === undefined) throw new Error(`No scope ${scopeId}`);
  return found;
};

describe('Invoke-DhcpServerv4FailoverReplication (failover-semantics 4.7)', () => {
  it('overwrites properties, exclusions, reservations, options and policies, and what only the partner has', async () => {
    const [here, there] = [configuration(A, '10.10.10.0'), configuration(B, '10.10.10.0')];
    here.configuration.description = 'changed';
    here.configuration.optionValues.push({ optionId: 42, value: ['10.10.10.6'] });
    there.configuration.reservations.push({
      ipAddress: '10.10.10.99',
      clientId: 'x',
      name: 'only here',
      description: '',
      type: 'Dhcp',
    });
    there.configuration.exclusions.length = 0;
    const leases = [...there.leases.keys()];
    const { output } = await pair.call(A, BY_SCOPE, { ScopeId: ['10.10.10.0'], Force: true });
    expect(output).toEqual(['10.10.10.0']);
    expect(there.configuration).toEqual(here.configuration);
    expect([...there.leases.keys()]).toEqual(leases);
  });

  it('goes the other way when it is addressed to the other server', async () => {
    configuration(A, '10.10.10.0').configuration.description = 'here';
    configuration(B, '10.10.10.0').configuration.description = 'there';
    await pair.call(B, BY_SCOPE, { ScopeId: ['10.10.10.0'] });
    expect(configuration(A, '10.10.10.0').configuration.description).toBe('there');
  });

  it('leaves the activation of a scope alone', async () => {
    configuration(A, '10.10.10.0').state = 'Inactive';
    await pair.call(A, BY_NAME);
    expect(configuration(B, '10.10.10.0').state).toBe('Active');
  });

  it('takes every failover scope without arguments, those of a relationship by name', async () => {
    expect((await pair.call(A, BY_NAME)).output).toEqual(SCOPES);
    expect((await pair.call(A, BY_NAME, { Name: [NAME.toLowerCase()] })).output).toEqual(SCOPES);
    expect((await pair.call(A, BY_SCOPE)).output).toEqual(SCOPES);
  });

  it('says nothing on a server without relationships', async () => {
    expect((await pair.call('third', BY_NAME)).output).toEqual([]);
  });

  it('reports unknown names and scopes outside of failover', async () => {
    expect((await pair.call(A, BY_NAME, { Name: ['none'] })).ids).toEqual(['DHCP 20115']);
    expect((await pair.call(A, BY_SCOPE, { ScopeId: ['10.99.0.0'] })).ids).toEqual(['DHCP 20116']);
  });

  it.each([
    ['is off', (lab: Pair['lab']) => lab.powerOff(B), {}, 'WIN32 1722'],
    ['runs no DHCP service', (lab: Pair['lab']) => lab.setService(B, 'stopped'), {}, 'WIN32 1753'],
    ['has another time', (lab: Pair['lab']) => lab.skewClock(B, -61_000), {}, 'DHCP 20119'],
    ['is out of reach for an undelegated session', () => undefined, { delegated: false }, 'WIN32 5'],
  ])('fails when the partner %s', async (_, arrange, caller, id) => {
    arrange(pair.lab);
    expect((await pair.call(A, BY_NAME, {}, caller)).ids).toEqual([id]);
  });

  it('brings a scope back that was lost on the partner', async () => {
    pair.lab.server(B).scopes.delete('10.20.20.0');
    expect((await pair.call(A, BY_NAME)).output).toEqual(SCOPES);
    expect(configuration(B, '10.20.20.0').configuration).toEqual(configuration(A, '10.20.20.0').configuration);
  });
});
