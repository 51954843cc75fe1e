// What a run over many has taken goes back on all of their servers, not on one of them.
import { expect, it } from '@jest/globals';
import type { Change } from '../../../examples/console/bridge.js';
import { SIGN_IN, startFixture } from '../console-fixture.js';
import { resultOf, runToEnd } from '../engine-run.js';
import { manyPairs, scopeOfPair, serverOfPair } from '../large-labs.js';

const COUNT = 3;
const PAIRS = Array.from({ length: COUNT }, (_, index) => index);
const ALL: Change = {
  kind: 'replicate',
  relationships: PAIRS.map((index) => ({
    key: `P0${index}|${scopeOfPair(index, 2)}|${scopeOfPair(index, 3)}`,
    from: serverOfPair(index, 'a'),
  })),
  scopeIds: null,
};

it('puts back on every server what a run over many removed, and stops at what was not done', async () => {
  const { engine, lab } = await startFixture(manyPairs(COUNT));
  const strays = () =>
    PAIRS.map(
      (index) =>
        lab.save().servers?.find(({ name }) => name === serverOfPair(index, 'b'))?.scopes?.[0]?.reservations?.length,
    );
  await resultOf(engine, 'signIn', SIGN_IN);
  const made = await resultOf(engine, 'plan', { change: ALL });
  expect([made.button, made.type]).toEqual([`Replicate ${COUNT}, remove ${COUNT}`, String(COUNT)]);
  const done = await runToEnd(engine, 'apply', { id: made.id, typed: made.type });
  expect([done.how, done.result?.sentence]).toEqual(['done', '3 of 3 are done. 0 differences now.']);
  expect(strays()).toEqual([0, 0, 0]);
  lab.powerOff(serverOfPair(2, 'b'));
  const back = await resultOf(engine, 'plan', { change: { kind: 'putBack', id: done.result?.activityId ?? '' } });
  expect([back.title, back.button]).toEqual(['Put 2 things back on 2 servers?', 'Put back 2 things']);
  expect(back.sentences.join('\n')).toContain(`${serverOfPair(2, 'b')} is left out`);
  expect(back.effects.map(({ verb, server }) => [verb, server]).sort()).toEqual([
    ['add', serverOfPair(0, 'b')],
    ['add', serverOfPair(1, 'b')],
  ]);
  const put = await runToEnd(engine, 'apply', { id: back.id, typed: back.type });
  expect([put.how, put.result?.sentence]).toEqual(['done', '2 of 2 are done.']);
  expect(strays()).toEqual([1, 1, 0]);
});

it('counts as done what was done, where it was stopped before the rest began', async () => {
  const { engine } = await startFixture(manyPairs(12));
  await resultOf(engine, 'signIn', SIGN_IN);
  const relationships = Array.from({ length: 12 }, (_, index) => ({
    key: `P${String(index).padStart(2, '0')}|${scopeOfPair(index, 2)}|${scopeOfPair(index, 3)}`,
    from: serverOfPair(index, 'a'),
  }));
  const made = await resultOf(engine, 'plan', { change: { ...ALL, relationships } });
  let isStopped = false;
  const done = await runToEnd(engine, 'apply', { id: made.id, typed: made.type }, (event, stop) => {
    const isAtWork = event.type === 'rows' && event.rows.some(({ state }) => state === 'atWork');
    if (!isAtWork || isStopped) return;
    isStopped = true;
    stop('after-these');
  });
  const count = (state: string) => done.rows.filter((row) => row.state === state).length;
  expect([done.how, count('done') + count('notBegun'), done.progress?.atWork]).toEqual(['stopped', 12, 0]);
  expect(count('done')).toBeLessThan(12);
  expect(done.result?.sentence).toBe(`${count('done')} of 12 are done. 0 differences now.`);
});
