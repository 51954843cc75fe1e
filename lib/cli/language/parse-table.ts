import { NumberValue } from '../values/number-value.js';
import type { LineReader } from './line-reader.js';
import { beginsQuotedText } from './quoted-text.js';
import { type LineExpression, listOrOnly, type Statement, type TableEntry } from './syntax.js';
import { skipWhiteSpace } from './white-space.js';

/** Reads the statements inside an expression. */
export interface StatementReader {
  /** All of them, up to the character that closes them. */
  statements(close: ')' | '}'): readonly Statement[];
  /** One. */
  statement(close: ')' | '}'): Statement;
}

/** Reads hash tables: `@{ Name = 'value'; Count = 5 }` (about_Hash_Tables). */
export class TableParser {
  readonly #reader: LineReader;
  readonly #inner: StatementReader;
  readonly #quotedName: () => string;

  constructor(reader: LineReader, inner: StatementReader, quotedName: () => string) {
    this.#reader = reader;
    this.#inner = inner;
    this.#quotedName = quotedName;
  }

  /** What stands between `@{` and `}`, which is not read. */
  entries(): TableEntry[] {
    this.#reader.at += 2;
    const entries: TableEntry[] = [];
    for (;;) {
      this.#skipSeparators();
      if (this.#reader.peek() === '}' || this.#reader.isAtEnd) break;
      const key = this.#key();
      if (entries.some((entry) => entry.key.toLowerCase() === key.toLowerCase()))
        throw this.#reader.error(`The key ${key} stands twice in a hash table`, 'Write it once.');
      skipWhiteSpace(this.#reader);
      if (this.#reader.peek() !== '=')
        throw this.#reader.error(`The key ${key} has no =`, 'Write @{ Name = value; Other = value }.');
      this.#reader.at += 1;
      skipWhiteSpace(this.#reader, true);
      if (/^[;}]?$/.test(this.#reader.peek()))
        throw this.#reader.error('A value is missing in the hash table', "Write it after the =; '' is an empty text.");
      entries.push({ key, value: this.#tableValue() });
    }
    return entries;
  }

  /** A value, or bare words, which are texts here: the user's shell may have taken their quotes away. */
  #tableValue(): Statement {
    const word = /[\p{L}_][^\s;,(){}'"\u2018-\u201e|&<>=]*(?:,[^\s;,(){}'"\u2018-\u201e|&<>=$@[]+)*/uy;
    const written = this.#reader.match(word);
    if (written === '' || /^\p{L}+-\p{L}/u.test(written)) {
      this.#reader.at -= written.length;
      return this.#inner.statement('}');
    }
    skipWhiteSpace(this.#reader);
    if (!/^[;}\r\n]?$/.test(this.#reader.peek()))
      throw this.#reader.error(
        'Something follows a bare word in the hash table',
        'Separate entries by ; and put a text with spaces in quotes.',
      );
    const expression = listOrOnly(
      written
        .split(',')
        .map((piece): LineExpression => ({ kind: 'literal', value: NumberValue.ofWord(piece) ?? piece })),
    );
    return { pipeline: { head: { kind: 'head', expression, redirections: [] }, commands: [] } };
  }

  #skipSeparators(): void {
    skipWhiteSpace(this.#reader, true);
    while (this.#reader.peek() === ';') {
      this.#reader.at += 1;
      skipWhiteSpace(this.#reader, true);
    }
  }

  #key(): string {
    const c = this.#reader.peek();
    if (beginsQuotedText(c)) return this.#quotedName();
    const word = this.#reader.match(/[^\s=;{}(),'"$@|&<>]+/y);
    if (word === '') throw this.#reader.error('A key is missing in the hash table', 'Write @{ Name = value }.');
    const number = NumberValue.ofWord(word);
    if (number !== undefined) return String(number);
    if (/^[\p{L}_][\p{L}\p{Nd}_]*$/u.test(word)) return word;
    throw this.#reader.error(`The key ${word} has other characters than letters, digits and _`, 'Put it in quotes.');
  }
}
