import { describe, expect, it } from '@jest/globals';
import { CimletError } from '../../../lib/base/errors.js';
import { planRemoval, planReplication, planTakeOut } from '../../../lib/pairs/index.js';
import { A, B, NAME, pairLab } from '../pair-lab.js';

const silent = { computerName: B, open: () => Promise.reject(new CimletError('ERR_TIMEOUT', 'It is silent.')) };

describe('a plan to remove failover', () => {
  it('names all that goes, and saves it', async () => {
    await using pair = await pairLab();
    const { description } = await planRemoval({ keeper: pair.a, other: pair.b, relationship: NAME });
    expect(description.title).toBe('Remove failover from 3 scopes?');
    expect(description.type).toBe(NAME);
    expect(description.sentences[0]).toBe(
      `${NAME} ends. ${B} keeps nothing: 3 scopes, 2 leases and 3 reservations are deleted there.`,
    );
    const names = description.effects.map(({ server, what }) => `${server === A ? 'A' : 'B'} ${what}`);
    expect(names).toEqual(
      expect.arrayContaining([
        `A relationship ${NAME}`,
        `B relationship ${NAME}`,
        'B scope 10.10.10.0 with 2 leases',
        'B reservation 10.10.10.43',
        'B option 3',
        'B policy Phones',
        'B exclusion 10.20.20.10 to 10.20.20.19',
      ]),
    );
    expect(description.saved.items).toHaveLength(description.removes - 2);
    expect(description.lines).toEqual([`Remove-DhcpServerv4Failover -ComputerName '${A}' -Name '${NAME}'`]);
  });

  it('counts the leases that go', async () => {
    await using pair = await pairLab();
    // From the first server's side: it has two leases.
    const { description } = await planRemoval({ keeper: pair.b, other: pair.a, relationship: NAME });
    expect(description.sentences[0]).toContain('2 leases and 3 reservations are deleted');
    expect(description.effects.map(({ what }) => what)).toContain('scope 10.10.10.0 with 2 leases');
  });

  it('leaves the scopes on the server that keeps them', async () => {
    await using pair = await pairLab();
    const plan = await planRemoval({ keeper: pair.b, other: pair.a, relationship: NAME });
    const outcome = await plan.apply({ typed: NAME });
    expect(outcome).toMatchObject({ how: 'done', changed: 'something', problems: [] });
    expect(outcome.after?.verdict).toBe('notPaired');
    expect([pair.lab.server(A).scopes.size, pair.lab.server(B).scopes.size]).toEqual([0, 3]);
  });

  it('does not go on without the other server, unless it is told to', async () => {
    await using pair = await pairLab();
    await expect(planRemoval({ keeper: pair.a, other: silent, relationship: NAME })).rejects.toThrow('It is silent.');
    const plan = await planRemoval({ keeper: pair.a, other: silent, relationship: NAME, force: true });
    expect(plan.description).toMatchObject({ type: A, title: `Remove failover on ${A} alone?` });
    expect(plan.description.effects.map(({ server, what }) => [server, what])).toEqual([[A, `relationship ${NAME}`]]);
    pair.lab.cutLink(A, B);
    const outcome = await plan.apply({ typed: A });
    expect(outcome).toMatchObject({ how: 'done', changed: 'something' });
    expect(pair.lab.server(B).relationships.size).toBe(1);
  });

  it('of which the other server knows nothing takes nothing of it', async () => {
    await using pair = await pairLab();
    pair.lab.server(B).relationships.clear();
    const request = { keeper: pair.a, other: pair.b, relationship: NAME };
    const plan = await planRemoval(request);
    expect(plan.description.title).toBe(`Remove the stale copy of ${NAME} on ${A}?`);
    expect(plan.description.effects.map(({ server, what }) => [server, what])).toEqual([[A, `relationship ${NAME}`]]);
    expect(await plan.apply({ typed: NAME })).toMatchObject({ how: 'done', changed: 'something' });
    expect([pair.lab.server(A).scopes.size, pair.lab.server(B).scopes.size]).toEqual([3, 3]);
    expect(pair.lab.server(A).relationships.size).toBe(0);
  });

  it('is refused with a server that has the name with somebody else', async () => {
    await using pair = await pairLab();
    for (const [key, copy] of pair.lab.server(B).relationships) {
      pair.lab.server(B).relationships.set(key, { ...copy, primaryServer: '10.99.99.9' });
    }
    const request = { keeper: pair.a, other: pair.b, relationship: NAME };
    await expect(planRemoval(request)).rejects.toThrow('is not the partner');
    await expect(planTakeOut({ ...request, scopeIds: ['10.30.30.0'] })).rejects.toThrow('is not the partner');
    await expect(planReplication({ source: pair.a, target: pair.b, relationship: NAME })).rejects.toThrow(
      'is not the partner',
    );
  });

  it('is not forced on a server that answers', async () => {
    await using pair = await pairLab();
    await expect(planRemoval({ keeper: pair.a, other: pair.b, relationship: NAME, force: true })).rejects.toThrow(
      `${B} answers.`,
    );
    // Nor when it answers by the time that the plan is applied.
    let isBack = false;
    const other = {
      computerName: B,
      open: () => (isBack ? Promise.resolve(pair.b) : Promise.reject(new CimletError('ERR_TIMEOUT', 'Silent.'))),
    };
    const plan = await planRemoval({ keeper: pair.a, other, relationship: NAME, force: true });
    isBack = true;
    await expect(plan.apply({ typed: A })).rejects.toMatchObject({ code: 'ERR_CHANGED' });
    expect(pair.lab.server(A).relationships.size).toBe(1);
  });
});

describe('a plan to take scopes out', () => {
  it('names what goes with them', async () => {
    await using pair = await pairLab();
    const request = { keeper: pair.b, other: pair.a, relationship: NAME };
    const plan = await planTakeOut({ ...request, scopeIds: ['10.10.10.0'] });
    expect(plan.description).toMatchObject({
      kind: 'takeOut',
      title: `Take 10.10.10.0 out of ${NAME}?`,
      sentences: [`It stays on ${B} and is deleted on ${A}, with 2 leases and 3 reservations.`],
      button: `Take out, delete on ${A}`,
      type: '10.10.10.0',
    });
    expect(await plan.apply({ typed: '10.10.10.0' })).toMatchObject({ how: 'done', problems: [] });
    expect([...pair.lab.server(A).scopes.keys()]).toEqual(['10.20.20.0', '10.30.30.0']);
    expect([...pair.lab.server(B).scopes.keys()]).toHaveLength(3);
  });

  it('wants nothing typed where no lease goes', async () => {
    await using pair = await pairLab();
    const plan = await planTakeOut({ keeper: pair.a, other: pair.b, relationship: NAME, scopeIds: ['10.30.30.0'] });
    expect(plan.description.type).toBeNull();
  });

  it('refuses scopes that are not in it, and none', async () => {
    await using pair = await pairLab();
    const request = { keeper: pair.a, other: pair.b, relationship: NAME };
    await expect(planTakeOut({ ...request, scopeIds: [] })).rejects.toMatchObject({ code: 'ERR_INVALID_ARGUMENT' });
    await expect(planTakeOut({ ...request, scopeIds: ['10.9.9.0'] })).rejects.toThrow('10.9.9.0');
  });
});
