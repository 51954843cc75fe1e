import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { TurnQueue } from '../../../lib/transport/http/turn-queue.js';
import fc from '../../fast-check.js';

/** Counts the turns of the event loop while `during` runs. */
async function countingTurns(during: (turns: () => number) => Promise<void>): Promise<void> {
  let turns = 0;
  let counting = true;
  const count = () => {
    turns += 1;
    if (counting) setImmediate(count);
  };
  setImmediate(count);
  await during(() => turns);
  counting = false;
}

/** Pieces of work that begin in one turn of the event loop. */
const MOST_A_TURN = 3;

describe('the queue of what begins in one turn of the event loop', () => {
  it('runs what is little at once', () => {
    const queue = new TurnQueue();
    const ran: number[] = [];
    for (let index = 0; index < MOST_A_TURN; index += 1) queue.run(() => ran.push(index));
    expect(ran).toEqual([0, 1, 2]);
  });

  it('keeps the order, and lets other events in between', async () => {
    await countingTurns(async (turns) => {
      const queue = new TurnQueue();
      const ran: { readonly index: number; readonly turn: number }[] = [];
      for (let index = 0; index < 42; index += 1) queue.run(() => ran.push({ index, turn: turns() }));
      while (ran.length < 42) await turn();
      expect(ran.map(({ index }) => index)).toEqual(Array.from({ length: 42 }, (_, index) => index));
      const perTurn = new Map<number, number>();
      for (const each of ran) perTurn.set(each.turn, (perTurn.get(each.turn) ?? 0) + 1);
      expect(Math.max(...perTurn.values())).toBeLessThanOrEqual(MOST_A_TURN);
    });
  });

  it('has the whole share again in a later turn', async () => {
    const queue = new TurnQueue();
    let ran = 0;
    for (let index = 0; index < 9; index += 1) queue.run(() => (ran += 1));
    while (ran < 9) await turn();
    await turn();
    await turn();
    for (let index = 0; index < MOST_A_TURN; index += 1) queue.run(() => (ran += 1));
    expect(ran).toBe(9 + MOST_A_TURN);
  });

  it('loses nothing and keeps the order, however the calls are spread over turns and nested', async () => {
    const bursts = fc.array(fc.record({ own: fc.nat(12), nested: fc.nat(3), pause: fc.nat(2) }), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(bursts, async (all) => {
        const queue = new TurnQueue();
        const begun: number[] = [];
        let called = 0;
        const call = (nested: number) => {
          const number = called++;
          queue.run(() => {
            begun.push(number);
            for (let index = 0; index < nested; index += 1) call(0);
          });
        };
        for (const { own, nested, pause } of all) {
          for (let index = 0; index < own; index += 1) call(nested);
          for (let index = 0; index < pause; index += 1) await turn();
        }
        for (let patience = 0; begun.length < called && patience < 1000; patience += 1) await turn();
        expect(begun.length).toBe(called);
        expect([...begun].sort((one, other) => one - other)).toEqual(begun);
      }),
      { numRuns: 200 },
    );
  });
});
