import { describeValue } from '../../base/errors.js';
import { SchemaError, type SchemaPosition } from '../definition/schema-error.js';

/** A token of MOF (DSP0004 annex A). Keywords are identifiers: they are told apart where they stand. */
export type MofToken = SchemaPosition &
  (
    | { readonly kind: 'identifier' | 'punctuation' | 'string' | 'char' | 'end'; readonly text: string }
    | { readonly kind: 'integer'; readonly text: string; readonly value: bigint }
    | { readonly kind: 'real'; readonly text: string; readonly value: number }
  );

const WHITE_SPACE_AND_COMMENTS = /(?:[\s\uFEFF]+|\/\/[^\n]*|\/\*[\s\S]*?\*\/)+/y;
const IDENTIFIER = /[\p{L}_][\p{L}\p{N}_]*/uy;
const REAL = /[+-]?[0-9]*\.[0-9]+(?:[eE][+-]?[0-9]+)?/y;
const BINARY = /[+-]?[01]+[bB]/y;
const HEXADECIMAL = /[+-]?0[xX][0-9a-fA-F]+/y;
const DECIMAL = /[+-]?[0-9]+/y;
const STRING = /"[^"\\\n]*(?:\\[^\n][^"\\\n]*)*"/y;
const CHAR = /'(?:[^'\\\n]|\\[xX][0-9a-fA-F]{1,4}|\\[^\n])'/y;
const PUNCTUATION = new Set(['[', ']', '{', '}', '(', ')', ',', ';', ':', '=', '#', '$']);
const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
  b: '\b',
  t: '\t',
  n: '\n',
  f: '\f',
  r: '\r',
  '"': '"',
  "'": "'",
  '\\': '\\',
};

/** Cuts MOF text into tokens, the last of kind `end`. @throws SchemaError with line and column. */
export function tokenizeMof(text: string, fileName: string): MofToken[] {
  const tokens: MofToken[] = [];
  const lines = lineStarts(text);
  let offset = 0;
  let lineIndex = 0;

  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = offset;
    return pattern.exec(text);
  };
  const position = (): SchemaPosition => {
    while ((lines[lineIndex + 1] ?? Number.POSITIVE_INFINITY) <= offset) lineIndex += 1;
    return { line: lineIndex + 1, column: offset - (lines[lineIndex] ?? 0) + 1 };
  };

  for (;;) {
    offset += match(WHITE_SPACE_AND_COMMENTS)?.[0].length ?? 0;
    const at = position();
    const start = text[offset];
    if (start === undefined) {
      tokens.push({ ...at, kind: 'end', text: '' });
      return tokens;
    }
    const quoted = match(STRING) ?? match(CHAR);
    const found = quoted ? undefined : (number(match, at, fileName) ?? word(match, at));
    if (quoted) {
      const kind = start === '"' ? 'string' : 'char';
      tokens.push({ ...at, kind, text: unescaped(quoted[0].slice(1, -1), at, fileName) });
      offset += quoted[0].length;
    } else if (found) {
      tokens.push(found);
      offset += found.text.length;
    } else if (PUNCTUATION.has(start)) {
      tokens.push({ ...at, kind: 'punctuation', text: start });
      offset += 1;
    } else if (start === '"' || start === "'") {
      throw new SchemaError(fileName, 'A string or character literal does not end on its line.', { position: at });
    } else if (text.startsWith('/*', offset)) {
      throw new SchemaError(fileName, 'A comment does not end.', { position: at });
    } else {
      const character = String.fromCodePoint(text.codePointAt(offset) ?? 0);
      throw new SchemaError(fileName, `${describeValue(character)} does not belong in MOF.`, { position: at });
    }
  }
}

type Matcher = (pattern: RegExp) => RegExpExecArray | null;

function word(match: Matcher, at: SchemaPosition): MofToken | undefined {
  const identifier = match(IDENTIFIER);
  return identifier ? { ...at, kind: 'identifier', text: identifier[0] } : undefined;
}

function number(match: Matcher, at: SchemaPosition, fileName: string): MofToken | undefined {
  const real = match(REAL);
  if (real) return { ...at, kind: 'real', text: real[0], value: Number(real[0]) };
  const binary = match(BINARY);
  if (binary) return integer(at, binary[0], signed(binary[0].slice(0, -1), '0b'));
  const hexadecimal = match(HEXADECIMAL);
  if (hexadecimal) return integer(at, hexadecimal[0], signed(hexadecimal[0].replace(/0[xX]/, ''), '0x'));
  const decimal = match(DECIMAL);
  if (!decimal) return undefined;
  const digits = decimal[0].replace(/^[+-]/, '');
  const octal = digits.length > 1 && digits.startsWith('0');
  if (octal && /[89]/.test(digits)) {
    throw new SchemaError(fileName, `${decimal[0]} is not an octal number; a decimal one does not begin with 0.`, {
      position: at,
    });
  }
  return integer(at, decimal[0], signed(decimal[0], octal ? '0o' : ''));
}

function integer(at: SchemaPosition, text: string, value: bigint): MofToken {
  return { ...at, kind: 'integer', text, value };
}

function signed(text: string, prefix: string): bigint {
  const magnitude = BigInt(prefix + text.replace(/^[+-]/, ''));
  return text.startsWith('-') ? -magnitude : magnitude;
}

/** DSP0004 A.2: `\b \t \n \f \r \" \' \\` and `\x` with one to four hexadecimal digits. */
function unescaped(body: string, position: SchemaPosition, fileName: string): string {
  return body.replace(/\\(?:[xX]([0-9a-fA-F]{1,4})|([\s\S]))/g, (whole, hexadecimal?: string, simple?: string) => {
    if (hexadecimal !== undefined) return String.fromCharCode(Number.parseInt(hexadecimal, 16));
    const value = SIMPLE_ESCAPES[simple ?? ''];
    if (value === undefined)
      throw new SchemaError(fileName, `${whole} is not an escape sequence of MOF.`, { position });
    return value;
  });
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let index = text.indexOf('\n'); index !== -1; index = text.indexOf('\n', index + 1)) starts.push(index + 1);
  return starts;
}
