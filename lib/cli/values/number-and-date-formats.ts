import type { TimeSpan } from '../../cim/value/time-span.js';
import { isWhole } from '../../cmdlet/convert/number-literal.js';
import type { NumberValue } from './number-value.js';

const two = (part: number): string => String(part).padStart(2, '0');

/** .NET's standard formats of a point in time by the culture en-US, as custom ones. */
const STANDARD_DATES: Readonly<Record<string, string>> = {
  d: 'M/d/yyyy',
  D: 'dddd, MMMM d, yyyy',
  f: 'dddd, MMMM d, yyyy h:mm tt',
  F: 'dddd, MMMM d, yyyy h:mm:ss tt',
  t: 'h:mm tt',
  T: 'h:mm:ss tt',
  g: 'M/d/yyyy h:mm tt',
  G: 'M/d/yyyy h:mm:ss tt',
  s: "yyyy-MM-dd'T'HH:mm:ss",
  u: "yyyy-MM-dd HH:mm:ss'Z'",
};

/** Numbers by the letter of a custom format; a letter that is doubled has two digits. */
function numbered<T>(parts: Readonly<Record<string, (value: T) => number>>): Record<string, (value: T) => string> {
  const forms = Object.entries(parts).map(([letter, part]) => ({
    [letter]: (value: T) => String(part(value)),
    [letter + letter]: (value: T) => two(part(value)),
  }));
  return Object.assign({}, ...forms);
}

const DATE_PARTS: Readonly<Record<string, (date: Date) => string>> = {
  ...numbered({
    M: (date: Date) => date.getMonth() + 1,
    d: (date: Date) => date.getDate(),
    H: (date: Date) => date.getHours(),
    h: (date: Date) => date.getHours() % 12 || 12,
    m: (date: Date) => date.getMinutes(),
    s: (date: Date) => date.getSeconds(),
  }),
  yyyy: (date) => String(date.getFullYear()).padStart(4, '0'),
  yy: (date) => two(date.getFullYear() % 100),
  MMMM: (date) => date.toLocaleDateString('en-US', { month: 'long' }),
  MMM: (date) => date.toLocaleDateString('en-US', { month: 'short' }),
  dddd: (date) => date.toLocaleDateString('en-US', { weekday: 'long' }),
  ddd: (date) => date.toLocaleDateString('en-US', { weekday: 'short' }),
  fff: (date) => String(date.getMilliseconds()).padStart(3, '0'),
  tt: (date) => (date.getHours() < 12 ? 'AM' : 'PM'),
  T: () => 'T',
  Z: () => 'Z',
};

const SPAN_PARTS = numbered<TimeSpan>({
  d: ({ days }) => Math.abs(days),
  h: ({ hours }) => Math.abs(hours),
  m: ({ minutes }) => Math.abs(minutes),
  s: ({ seconds }) => Math.abs(seconds),
});

/** A piece of a custom format: letters of one kind, a text in quotes, an escaped character, or another one. */
const PIECE = /([A-Za-z])\1*|'[^']*'|"[^"]*"|\\[\s\S]|[^A-Za-z]/g;

/** .NET's format of a point in time of the local zone, standard or custom, by the culture en-US; undefined for one that is not there. */
export function formatDate(date: Date, format: string): string | undefined {
  const custom = format.length === 1 ? STANDARD_DATES[format] : format;
  return custom === undefined ? undefined : formatted(custom, date, DATE_PARTS, true);
}

/** .NET's custom format of a time span, whose other characters are escaped or in quotes, or `c`; undefined for one that is not there. */
export function formatSpan(span: TimeSpan, format: string): string | undefined {
  if (format.length === 1) return /^[ct]$/i.test(format) ? String(span) : undefined;
  return formatted(format, span, SPAN_PARTS, false);
}

