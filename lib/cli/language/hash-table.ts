import { UsageError } from '../usage/usage-error.js';
import {
  isBlank,
  isDoubleQuote,
  isNewline,
  isSingleQuote,
  isVariableCharacter,
  unescaped,
} from './command-line-characters.js';

/** A value inside a hash table: numbers that stand bare are numbers there, as in PowerShell's expressions. */
export type TableValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | readonly TableValue[]
  | { readonly [name: string]: TableValue };

const NUMBER = /^[+-]?(?:0x[0-9a-f]+|\d+(?:\.\d+)?(?:e[+-]?\d+)?)$/i;
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
  at: number;
  readonly #line: string;
  #depth = 0;

  constructor(line: string, start: number) {
    this.#line = line;
    this.at = start;
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
    return this.#line.charAt(this.at + ahead);
  }

  #skip(betweenEntries: boolean): void {
    for (;;) {
      const c = this.#peek();
      const isGap = c !== '' && (isBlank(c) || (betweenEntries && (c === ';' || isNewline(c))));
      if (!isGap) return;
      this.at += 1;
    }
  }

  #key(): string {
    const c = this.#peek();
    const key = isSingleQuote(c) || isDoubleQuote(c) ? this.#quoted() : this.#bare(/[\s=;{}(),]/);
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
    if (isSingleQuote(c) || isDoubleQuote(c)) return this.#quoted();
    if (c === '{') {
      throw this.#error(
        'A script block in a hash table (a calculated property) is not supported',
        'Give names of properties: Select-Object Name, State.',
      );
    }
    const word = this.#bare(/[\s,;(){}]/);
    if (word === '')
      throw this.#error('A value is missing in the hash table', "Write it after the =; '' is an empty text.");
    if (word.startsWith('$')) return this.#literal(word);
    return NUMBER.test(word) ? numberOf(word) : word;
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
    while (this.at < this.#line.length && !ends.test(this.#peek())) this.at += 1;
    return this.#line.slice(start, this.at);
  }

  #quoted(): string {
    const start = this.at;
    const isQuote = isSingleQuote(this.#peek()) ? isSingleQuote : isDoubleQuote;
    const expands = isQuote === isDoubleQuote;
    let text = '';
    this.at += 1;
    while (this.at < this.#line.length) {
      const c = this.#peek();
      const next = this.#peek(1);
      if (isQuote(c) && !isQuote(next)) {
        this.at += 1;
        return text;
      }
      if (expands && c === '$' && next !== '' && (isVariableCharacter(next) || '({'.includes(next))) {
        throw this.#error('A variable in a text is not supported', 'Put a text with a $ between single quotes.');
      }
      const isPair = isQuote(c) || (expands && c === '`');
      text += expands && c === '`' ? unescaped(next) : c;
      this.at += isPair ? 2 : 1;
    }
    this.at = start;
    throw this.#error('A text in the hash table has no end', 'Close its quotes.');
  }

  #error(message: string, hint: string): UsageError {
    return new UsageError(`${message} (at column ${this.at + 1} of the PowerShell line).`, hint);
  }
}

function numberOf(word: string): number | bigint {
  const value = Number(word.replace(/^\+/, ''));
  if (!Number.isNaN(value) && (Number.isSafeInteger(value) || !/^[+-]?\d+$/.test(word))) return value;
  return BigInt(word.replace(/^\+/, ''));
}
