import { valueText } from '../values/value-text.js';
import { isBlank, isDoubleQuote, isNewline, isSingleQuote, unescaped } from './command-line-characters.js';
import type { LineReader } from './line-reader.js';
import type { LineExpression } from './syntax.js';

/** Reads what a `$` in a text begins; undefined where it is a `$` and no more. */
export type DollarReader = (reader: LineReader) => LineExpression | undefined;

/** A text in pieces: what stands there, and what is put there when it is evaluated. */
export class TextParts {
  readonly #parts: (string | LineExpression)[] = [];

  add(part: string | LineExpression): void {
    const last = this.#parts.length - 1;
    const literal = typeof part !== 'string' && part.kind === 'literal' ? valueText(part.value) : part;
    const before = this.#parts[last];
    if (typeof literal === 'string' && typeof before === 'string') this.#parts[last] = before + literal;
    else this.#parts.push(literal);
  }

  /** A literal when nothing in it has to be evaluated. */
  expression(): LineExpression {
    const [first = '', ...more] = this.#parts;
    return more.length === 0 && typeof first === 'string'
      ? { kind: 'literal', value: first }
      : { kind: 'text', parts: this.#parts };
  }
}

/** True where a text in quotes of either kind begins. */
export const beginsQuotedText = (c: string): boolean => isSingleQuote(c) || isDoubleQuote(c);

/** True where a here-string begins: `@"` or `@'`. */
export const beginsHereString = (reader: LineReader): boolean =>
  reader.peek() === '@' && beginsQuotedText(reader.peek(1));

/**
 * Reads the text in quotes that begins there (about_Quoting_Rules): between single ones as it stands, between double ones with the escapes of
 * about_Special_Characters and with variables and sub-expressions. The quotation mark itself is written twice.
 * @throws UsageError where it has no end.
 */
export function readQuotedText(reader: LineReader, dollar: DollarReader): LineExpression {
  const start = reader.at;
  const isQuote = isSingleQuote(reader.peek()) ? isSingleQuote : isDoubleQuote;
  const isExpandable = isQuote === isDoubleQuote;
  const parts = new TextParts();
  reader.at += 1;
  while (!reader.isAtEnd) {
    const c = reader.peek();
    if (isExpandable && (c === '`' || c === '$')) addExpanded(reader, parts, dollar);
    else if (isQuote(c) && !isQuote(reader.peek(1))) {
      reader.at += 1;
      return parts.expression();
    } else {
      parts.add(c);
      reader.at += isQuote(c) ? 2 : 1;
    }
  }
  const quote = isExpandable ? '"' : "'";
  const twice = isExpandable ? 'a quotation mark' : 'an apostrophe';
  throw reader.error(
    `The string that begins with ${quote} has no end`,
    `Close it with ${quote}; ${twice} inside it is written twice.`,
    start,
  );
}

/** Reads a here-string: its text stands on lines of its own, and quotes in it mean nothing. @throws UsageError. */
export function readHereString(reader: LineReader, dollar: DollarReader): LineExpression {
  const start = reader.at;
  const isQuote = isSingleQuote(reader.peek(1)) ? isSingleQuote : isDoubleQuote;
  const failure = () =>
    reader.error('The here-string is not complete', 'Put its text on lines of its own, between @" and "@.', start);
  reader.at += 2;
  while (isBlank(reader.peek())) reader.at += 1;
  if (!isNewline(reader.peek())) throw failure();
  passNewline(reader);
  const parts = new TextParts();
  let isFirst = true;
  for (; !reader.isAtEnd; isFirst = false) {
    const ends = [isFirst ? reader.at : undefined, afterNewline(reader)];
    const closing = ends.find(
      (at) => at !== undefined && isQuote(reader.line.charAt(at)) && reader.line.charAt(at + 1) === '@',
    );
    if (closing !== undefined) {
      reader.at = closing + 2;
      return parts.expression();
    }
    const c = reader.peek();
    if (isQuote === isDoubleQuote && (c === '`' || c === '$')) addExpanded(reader, parts, dollar);
    else {
      parts.add(c);
      reader.at += 1;
    }
  }
  throw failure();
}

/** Where the next line begins when this one ends here. */
function afterNewline(reader: LineReader): number | undefined {
  const c = reader.peek();
  return isNewline(c) ? reader.at + (c === '\r' && reader.peek(1) === '\n' ? 2 : 1) : undefined;
}

function passNewline(reader: LineReader): void {
  reader.at = afterNewline(reader) ?? reader.at;
}

/** A backtick with what it escapes, or a `$` with what it stands for. */
export function addExpanded(reader: LineReader, parts: TextParts, dollar: DollarReader): void {
  if (reader.peek() === '`') {
    parts.add(readEscape(reader));
    return;
  }
  const expression = dollar(reader);
  if (expression === undefined) reader.at += 1;
  parts.add(expression ?? '$');
}

/** A backtick and what it escapes. */
function readEscape(reader: LineReader): string {
  const c = reader.peek(1);
  if (c === '')
    throw reader.error('The backtick at the end of the line escapes nothing', 'Remove it, or write it twice.');
  if (c === 'u') {
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
