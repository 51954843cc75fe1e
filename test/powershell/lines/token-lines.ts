// Lines out of characters: what the tokenizer and the parser make of quotes, escapes, numbers, brackets and dashes, and lines that were damaged.
import type { Random } from './random.js';
import { expressionValue } from './value-texts.js';

const FRAGMENTS = [
  'a',
  'ab',
  'x',
  'N',
  '1',
  '10',
  '0',
  '007',
  '1.5',
  '.5',
  '1kb',
  '0x1F',
  '1e3',
  '5l',
  '10d',
  '-',
  '--',
  '-x',
  '-Name',
  '-1',
  '+5',
  '+',
  "'",
  '"',
  "''",
  '""',
  "'a b'",
  '"a b"',
  "'it''s'",
  '"a""b"',
  '"`n"',
  '`',
  '``',
  '`n',
  '` ',
  '`"',
  "`'",
  '`$',
  '`t',
  '`0',
  '`u{41}',
  '$',
  '$x',
  '$true',
  '$null',
  '$false',
  '$\u007bx}',
  '$(1)',
  '$($null)',
  '"$x"',
  '"$(1)"',
  "'$x'",
  '"$true"',
  '$$',
  '$:',
  '"$:a"',
  '$x.Length',
  '"$x.y"',
  '"$($x)"',
  '(',
  ')',
  '(1)',
  '(1,2)',
  '{',
  '}',
  '{a}',
  '@',
  '@(',
  '@(1)',
  "@('a','b')",
  '@{',
  '@{}',
  '@{ A = 1 }',
  '@x',
  '[',
  ']',
  '[int]',
  '[x]',
  'a[0]',
  '[int]5',
  ',',
  ', ',
  ' ,',
  '1,2',
  'a,b',
  "a,'b c'",
  ';',
  '|',
  '||',
  '&',
  '&&',
  '.',
  '..',
  ':',
  '::',
  '/',
  '\\',
  '*',
  '?',
  '#',
  'a#b',
  ' #c',
  '<#c#>',
  '=',
  '==',
  '!',
  '%',
  '^',
  '~',
  '\u2013',
  '\u2014',
  '\u2018',
  '\u2019',
  '\u201c',
  '\u201d',
  '\u00a0',
  '\u2003',
  '\u200b',
  'é',
  '\t',
  '\n',
  ' ',
  ' ',
  ' ',
  '%PATH%',
  '<',
  '>',
  '>$null',
  '2>$null',
  '10.1.0.0',
  '1:00',
  'a:b',
  'a.b',
  'a-b',
  'a=b',
  'a$x',
  'a"b c"',
  "a'b c'",
  "'a'b",
  '"a"b',
  'a`,b',
  "@'\nx\n'@",
  '@"\nx $x\n"@',
  '1..3',
  '1+1',
  '-eq',
  '-join',
] as const;

const HEADS = [
  'Get-DhcpServerv4Policy -Name ',
  'Get-DhcpServerv4Policy ',
  'Get-DhcpServerv4Class -Name:',
  'Remove-DhcpServerv4Policy ',
  'Add-DhcpServerv4Class -Name n -Type User -Data ',
  'Get-DhcpServerv4Scope ',
  'Set-DhcpServerv4DnsSetting -DnsSuffix ',
  "$x = 'v'; Get-DhcpServerv4Policy -Name ",
  'Add-DhcpServerv4Class ',
] as const;

/** Arguments out of fragments. */
export function lexingLine(random: Random): string {
  const count = 1 + random.below(5);
  const text = Array.from({ length: count }, () => random.pick(FRAGMENTS)).join(random.once(3) ? ' ' : '');
  return `${random.pick(HEADS)}${text}`;
}

const OPERATORS = [
  '-eq',
  '-ne',
  '-gt',
  '-ge',
  '-lt',
  '-le',
  '-like',
  '-notlike',
  '-match',
  '-notmatch',
  '-contains',
  '-notcontains',
  '-in',
  '-notin',
  '-join',
  '-and',
  '-or',
  '-xor',
  '-ceq',
  '-ilike',
  '-cmatch',
  '-is',
  '-isnot',
  '-as',
  '-split',
  '-replace',
  '-f',
  '+',
  '-band',
] as const;
const TYPES = [
  '[string]',
  '[int]',
  '[uint32]',
  '[bool]',
  '[timespan]',
  '[double]',
  '[long]',
  '[string[]]',
  '[ipaddress]',
  '[array]',
  '[version]',
  '[object[]]',
] as const;

function operand(random: Random): string {
  const value = expressionValue(random);
  switch (random.below(12)) {
    case 0:
      return `(${expressionValue(random)} ${random.pick(OPERATORS)} ${expressionValue(random)})`;
    case 1:
      return `${random.pick(TYPES)}${value}`;
    case 2:
      return `${random.pick(['!', '-not ', '-join ', '-split ', ',', '-'])}${value}`;
    case 3:
      return `(${value}, ${expressionValue(random)})`;
    case 4:
      return `${value}${random.pick(['.Length', '.Count', '[0]', '[-1]', '.ToString()', '.GetType()'])}`;
    default:
      return value;
  }
}

/** Statements out of values: what stands at the head of a pipeline. */
export function expressionLine(random: Random): string {
  if (random.once(2)) {
    const operator = random.pick(OPERATORS);
    const right = /-is|-as/.test(operator) ? random.pick(TYPES) : operand(random);
    const chain = random.once(6) ? ` ${random.pick(OPERATORS)} ${operand(random)}` : '';
    return `${operand(random)} ${operator} ${right}${chain}`;
  }
  const count = 1 + random.below(5);
  const text = Array.from({ length: count }, () => random.pick(FRAGMENTS)).join(random.once(2) ? ' ' : '');
  return random.pick([
    text,
    `$y = ${text}; $y`,
    `(${text})`,
    `@(${text})`,
    `"${text}"`,
    `$x = 1; ${text}`,
    `${text} | select Length`,
  ]);
}

/** A line with a character or a piece of it gone, doubled, moved or replaced. */
export function damaged(random: Random, line: string): string {
  let text = line;
  for (let times = 1 + random.below(2); times > 0; times -= 1) {
    const at = random.below(text.length + 1);
    const to = Math.min(text.length, at + 1 + random.below(3));
    switch (random.below(5)) {
      case 0:
        text = text.slice(0, at) + text.slice(to);
        break;
      case 1:
        text = text.slice(0, at) + random.pick(FRAGMENTS) + text.slice(at);
        break;
      case 2:
        text = text.slice(0, at) + text.slice(at, to) + text.slice(at);
        break;
      case 3:
        text = text.slice(0, at);
        break;
      default:
        text = text.slice(0, at) + random.pick(FRAGMENTS) + text.slice(to);
    }
  }
  return text;
}
