import { describe, expect, it } from '@jest/globals';
import { CimletError } from '../../../lib/base/errors.js';
import { driftDescription } from '../../../lib/emulator/lab/drift.js';
import { comparePair, type PlanEffect, planReplication, readPair } from '../../../lib/pairs/index.js';
import { A, B, NAME, type PairLab, pairLab } from '../pair-lab.js';

const planOf = ({ a, b }: PairLab) => planReplication({ source: a, target: b, relationship: NAME });
const line = ({ verb, server, what, from, to }: PlanEffect) =>
  `${verb} ${what} on ${server}: ${JSON.stringify(from)} > ${JSON.stringify(to)}`;

describe('a plan to replicate', () => {
  it('names every effect, one that can be checked each', async () => {
    await using pair = await pairLab();
    const before = JSON.stringify(pair.lab.save().servers);
    const { description } = await planOf(pair);
    expect(description).toMatchObject({ kind: 'replicate', adds: 1, changes: 4, removes: 2, notKnown: [] });
    expect(description.title).toBe(`Replicate ${A} to ${B}?`);
    expect(description.button).toBe(`Replicate, remove 2 on ${B}`);
    expect(description.effects.map(line).sort()).toEqual(
      [
        `add reservation 10.10.10.41 on ${B}: null > {"IPAddress":"10.10.10.41","ClientId":"00-15-5d-0a-0a-29","Name":"printer-2","Description":"","Type":"Both"}`,
        `change option 3 on ${B}: {"Value":["10.10.10.254"]} > {"Value":["10.10.10.1"]}`,
        `change policy Phones on ${B}: {"Enabled":false} > {"Enabled":true}`,
        `change reservation 10.10.10.40 on ${B}: {"ClientId":"00-15-5d-ff-ff-28"} > {"ClientId":"00-15-5d-0a-0a-28"}`,
        `change scope 10.20.20.0 on ${B}: {"LeaseDuration":"04:00:00"} > {"LeaseDuration":"8.00:00:00"}`,
        `remove exclusion 10.20.20.10 to 10.20.20.19 on ${B}: {"StartRange":"10.20.20.10","EndRange":"10.20.20.19"} > null`,
        `remove reservation 10.10.10.43 on ${B}: {"IPAddress":"10.10.10.43","ClientId":"00-15-5d-0a-0a-2b","Name":"door-2","Description":"East","Type":"Both"} > null`,
      ].sort(),
    );
    expect(description.remains.map(({ what }) => what)).toEqual(['server option 6']);
    expect(description.lines).toEqual([`Invoke-DhcpServerv4FailoverReplication -ComputerName '${A}' -Name '${NAME}'`]);
    expect(structuredClone(description)).toEqual(description);
    // Planning changes nothing.
    expect(JSON.stringify(pair.lab.save().servers)).toBe(before);
  });

  it('does what it says: nothing that replication carries differs afterwards', async () => {
    await using pair = await pairLab();
    const plan = await planOf(pair);
    // One of three reservations goes: more than a tenth.
    expect(plan.description.type).toBe('1');
    const outcome = await plan.apply({ typed: '1' });
    expect(outcome).toMatchObject({ how: 'done', changed: 'something', problems: [], refused: [] });
    expect(outcome.after?.differences).toEqual([]);
    expect(outcome.after?.neverReplicated).toHaveLength(1);
    const { here, there } = await readPair(pair.a, pair.b);
    expect(comparePair(here, there).directions.hereToThere).toEqual({ adds: 0, changes: 0, removes: 0 });
  });

  it('is applied once', async () => {
    await using pair = await pairLab();
    const plan = await planOf(pair);
    await plan.apply({ typed: '1' });
    await expect(plan.apply({ typed: '1' })).rejects.toMatchObject({ code: 'ERR_CHANGED' });
  });

  it('wants the number typed, and sends nothing before', async () => {
    await using pair = await pairLab();
    const plan = await planOf(pair);
    const sent = pair.sent();
    await expect(plan.apply()).rejects.toMatchObject({ code: 'ERR_CONFIRMATION_REQUIRED' });
    await expect(plan.apply({ typed: '2' })).rejects.toThrow(CimletError);
    expect(pair.sent()).toBe(sent);
    expect((await plan.apply({ typed: '1' })).how).toBe('done');
  });

  it.each([A, B])('is refused when %s has changed since, and nothing is sent to it', async (name) => {
    await using pair = await pairLab();
    const plan = await planOf(pair);
    const scope = pair.lab.server(name).scopes.get('10.30.30.0');
    scope?.configuration.exclusions.push({ startRange: '10.30.30.50', endRange: '10.30.30.59' });
    const before = JSON.stringify(pair.lab.save().servers);
    await expect(plan.apply({ typed: '1' })).rejects.toMatchObject({ code: 'ERR_CHANGED' });
    expect(JSON.stringify(pair.lab.save().servers)).toBe(before);
    await expect(plan.apply({ typed: '1' })).rejects.toMatchObject({ code: 'ERR_CHANGED' });
  });

  it('is not refused for leases, states of relationships and what the server has for all scopes', async () => {
    await using pair = await pairLab();
    const plan = await planOf(pair);
    pair.lab.server(A).scopes.get('10.10.10.0')?.leases.clear();
    pair.lab.server(B).configuration.optionValues = [{ optionId: 15, value: ['example.com'] }];
    expect((await plan.apply({ typed: '1' })).how).toBe('done');
  });

  it('says so where the target was not read completely, and wants its name typed', async () => {
    await using pair = await pairLab();
    pair.lab.injectFault({ kind: 'page', status: 500, server: B, action: 'PS_DhcpServerv4Reservation/GetByScopeId' });
    const { description } = await planOf(pair);
    expect(description.type).toBe(B);
    expect(description.button).toBe('Replicate without knowing');
    expect(description.sentences).toContain(`${B} could not be read completely. What is lost there is not known.`);
    expect(description.notKnown).toHaveLength(3);
    expect(description.saved.notSaved).toContain('What could not be read.');
    expect(description.effects.filter(({ kind }) => kind === 'reservation')).toEqual([]);
  });

  it('fails without a change when Windows refuses, and says why', async () => {
    await using pair = await pairLab();
    const plan = await planOf(pair);
    pair.lab.cutLink(A, B);
    const outcome = await plan.apply({ typed: '1' });
    expect(outcome).toMatchObject({ how: 'failed', changed: 'nothing' });
    expect(outcome.problems[0]?.code).toMatch(/^(?:DHCP|WIN32) \d+$/);
    expect(outcome.problems[0]?.record).toContain('FullyQualifiedErrorId');
  });

  it('takes some scopes of the relationship', async () => {
    await using pair = await pairLab();
    const plan = await planReplication({
      source: pair.a,
      target: pair.b,
      relationship: NAME,
      scopeIds: ['10.20.20.0'],
    });
    expect(plan.description).toMatchObject({ adds: 0, changes: 2, removes: 1, type: null });
    expect(plan.description.lines[0]).toContain("-ScopeId '10.20.20.0'");
    const outcome = await plan.apply();
    expect(outcome.after?.differences).toEqual([]);
    const { here, there } = await readPair(pair.a, pair.b);
    expect(comparePair(here, there).directions.hereToThere).toEqual({ adds: 1, changes: 2, removes: 1 });
  });

  it('refuses a relationship and a scope that the source does not have', async () => {
    await using pair = await pairLab();
    const request = { source: pair.a, target: pair.b };
    await expect(planReplication({ ...request, relationship: 'other' })).rejects.toThrow(NAME);
    await expect(planReplication({ ...request, relationship: NAME, scopeIds: ['10.9.9.0'] })).rejects.toThrow(
      '10.9.9.0',
    );
  });

  it('tells that a source which is silent can be the source of nothing', async () => {
    await using pair = await pairLab();
    const source = {
      computerName: A,
      open: () => Promise.reject(new CimletError('ERR_CONNECTION_REFUSED', 'Nobody.')),
    };
    await expect(planReplication({ source, target: pair.b, relationship: NAME })).rejects.toThrow('Nobody.');
  });

  it('tells how far it is, and can be stopped before anything is sent', async () => {
    await using pair = await pairLab();
    const plan = await planOf(pair);
    const controller = new AbortController();
    const before = JSON.stringify(pair.lab.save().servers);
    const stopped = plan.apply({
      typed: '1',
      signal: controller.signal,
      onProgress: ({ phase, done }) => phase === 'checking' && done > 2 && controller.abort(),
    });
    await expect(stopped).rejects.toMatchObject({ code: 'ERR_ABORTED' });
    expect(JSON.stringify(pair.lab.save().servers)).toBe(before);
    const phases: string[] = [];
    expect((await plan.apply({ typed: '1', onProgress: ({ phase }) => phases.push(phase) })).how).toBe('done');
    expect([...new Set(phases)]).toEqual(['checking', 'applying', 'looking']);
  });
});

it('a relationship that both have otherwise the same replicates to the same', async () => {
  const drift = driftDescription();
  const [first, second] = drift.servers ?? [];
  if (first === undefined || second === undefined) throw new Error();
  await using pair = await pairLab({ ...drift, servers: [first, { ...second, scopes: first.scopes ?? [] }] });
  const { description } = await planOf(pair);
  expect(description).toMatchObject({ effects: [], type: null, button: 'Replicate' });
});
