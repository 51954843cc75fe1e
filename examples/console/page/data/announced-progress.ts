import { number } from './format.js';
import type { ReadingView } from './reading.js';

/** Between two words about the same reading: whoever listens hears something else as well. */
export const BETWEEN_WORDS_MS = 5000;

type View = Pick<ReadingView<'fleet'>, 'isReading' | 'progress' | 'startedAt'>;

/**
 * Says how far a reading is, *412 of 1,000 answered*, every five seconds at most, and its end where something was said of it. One that is over sooner
 * is not spoken of.
 */
export function progressWords(say: (text: string) => void, now: () => number = Date.now): (view: View) => void {
  let saidAt: number | null = null;
  let said = '';
  return ({ isReading, progress, startedAt }) => {
    const isLong = saidAt !== null;
    if (!isReading) saidAt = null;
    if (progress === null || startedAt === null || progress.total < 2) return;
    const text = `${number(progress.done)} of ${number(progress.total)} answered`;
    if (isReading ? now() - (saidAt ?? startedAt) < BETWEEN_WORDS_MS : !isLong) return;
    if (isReading) saidAt = now();
    if (text !== said) say(text);
    said = text;
  };
}
