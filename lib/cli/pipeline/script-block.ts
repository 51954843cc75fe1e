import { readBareNumber } from '../language/bare-number.js';
import { isDash } from '../language/command-line-characters.js';
import { LineReader } from '../language/line-reader.js';
import { beginsQuotedText, readQuotedText } from '../language/quoted-text.js';
import { skipWhiteSpace } from '../language/white-space.js';
import type { UsageError } from '../usage/usage-error.js';
import { type OutputItem, propertyValue } from '../views/output-object.js';
import { isTrue, passes } from './compare-values.js';
import { type StageValue, WHERE_OPERATORS } from './output-stages.js';

/** What a script block makes of one item of the pipeline. */
export type ItemExpression = (item: OutputItem) => unknown;

const WORD = /[\p{L}\p{Nd}_.+:*?[\]-]/u;
const DEEPEST = 50;
const MOST_OPERATORS = 500;

/**
 * Reads the one expression of a script block: `$_` and its properties, texts in quotes, numbers, `$true`, `$false`, `$null`, arrays of these,
 * the comparisons of Where-Object, `-and`, `-or`, `-xor`, `-not`, `!` and parentheses; no commands, methods or assignments.
 * `text` is what stands between the braces, from offset `start` of the line on.
 * @throws UsageError for everything else.
 */
export function parseScriptBlock(text: string, start: number): ItemExpression {
  return new ScriptBlockParser(text, start).whole();
}

class ScriptBlockParser {
  readonly #reader: LineReader;
  #depth = 0;
  #operators = 0;

  constructor(text: string, start: number) {
    this.#reader = new LineReader(text, 0, start);
  }

