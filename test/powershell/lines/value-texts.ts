// Values as a line writes them: those that fit a type, and those of all the others.
import type { DeclaredParameter } from '../stub/cdxml-cmdlets.js';
import type { Random } from './random.js';

const TEXTS = [
  'abc',
  'North',
  "'North wing'",
  '"x y"',
  'SFO-SIN',
  "'it''s'",
  '"a`tb"',
  'C:\\logs\\x.log',
  '007',
  '1.50',
  '0x10',
  '1kb',
  'été',
  "'a,b'",
  '"$(1)"',
  'a.b-c_d',
  '-5',
  '5l',
  "'  pad '",
  '10d',
  '"a""b"',
  'x=y',
  '`$x',
  '"`$x"',
];
const ADDRESSES = [
  '10.10.10.0',
  "'10.20.20.0'",
  '"192.168.1.1"',
  '2001:db8::',
  '::1',
  '0.0.0.0',
  '255.255.255.0',
  '10.1.2.003',
];
const SPANS = [
  '1:00:00',
  '8.00:00:00',
  "'02:30'",
  '1.2:3:4',
  '0',
  '"00:30:00"',
  '00:00:01',
  '(New-TimeSpan -Hours 2)',
  '(New-TimeSpan -Days 1)',
  '1:2:3.5',
];
const NUMBERS = [
  '0',
  '1',
  '5',
  '100',
  '4294967295',
  '65535',
  "'7'",
  '0x10',
  '1kb',
  '2.5',
  '1.5',
  '3.0',
  "'12'",
  '1e2',
  '5l',
  '10d',
  '+5',
  "'0x1F'",
  '0b11',
  '7u',
  '8uy',
  '9s',
  '1mb',
];
const TIMES = ['2026-01-01', "'2026-03-09 13:05:07'", '"1/2/2026"', "'2026-01-01T00:00:00'"];
const BOOLEANS = ['$true', '$false', '$TRUE', '1', '0', '2'];
const ODD = [
  '$null',
  "''",
  '""',
  '@()',
  '@(1)',
  '$true',
  '-1',
  '4294967296',
  '99999999999999999999',
  '1.2.3',
  '256.1.1.1',
  '10.0.0',
  'abc',
  '60',
  "'1:60'",
  '@{}',
  '@{ A = 1 }',
  '{a}',
  '(1,2)',
  '1,2',
  "' '",
  '.5',
  '1e400',
  '-x',
  '$false',
  "' 5 '",
  '0x',
  '[x]',
  '[int]5',
  '"5"',
  "'true'",
  'a,b',
  '24:00:00',
  '@(1,@(2,3))',
  '$(1)',
  "@('a','b')",
];
const CREDENTIALS = ['$null', 'x'];

/** A value for a parameter: three of four fit its type. */
export function parameterValue(random: Random, parameter: DeclaredParameter): string {
  return random.once(4) ? oddValue(random) : fittingValue(random, parameter);
}

export function oddValue(random: Random): string {
  return random.pick(ODD);
}

/** A value that the parameter's type and validators allow, most of the time. */
export function fittingValue(random: Random, { type, values, range }: DeclaredParameter): string {
  const one = (): string => {
    if (values.length > 0) return wordOf(random, random.pick(values));
    if (range !== undefined) return random.pick([...range, String(Number(range[1]) + 1)]);
    return random.pick(textsOf(type));
  };
  if (!type.endsWith('[]')) return one();
  const all = Array.from({ length: 1 + random.below(3) }, one);
  const [only = ''] = all;
  if (all.length === 1) return only;
  return random.pick([all.join(','), all.join(', '), `@(${all.map(quotedWord).join(', ')})`]);
}

/** Where a bare word would be a command. */
function quotedWord(text: string): string {
  return /^['"$@(\d]/.test(text)
    ? /^\d+(?:\.\d+)?$|^['"$@(]/.test(text)
      ? text
      : `'${text}'`
    : `'${text.replaceAll("'", "''")}'`;
}

function wordOf(random: Random, word: string): string {
  return random.pick([
    word,
    word,
    word.toLowerCase(),
    word.toUpperCase(),
    `'${word}'`,
    `"${word}"`,
    word.slice(0, -1),
    `${word} `,
  ]);
}

function textsOf(type: string): readonly string[] {
  if (/IPAddress/.test(type)) return ADDRESSES;
  if (/TimeSpan/.test(type)) return SPANS;
  if (/DateTime/.test(type)) return TIMES;
  if (/Boolean/.test(type)) return BOOLEANS;
  if (/PSCredential/.test(type)) return CREDENTIALS;
  return /Int(?:16|32|64)/.test(type) ? NUMBERS : TEXTS;
}

/** A value to compare a property with. */
export function comparedValue(random: Random): string {
  return random.pick([...TEXTS, ...NUMBERS, ...SPANS, ...ADDRESSES, ...TIMES, ...BOOLEANS, ...ODD, ...STORED]);
}

/** What the stub's objects have in their properties. */
const STORED = [
  "'North wing'",
  'alpha',
  'ALPHA',
  '007',
  '1.50',
  "'a*b'",
  "'[x]'",
  'true',
  'Active',
  '10.1.0.8',
  '42',
  '64',
  '1:00:00',
  '8.00:00:00',
  '$true',
  "'O''Brien'",
  '2',
  '10',
];

/** The same inside of a script block, where a bare word is a command. */
export function expressionValue(random: Random): string {
  const value = comparedValue(random);
  return /^(?:['"$@([\d]|-?\d)/.test(value) && !/[a-z:]$/i.test(value) && !/^[\d.]+[:.][\d.:]+$/.test(value)
    ? value
    : `'${value.replaceAll("'", "''")}'`;
}