function formatted<T>(
  format: string,
  value: T,
  parts: Readonly<Record<string, (value: T) => string>>,
  takesOthers: boolean,
): string | undefined {
  const pieces = format.match(PIECE) ?? [];
  // A quote without its end is a piece, too, and so is a backslash at the end.
  const texts = pieces.map((piece) => {
    if (/^[A-Za-z]/.test(piece)) return Object.hasOwn(parts, piece) ? parts[piece]?.(value) : undefined;
    if (piece.length > 1) return piece.startsWith('\\') ? piece.slice(1) : piece.slice(1, -1);
    return takesOthers && !/['"\\%]/.test(piece) ? piece : undefined;
  });
  return pieces.length === 0 || texts.includes(undefined) ? undefined : texts.join('');
}

/** More digits than these nobody reads. */
const MOST_DIGITS = 99;

/** .NET's formats of numbers that reports have: `D3`, `X4`, `N0`, `F2`, `00`, `0.00`; undefined for others. */
export function formatNumber(number: NumberValue, format: string): string | undefined {
  const { type, value } = number;
  if (!isWhole(type) && type !== 'Double' && type !== 'Single') return undefined;
  const [, letter = '', written = ''] = /^([DXNF])(\d{0,2})$/i.exec(format) ?? [];
  const digits = written === '' ? undefined : Math.min(Number(written), MOST_DIGITS);
  const [, before, , after = ''] = /^(0+)(\.(0+))?$/.exec(format) ?? [];
  if (before !== undefined) return signed(value, shortRounded(number, after.length), before.length);
  switch (letter.toUpperCase()) {
    case 'D':
      return isWhole(type) ? signed(value, shortRounded(number, 0), digits ?? 1) : undefined;
    case 'X': {
      if (!isWhole(type) || value < 0) return undefined;
      const hex = BigInt(value)
        .toString(16)
        .padStart(digits ?? 1, '0');
      return letter === 'X' ? hex.toUpperCase() : hex;
    }
    case 'N':
    case 'F': {
      if (digits === undefined) return undefined;
      const text = signed(value, exactRounded(value, digits), 1);
      return letter.toUpperCase() === 'N' ? grouped(text) : text;
    }
    default:
      return undefined;
  }
}

/** The magnitude with so many digits after the point: what the number exactly is decides, and halves go to the even neighbour. */
function exactRounded(value: number | bigint, after: number): string | undefined {
  if (typeof value === 'bigint') return withZeros(value, after);
  const magnitude = Math.abs(value);
  if (!(magnitude < 1e15)) return undefined;
  const text = magnitude.toFixed(after);
  const scaled = magnitude * 10 ** after;
  const isHalf = after < 8 && scaled % 1 === 0.5 && scaled / 10 ** after === magnitude && /[13579]$/.test(text);
  // What toFixed rounds up goes down then.
  return isHalf ? ((scaled - 0.5) / 10 ** after).toFixed(after) : text;
}

/** The same for a custom format: the digits that are shown of it decide, and halves go away from zero. */
function shortRounded(number: NumberValue, after: number): string | undefined {
  if (typeof number.value === 'bigint') return withZeros(number.value, after);
  const text = String(number).replace(/^-/, '');
  if (/e|n/i.test(text)) return undefined;
  const [whole = '', fraction = ''] = text.split('.');
  const up = fraction.charAt(after) >= '5' ? 1n : 0n;
  const all = String(BigInt(whole + fraction.padEnd(after, '0').slice(0, after)) + up).padStart(after + 1, '0');
  return after === 0 ? all : `${all.slice(0, -after)}.${all.slice(-after)}`;
}

function withZeros(value: bigint, after: number): string {
  return `${value < 0n ? -value : value}${after > 0 ? `.${'0'.repeat(after)}` : ''}`;
}

/** At least so many digits before the point, and the sign. */
function signed(value: number | bigint, magnitude: string | undefined, before: number): string | undefined {
  if (magnitude === undefined) return undefined;
  const [whole = '', fraction] = magnitude.split('.');
  const digits = `${whole.padStart(before, '0')}${fraction === undefined ? '' : `.${fraction}`}`;
  return value < 0 ? `-${digits}` : digits;
}

function grouped(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const [whole = '', fraction] = text.split('.');
  const sign = whole.startsWith('-') ? '-' : '';
  const groups = BigInt(whole.slice(sign.length)).toLocaleString('en-US');
  return `${sign}${groups}${fraction === undefined ? '' : `.${fraction}`}`;
}
