import { arrayOf } from './array-type.js';
import { type GivenArguments, isWhite, type Methods, one, plain } from './given-arguments.js';
import { NumberValue } from './number-value.js';

/** So long may a text become: a chain of calls must not grow it without end. */
const LONGEST_TEXT = 1_000_000;

const whole = (value: number): NumberValue => new NumberValue('Int32', BigInt(value));

/** Composed and decomposed letters are the same to .NET's culture. */
const composed = (text: string): string => text.normalize('NFC');

/** Letter by letter, as .NET's upper and lower case are. */
function cased(text: string, change: (letter: string) => string): string {
  return Array.from(text, (letter) => (change(letter).length === letter.length ? change(letter) : letter)).join('');
}

function trimmed(text: string, given: GivenArguments, ends: readonly ('start' | 'end')[]): string {
  const characters = given.texts();
  const goes = (c: string) => (characters === '' ? isWhite(c) : characters.includes(c));
  let start = 0;
  let end = text.length;
  if (ends.includes('start')) while (start < end && goes(text.charAt(start))) start += 1;
  if (ends.includes('end')) while (end > start && goes(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

function replaced(text: string, given: GivenArguments): string {
  const [old, by] = [given.text(0), given.text(1)];
  if (old === '') throw given.failure('ArgumentException', 'nothing is to be replaced', 'Write what to replace.');
  const pieces = text.split(old);
  const length = text.length + (pieces.length - 1) * (by.length - old.length);
  if (length > LONGEST_TEXT) throw given.failure('OutOfMemoryException', 'the text becomes too long', 'Shorten it.');
  return pieces.join(by);
}

function split(text: string, given: GivenArguments): readonly string[] {
  if (given.count === 0) return [...splitAtWhite(text)];
  const separator = given.text(0);
  const pieces = separator === '' ? [text] : text.split(separator);
  if (given.count === 1) return pieces;
  const most = given.whole(1);
  if (most < 0)
    throw given.failure('ArgumentOutOfRangeException', 'a negative count', 'Write how many pieces at most.');
  if (most === 0) return [];
  return pieces.length <= most ? pieces : [...pieces.slice(0, most - 1), pieces.slice(most - 1).join(separator)];
}

function* splitAtWhite(text: string): Generator<string> {
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (!isWhite(text.charAt(at))) continue;
    yield text.slice(start, at);
    start = at + 1;
  }
  yield text.slice(start);
}

function part(text: string, given: GivenArguments): string {
  const start = given.whole(0);
  const length = given.count === 1 ? text.length - start : given.whole(1);
  if (start >= 0 && length >= 0 && start + length <= text.length) return text.slice(start, start + length);
  throw given.failure(
    'ArgumentOutOfRangeException',
    'the text is shorter than that',
    'Where texts may be short, use -like, -match or Split.',
  );
}

function padded(text: string, given: GivenArguments, isLeft: boolean): string {
  const width = given.whole(0);
  if (width < 0 || width > LONGEST_TEXT)
    throw given.failure('ArgumentOutOfRangeException', `${width} is no width`, 'Write for example 10.');
  const filler = given.count === 1 ? ' ' : given.character(1);
  return isLeft ? text.padStart(width, filler) : text.padEnd(width, filler);
}

/** The methods of .NET's String that lines use. */
export const TEXT_METHODS: Methods<string> = {
  contains: one((text, given) => text.includes(given.text(0))),
  endswith: one((text, given) => composed(text).endsWith(composed(given.text(0)))),
  indexof: one((text, given) => whole(text.indexOf(given.text(0)))),
  padleft: { counts: [1, 2], call: (text, given) => padded(text, given, true) },
  padright: { counts: [1, 2], call: (text, given) => padded(text, given, false) },
  replace: { counts: [2], call: replaced },
  split: { counts: [0, 1, 2], call: (text, given) => arrayOf('String', split(text, given)) },
  startswith: one((text, given) => composed(text).startsWith(composed(given.text(0)))),
  substring: { counts: [1, 2], call: part },
  tolower: plain((text) => cased(text, (letter) => letter.toLowerCase())),
  tostring: plain((text) => text),
  toupper: plain((text) => cased(text, (letter) => letter.toUpperCase())),
  trim: { counts: [0, 1, 2, 3, 4], call: (text, given) => trimmed(text, given, ['start', 'end']) },
  trimend: { counts: [0, 1, 2, 3, 4], call: (text, given) => trimmed(text, given, ['end']) },
  trimstart: { counts: [0, 1, 2, 3, 4], call: (text, given) => trimmed(text, given, ['start']) },
};
