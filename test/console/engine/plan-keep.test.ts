// What a replication would take from a server is written to its partner before, by a plan like any other.
import { expect, it } from '@jest/globals';
import { driftDescription } from 'cimlet/emulator';
import type { Change } from '../../../examples/console/bridge.js';
import { SIGN_IN, startFixture } from '../console-fixture.js';
import { resultOf, runToEnd } from '../engine-run.js';

const [ONE, OTHER] = ['dhcpserver.contoso.com', 'dhcpserver2.contoso.com'];
const KEY = 'SFO-SIN-Failover|10.10.10.2|10.10.10.3';
const keep = (items: readonly string[], owner = OTHER): Change => ({ kind: 'keep', key: KEY, owner, items });

it('writes what was chosen of the differences to the other server, and puts back what it overwrote', async () => {
  const { engine, lab } = await startFixture(driftDescription());
  const clientOf = (server: string, address: string) =>
    lab
      .save()
      .servers?.find(({ name }) => name === server)
      ?.scopes?.[0]?.reservations?.find(({ ipAddress }) => ipAddress === address)?.clientId;
  await resultOf(engine, 'signIn', SIGN_IN);
  const { rows } = await runToEnd(engine, 'compare', { key: KEY, reservationOptions: [] });
  const chosen = rows.filter(({ what, keepable }) => what.startsWith('reservation') && keepable.includes('secondary'));
  expect(chosen.map(({ what, keepable }) => [what, keepable]).sort()).toEqual([
    ['reservation 10.10.10.40: client id', ['primary', 'secondary']],
    ['reservation 10.10.10.43', ['secondary']],
  ]);
  const made = await resultOf(engine, 'plan', { change: keep(chosen.map(({ key }) => key)) });
  expect([made.kind, made.title, made.counts]).toEqual([
    'keep',
    `Keep 2 things of ${OTHER}?`,
    { adds: 1, changes: 1, removes: 0 },
  ]);
  expect(made.effects.every(({ server }) => server === ONE)).toBe(true);
  const before = clientOf(ONE, '10.10.10.40');
  const done = await runToEnd(engine, 'apply', { id: made.id, typed: made.type });
  expect([done.how, done.result?.differencesNow]).toEqual(['done', rows.filter(isReplicated).length - 2]);
  for (const address of ['10.10.10.40', '10.10.10.43']) {
    expect(clientOf(ONE, address)).toBe(clientOf(OTHER, address));
  }
  const back = await resultOf(engine, 'plan', { change: { kind: 'putBack', id: done.result?.activityId ?? '' } });
  expect((await runToEnd(engine, 'apply', { id: back.id, typed: back.type })).how).toBe('done');
  expect(clientOf(ONE, '10.10.10.40')).toBe(before);
  // Both have it by now: nothing would be done, and the button says so.
  const again = await resultOf(engine, 'plan', {
    change: keep(chosen.filter(({ what }) => what.endsWith('43')).map(({ key }) => key)),
  });
  expect(again.blocked?.what).toContain('Both servers have it already');
});

const isReplicated = ({ group }: { readonly group: string }): boolean => group === 'replicated';

it.each([
  ['no list of a difference', 'x'],
  ['what is never replicated', JSON.stringify(['never', 'serverOption', null, '["6","","",""]'])],
  ['what is not there', JSON.stringify(['replicated', 'reservation', '10.10.10.0', '["10.10.10.99"]'])],
  ['another kind', JSON.stringify(['replicated', '__proto__', '10.10.10.0', '[]'])],
])('refuses %s', async (_, item) => {
  const { engine } = await startFixture(driftDescription());
  await resultOf(engine, 'signIn', SIGN_IN);
  const { how, problem } = await runToEnd(engine, 'plan', { change: keep([item]) });
  expect([how, problem?.changed]).toEqual(['failed', 'nothing']);
  expect(['REFUSED', 'ERR_INVALID_ARGUMENT']).toContain(problem?.code);
});
