import { isDoubleQuote, isSingleQuote, isVariableCharacter, unescaped } from './command-line-characters.js';
import type { LineReader } from './line-reader.js';

const CONSTANTS: ReadonlyMap<string, string> = new Map([
  ['true', 'True'],
  ['false', 'False'],
  ['null', ''],
]);

/** True where a text in quotes of either kind begins. */
export const beginsQuotedText = (c: string): boolean => isSingleQuote(c) || isDoubleQuote(c);

/**
 * Reads the text in quotes that begins there (about_Quoting_Rules): between single ones as it stands, between double ones with the escapes of
 * about_Special_Characters and with `$true`, `$false` and `$null`. The quotation mark itself is written twice. `secret`: the text may be one,
 * so that no error names what stands in it.
 * @throws UsageError where it has no end, or needs more than these three variables.
 */
export function readQuotedText(reader: LineReader, secret = false): string {
  const start = reader.at;
  const isQuote = isSingleQuote(reader.peek()) ? isSingleQuote : isDoubleQuote;
  const isExpandable = isQuote === isDoubleQuote;
  let text = '';
  reader.at += 1;
  while (!reader.isAtEnd) {
    const c = reader.peek();
    if (isExpandable && c === '`') text += readEscape(reader);
    else if (isExpandable && c === '$') text += readDollar(reader, secret);
    else if (isQuote(c) && !isQuote(reader.peek(1))) {
      reader.at += 1;
      return text;
    } else {
      text += c;
      reader.at += isQuote(c) ? 2 : 1;
    }
  }
  throw reader.error(
    `The string that begins with ${isExpandable ? '"' : "'"} has no end`,
    isExpandable
      ? 'Close it with "; a quotation mark inside it is written twice.'
      : "Close it with '; an apostrophe inside it is written twice.",
    start,
  );
}

/** A backtick and what it escapes. */
export function readEscape(reader: LineReader): string {
  const c = reader.peek(1);
  if (c === '')
    throw reader.error('The backtick at the end of the line escapes nothing', 'Remove it, or write it twice.');
  if (c === 'u' && reader.peek(2) === '{') {
    const code = /^\{([0-9A-Fa-f]{1,6})\}/.exec(reader.line.slice(reader.at + 2, reader.at + 10));
    const codePoint = code?.[1] === undefined ? Number.NaN : Number.parseInt(code[1], 16);
    if (code === null || !(codePoint <= 0x10ffff))
      throw reader.error('`u{…} wants one to six hexadecimal digits, at most 10FFFF', 'Correct the escape.');
    reader.at += 2 + code[0].length;
    return String.fromCodePoint(codePoint);
  }
  reader.at += 2;
  return unescaped(c);
}

/** `$` inside a text: the three constants are expanded, other variables refused, and a `$` before anything else is itself. */
export function readDollar(reader: LineReader, secret: boolean): string {
  const next = reader.peek(1);
  if (!/^[({$^]$/.test(next) && (next === '' || !isVariableCharacter(next) || next === ':')) {
    reader.at += 1;
    return '$';
  }
  const name = variableNameAfterDollar(reader);
  const value = CONSTANTS.get(name.toLowerCase());
  if (value === undefined) throw unsupportedVariable(reader, name, secret, ' in a text');
  reader.at += 1 + name.length;
  return value;
}

/** The name that follows the `$`, which may be none. */
export function variableNameAfterDollar(reader: LineReader): string {
  if (reader.peek(1) === '(')
    throw reader.error('$( begins a sub-expression, which is not supported', 'Write the value itself.');
  let end = reader.at + 1;
  while (end < reader.line.length && isVariableCharacter(reader.line.charAt(end))) end += 1;
  return reader.line.slice(reader.at + 1, end);
}

export function unsupportedVariable(reader: LineReader, name: string, secret: boolean, where: string) {
  const shown = secret ? 'A variable' : `The variable $${name === '' ? reader.peek(1) : name}`;
  return reader.error(
    `${shown} is not supported${where}; only $true, $false and $null are`,
    'Write the value itself. In text that has a $, put it between single quotes or write `$.',
  );
}