  get #text(): string {
    return this.#reader.line;
  }

  get #at(): number {
    return this.#reader.at;
  }

  set #at(place: number) {
    this.#reader.at = place;
  }

  whole(): ItemExpression {
    this.#skip();
    if (this.#peek() === '')
      throw this.#error('The script block is empty', 'Write for example { $_.State -eq "Normal" }.');
    const expression = this.#logical();
    if (this.#peek() !== '') throw this.#unsupported();
    return expression;
  }

  /** `-and`, `-or` and `-xor`, of equal rank, from left to right (about_Operator_Precedence). */
  #logical(): ItemExpression {
    let left = this.#unary();
    for (;;) {
      const operator = this.#operator(/^(?:and|or|xor)$/);
      if (operator === undefined) return left;
      const [before, right] = [left, this.#unary()];
      if (operator === 'and') left = (item) => isTrue(before(item)) && isTrue(right(item));
      else if (operator === 'or') left = (item) => isTrue(before(item)) || isTrue(right(item));
      else left = (item) => isTrue(before(item)) !== isTrue(right(item));
    }
  }

  /** `-not` binds closer than a comparison does: `-not $_.Name -eq 'x'` compares the negation. */
  #unary(): ItemExpression {
    let left = this.#operand();
    for (;;) {
      const operator = this.#operator(/^[ic]?(?:eq|ne|[gl][et]|(?:not)?(?:like|match|contains|in))$/);
      if (operator === undefined) return left;
      if (!WHERE_OPERATORS.has(operator)) throw this.#unsupported();
      const [before, right] = [left, this.#list()];
      this.#checkPattern(operator, right);
      left = (item) => passes(operator, before(item), stageValue(right(item)));
    }
  }

  /** A pattern that is not valid is reported before anything runs. */
  #checkPattern(operator: string, right: ItemExpression): void {
    try {
      passes(operator, '', stageValue(right('')));
    } catch (cause) {
      throw this.#error(`-${operator}: what follows is not a pattern: ${String(cause)}`, 'Correct the pattern.');
    }
  }

  #list(): ItemExpression {
    const items = [this.#operand()];
    while (this.#peek() === ',') {
      this.#at += 1;
      this.#skip();
      items.push(this.#operand());
    }
    const [only] = items;
    return items.length === 1 && only !== undefined ? only : (item) => items.flatMap((element) => element(item));
  }

  #operand(): ItemExpression {
    this.#depth += 1;
    if (this.#depth > DEEPEST) throw this.#error('The script block is nested too deep', 'Write a shorter one.');
    const operand = this.#one();
    this.#depth -= 1;
    this.#skip();
    return operand;
  }

  #one(): ItemExpression {
    const c = this.#peek();
    if (c === '!' || this.#operator(/^not$/) !== undefined) {
      if (c === '!') this.#at += 1;
      this.#skip();
      const operand = this.#operand();
      return (item) => !isTrue(operand(item));
    }
    if (c === '(' || (c === '@' && this.#peek(1) === '(')) return this.#parenthesis(c === '@');
    if (c === '$') return this.#variable();
    if (beginsQuotedText(c)) {
      const text = readQuotedText(this.#reader);
      return () => text;
    }
    const [word = ''] =
      /^[+-]?\d[\p{L}\p{Nd}_.]*(?:(?<=e)[+-]\d+)?/iu.exec(this.#text.slice(this.#at, this.#at + 400)) ?? [];
    const number = readBareNumber(word);
    if (number === undefined) throw this.#unsupported();
    this.#at += word.length;
    return () => number;
  }

  #parenthesis(isArray: boolean): ItemExpression {
    this.#at += isArray ? 2 : 1;
    this.#skip();
    const inner = isArray ? this.#list() : this.#logical();
    if (this.#peek() !== ')') throw this.#unsupported();
    this.#at += 1;
    return isArray ? (item) => [inner(item)].flat() : inner;
  }

  #variable(): ItemExpression {
    const name = /^\$(?:_|[\p{L}\p{Nd}_?:]+)/u.exec(this.#text.slice(this.#at))?.[0] ?? '$';
    switch (name.toLowerCase()) {
      case '$true':
      case '$false':
      case '$null': {
        this.#at += name.length;
        const value = name.toLowerCase() === '$null' ? null : name.toLowerCase() === '$true';
        return () => value;
      }
      case '$_':
      case '$psitem':
        this.#at += name.length;
        return this.#property();
      default:
        throw this.#error(
          `The variable ${name} is not known in a script block`,
          'It knows $_, $true, $false and $null.',
        );
    }
  }

  #property(): ItemExpression {
    if (this.#peek() !== '.') return (item) => item;
    this.#at += 1;
    const c = this.#peek();
    const name = beginsQuotedText(c) ? readQuotedText(this.#reader) : this.#word(/[\p{L}\p{Nd}_]/u);
    if (name === '' || this.#peek() === '.' || this.#peek() === '(' || this.#peek() === '[') throw this.#unsupported();
    return (item) => propertyValue(item, name);
  }

  /** Steps over `-name` when the name, in lower case, fits. */
  #operator(names: RegExp): string | undefined {
    if (!isDash(this.#peek())) return undefined;
    const name = (/^[A-Za-z]+/.exec(this.#text.slice(this.#at + 1))?.[0] ?? '').toLowerCase();
    if (!names.test(name)) return undefined;
    this.#operators += 1;
    if (this.#operators > MOST_OPERATORS) throw this.#error('The script block is too long', 'Write a shorter one.');
    this.#at += 1 + name.length;
    this.#skip();
    return name;
  }

  #word(characters: RegExp): string {
    const start = this.#at;
    while (this.#at < this.#text.length && characters.test(this.#peek())) this.#at += 1;
    return this.#text.slice(start, this.#at);
  }

  #peek(ahead = 0): string {
    return this.#reader.peek(ahead);
  }

  #skip(): void {
    skipWhiteSpace(this.#reader, true);
  }

  #unsupported(): UsageError {
    const found = this.#word(WORD) || this.#peek() || 'its end';
    return this.#error(
      `${JSON.stringify(found)} is not supported there in a script block`,
      'It compares properties with values: { $_.State -eq "Normal" -and $_.Name -like "SFO*" }. Put texts in quotes.',
    );
  }

  #error(message: string, hint: string): UsageError {
    return this.#reader.error(message, hint);
  }
}

/** What the comparisons take on their right. */
function stageValue(value: unknown): StageValue | readonly StageValue[] {
  if (Array.isArray(value)) return value.map((element) => stageValue(element) as StageValue);
  return value === null || value === undefined ? null : typeof value === 'boolean' ? value : String(value);
}
