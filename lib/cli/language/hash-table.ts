import type { UsageError } from '../usage/usage-error.js';
import { readBareNumber } from './bare-number.js';
import { isNewline } from './command-line-characters.js';
import { LineReader } from './line-reader.js';
import { beginsQuotedText, readQuotedText } from './quoted-text.js';
import { skipWhiteSpace } from './white-space.js';

/** A value inside a hash table: numbers that stand bare are numbers there, as in PowerShell's expressions. */
export type TableValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | readonly TableValue[]
  | { readonly [name: string]: TableValue };

const DEEPEST = 20;

/**
 * Reads the hash table `@{ Name = 'value'; Count = 5; Names = 'a','b' }` that begins at `start` of a line. A bare word is text, since the
 * user's shell may have taken its quotes away. Messages show no value, for one may be a secret.
 * Throws {@link UsageError}.
 */
export function readHashTable(
  line: string,
  start: number,
): { readonly table: Readonly<Record<string, TableValue>>; readonly end: number } {
  const reader = new HashTableReader(line, start);
  const table = reader.table();
  return { table, end: reader.at };
}

class HashTableReader {
  readonly #reader: LineReader;
  #depth = 0;

  constructor(line: string, start: number) {
    this.#reader = new LineReader(line, start);
  }

  get at(): number {
    return this.#reader.at;
  }

  set at(place: number) {
    this.#reader.at = place;
  }

  table(): Readonly<Record<string, TableValue>> {
    const start = this.at;
    this.at += 2;
    this.#depth += 1;
    if (this.#depth > DEEPEST) throw this.#error('The hash table is nested too deep', 'Flatten it.');
    const table: Record<string, TableValue> = Object.create(null);
    for (;;) {
      this.#skip(true);
      const c = this.#peek();
      if (c === '}') break;
      if (c === '') {
        this.at = start;
        throw this.#error('The hash table that begins with @{ has no end', 'Close it with }.');
      }
      const key = this.#key();
      if (Object.hasOwn(table, key)) throw this.#error(`The key ${key} stands twice in a hash table`, 'Write it once.');
      this.#skip(false);
      if (this.#peek() !== '=') throw this.#error(`The key ${key} has no =`, 'Write @{ Name = value; Other = value }.');
      this.at += 1;
      table[key] = this.#values();
      this.#skip(false);
      const next = this.#peek();
      if (next !== '' && next !== '}' && next !== ';' && !isNewline(next)) {
        throw this.#error(
          `Something follows the value of ${key}`,
          'Separate entries by ; and put a text with spaces in quotes.',
        );
      }
    }
    this.at += 1;
    this.#depth -= 1;
    return table;
  }

  #peek(ahead = 0): string {
    return this.#reader.peek(ahead);
  }

  #skip(betweenEntries: boolean): void {
    skipWhiteSpace(this.#reader, betweenEntries);
    while (betweenEntries && this.#peek() === ';') {
      this.at += 1;
      skipWhiteSpace(this.#reader, true);
    }
  }

  #key(): string {
    const c = this.#peek();
    const key = beginsQuotedText(c) ? readQuotedText(this.#reader, true) : this.#bare(/[\s=;{}(),]/);
    if (key !== '') return key;
    throw this.#error('A key is missing in the hash table', 'Write @{ Name = value }.');
  }

  /** One value, or several with commas between them. */
  #values(): TableValue {
    const values: TableValue[] = [];
    for (;;) {
      this.#skip(false);
      values.push(this.#value());
      this.#skip(false);
      if (this.#peek() !== ',') break;
      this.at += 1;
      this.#skip(true);
    }
    const [only = null] = values;
    return values.length === 1 ? only : values;
  }

  #value(): TableValue {
    const c = this.#peek();
    if (c === '@' && this.#peek(1) === '{') return this.table();
    if (c === '@' && this.#peek(1) === '(') return this.#array();
    if (beginsQuotedText(c)) return readQuotedText(this.#reader, true);
    if (c === '{') {
      throw this.#error(
        'A script block in a hash table (a calculated property) is not supported',
        'Give names of properties: Select-Object Name, State.',
      );
    }
    const word = this.#bare(/[\s,;(){}'"\u2018-\u201e]/);
    if (word === '')
      throw this.#error('A value is missing in the hash table', "Write it after the =; '' is an empty text.");
    if (word.startsWith('$')) return this.#literal(word);
    return readBareNumber(word) ?? word;
  }

  #array(): TableValue {
    this.at += 2;
    const items: TableValue[] = [];
    for (;;) {
      this.#skip(true);
      if (this.#peek() === ')') break;
      if (this.#peek() === '') throw this.#error('The array that begins with @( has no end', 'Close it with ).');
      const value = this.#values();
      if (Array.isArray(value)) items.push(...(value as readonly TableValue[]));
      else items.push(value);
      this.#skip(false);
      const next = this.#peek();
      if (next !== ')' && next !== ';' && next !== '' && !isNewline(next))
        throw this.#error(
          'Something follows a value of the array',
          'Put a comma between values, and quotes around a text with spaces.',
        );
    }
    this.at += 1;
    return items;
  }

  #literal(word: string): TableValue {
    switch (word.toLowerCase()) {
      case '$true':
        return true;
      case '$false':
        return false;
      case '$null':
        return null;
      default:
        throw this.#error(
          'A variable is not supported in a hash table; only $true, $false and $null are',
          'Write the value.',
        );
    }
  }

  #bare(ends: RegExp): string {
    const start = this.at;
    while (this.at < this.#reader.line.length && !ends.test(this.#peek())) this.at += 1;
    return this.#reader.line.slice(start, this.at);
  }

  #error(message: string, hint: string): UsageError {
    return this.#reader.error(message, hint);
  }
}
