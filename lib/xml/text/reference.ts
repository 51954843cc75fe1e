import { isOf, NAME, NUMBER_SIGN, SEMICOLON } from './code-units.js';
import type { Input } from './input.js';
import { malformed, quoted, refused } from './malformed.js';

/** Longer ones than `&#x0000…41;` with this many characters have no use but to keep a reader busy. */
const LONGEST = 64;
const REFERENCE = /^&(?:#x([0-9A-Fa-f]+)|#([0-9]+)|([^#;]+));$/;
const NOT_A_CHARACTER = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

const BARE = 'an ampersand starts no reference; it is written "&amp;"';

const PREDEFINED: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

/** The place after the reference that starts at `at`; `-1` when its end has yet to come. */
export function referenceEnd({ units, end }: Input, at: number): number {
  let place = units[at + 1] === NUMBER_SIGN ? at + 2 : at + 1;
  while (isOf(units[place] ?? 0, NAME) && place - at < LONGEST) place++;
  if (place - at >= LONGEST) throw malformed(`a reference has more than ${LONGEST} characters`);
  if (place === end) return -1;
  if (units[place] !== SEMICOLON) throw malformed(BARE);
  return place + 1;
}

/** What `&…;` stands for. */
export function referenced(reference: string): string {
  const match = REFERENCE.exec(reference);
  if (match === null) throw malformed(BARE);
  const [, hexadecimal, decimal, entity = ''] = match;
  if (hexadecimal === undefined && decimal === undefined) {
    const value = PREDEFINED.get(entity);
    if (value === undefined) throw refused(`the entity ${quoted(entity)}, which XML does not define`);
    return value;
  }
  const codePoint = hexadecimal === undefined ? Number.parseInt(decimal ?? '', 10) : Number.parseInt(hexadecimal, 16);
  const character = codePoint <= 0x10ffff ? String.fromCodePoint(codePoint) : '';
  if (character === '' || NOT_A_CHARACTER.test(character)) {
    throw malformed(`${quoted(reference)} does not mean a character that XML allows`);
  }
  return character;
}
