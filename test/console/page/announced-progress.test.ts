import { expect, it } from '@jest/globals';
import { BETWEEN_WORDS_MS, progressWords } from '../../../examples/console/page/data/announced-progress.js';

const TOTAL = 1000;

/** What is said of a reading of so many milliseconds that is told of four times a second; each word with its time. */
function said(lasts: number, total = TOTAL): readonly (readonly [number, string])[] {
  const words: [number, string][] = [];
  let at = 0;
  const tell = progressWords(
    (text) => words.push([at, text]),
    () => at,
  );
  const view = (done: number, isReading: boolean) => ({
    isReading,
    startedAt: 0,
    progress: { done, failed: 0, atWork: isReading ? 8 : 0, total },
  });
  tell({ isReading: true, startedAt: 0, progress: null });
  for (; at < lasts; at += 250) tell(view(Math.floor((at / lasts) * total), true));
  tell(view(total, false));
  return words;
}

it('says how many answered, every five seconds at most, and all of them in the end', () => {
  const words = said(12_000);
  expect(words).toEqual([
    [5000, '416 of 1,000 answered'],
    [10_000, '833 of 1,000 answered'],
    [12_000, '1,000 of 1,000 answered'],
  ]);
  const between = words.slice(1, -1).map(([at], index) => at - (words[index]?.[0] ?? 0));
  expect(Math.min(...between)).toBeGreaterThanOrEqual(BETWEEN_WORDS_MS);
});

it('says nothing of what is over before that, and of a single server', () => {
  expect(said(4900)).toEqual([]);
  expect(said(20_000, 1)).toEqual([]);
});

it('begins anew with each reading', () => {
  const words: string[] = [];
  let at = 0;
  const tell = progressWords(
    (text) => words.push(text),
    () => at,
  );
  const progress = { done: 1, failed: 0, atWork: 1, total: 9 };
  for (const startedAt of [0, 60_000]) {
    at = startedAt + 5000;
    tell({ isReading: true, startedAt, progress: { ...progress, done: startedAt === 0 ? 3 : 4 } });
    at += 1000;
    tell({ isReading: false, startedAt, progress: { ...progress, done: 9, atWork: 0 } });
  }
  expect(words).toEqual(['3 of 9 answered', '9 of 9 answered', '4 of 9 answered', '9 of 9 answered']);
});
