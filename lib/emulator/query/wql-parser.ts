import { WqlError } from './wql-error.js';
import { type WqlToken, wqlTokens } from './wql-lexer.js';
import type { WqlCondition, WqlConstant, WqlOperand, WqlOperator, WqlProperty, WqlQuery } from './wql-query.js';

/** Parentheses and NOTs in each other; WMI has such a limit, too. */
const DEEPEST = 100;

const OPERATORS: ReadonlyMap<string, WqlOperator> = new Map([
  ['=', '='],
  ['<>', '<>'],
  ['!=', '<>'],
  ['<', '<'],
  ['<=', '<='],
  ['>', '>'],
  ['>=', '>='],
]);

/** What a comparison says when its sides change places. */
const MIRRORED: Readonly<Record<WqlOperator, WqlOperator>> = {
  '=': '=',
  '<>': '<>',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
};

/** Words that cannot name a class or property. */
const RESERVED = new Set(['select', 'from', 'where', 'and', 'or', 'not', 'like', 'is', 'isa', 'null', 'within']);

/**
 * Reads a query: `select *|names from Class [within seconds] [where condition]`, keywords in any case. ASSOCIATORS OF, REFERENCES OF,
 * GROUP and HAVING are not taken.
 * @throws WqlError where the text leaves the grammar.
 */
export function parseWql(text: string): WqlQuery {
  return new Parser(wqlTokens(text)).query();
}

class Parser {
  readonly #tokens: readonly WqlToken[];
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly WqlToken[]) {
    this.#tokens = tokens;
  }

  query(): WqlQuery {
    this.#expectWord('select');
    const properties = this.#takeSymbol('*') ? undefined : this.#properties();
    this.#expectWord('from');
    const { text: className, position: classPosition } = this.#name('the name of a class');
    const within = this.#takeWord('within') ? this.#seconds() : undefined;
    const where = this.#takeWord('where') ? this.#condition() : undefined;
    const rest = this.#peek();
    if (rest.kind !== 'end') throw unexpected(rest, 'the end of the query');
    return { properties, className, classPosition, within, where };
  }

  #properties(): WqlProperty[] {
    const properties = [this.#property()];
    while (this.#takeSymbol(',')) properties.push(this.#property());
    return properties;
  }

  #seconds(): number {
    const token = this.#next();
    const seconds = token.kind === 'number' ? Number(token.text) : Number.NaN;
    if (!(seconds >= 0) || !Number.isFinite(seconds)) throw unexpected(token, 'a number of seconds');
    return seconds;
  }

  #condition(): WqlCondition {
    return this.#list('or', () => this.#list('and', () => this.#negation()));
  }

  #list(kind: 'and' | 'or', part: () => WqlCondition): WqlCondition {
    const first = part();
    if (!this.#isWord(kind)) return first;
    const conditions = [first];
    while (this.#takeWord(kind)) conditions.push(part());
    return { kind, conditions };
  }

  #negation(): WqlCondition {
    const start = this.#peek();
    if (this.#depth >= DEEPEST) throw new WqlError('The condition is nested too deep', start.position);
    this.#depth++;
    try {
      if (this.#takeWord('not')) return { kind: 'not', condition: this.#negation() };
      if (!this.#takeSymbol('(')) return this.#term();
      const condition = this.#condition();
      if (!this.#takeSymbol(')')) throw unexpected(this.#peek(), ')');
      return condition;
    } finally {
      this.#depth--;
    }
  }

  #term(): WqlCondition {
    const left = this.#operand();
    if (left.kind === 'property') {
      if (this.#takeWord('like')) return { kind: 'like', property: left, pattern: this.#string() };
      if (this.#takeWord('isa')) {
        const { position } = this.#peek();
        return { kind: 'isa', property: left, className: this.#className(), position };
      }
      if (this.#takeWord('is')) {
        const isNull = !this.#takeWord('not');
        this.#expectWord('null');
        return { kind: 'null', property: left, isNull };
      }
    }
    const sign = this.#next();
    const operator = sign.kind === 'symbol' ? OPERATORS.get(sign.text) : undefined;
    if (operator === undefined) throw unexpected(sign, 'an operator');
    const right = this.#operand();
    if (left.kind === 'constant' && right.kind === 'constant') {
      throw new WqlError('The comparison names no property', left.position);
    }
    return comparison(operator, left, right, sign.position);
  }

  #operand(): WqlOperand {
    const token = this.#peek();
    const constant = constantOf(token);
    if (constant === undefined) return this.#property();
    this.#at++;
    return constant;
  }

  /** `__THIS` is the instance itself, so that it has an empty path. */
  #property(): WqlProperty {
    const first = this.#name('the name of a property');
    const path = [first.text];
    while (this.#takeSymbol('.')) path.push(this.#name('the name of a property').text);
    const isThis = path.length === 1 && first.text.toLowerCase() === '__this';
    return { kind: 'property', path: isThis ? [] : path, position: first.position };
  }

  #string(): string {
    const token = this.#next();
    if (token.kind !== 'string') throw unexpected(token, 'a string');
    return token.text;
  }

  #className(): string {
    const token = this.#next();
    if (token.kind === 'string' && token.text !== '') return token.text;
    if (token.kind === 'word' && !RESERVED.has(token.text.toLowerCase())) return token.text;
    throw unexpected(token, 'the name of a class');
  }

  #name(what: string): WqlToken {
    const token = this.#next();
    if (token.kind === 'word' && !RESERVED.has(token.text.toLowerCase())) return token;
    throw unexpected(token, what);
  }

  #expectWord(word: string): void {
    if (!this.#takeWord(word)) throw unexpected(this.#peek(), word.toUpperCase());
  }

  #isWord(word: string): boolean {
    const token = this.#peek();
    return token.kind === 'word' && token.text.toLowerCase() === word;
  }

  #takeWord(word: string): boolean {
    if (!this.#isWord(word)) return false;
    this.#at++;
    return true;
  }

  #takeSymbol(symbol: string): boolean {
    const token = this.#peek();
    if (token.kind !== 'symbol' || token.text !== symbol) return false;
    this.#at++;
    return true;
  }

  #peek(): WqlToken {
    return this.#tokens[this.#at] ?? END;
  }

  #next(): WqlToken {
    const token = this.#peek();
    if (token.kind !== 'end') this.#at++;
    return token;
  }
}

const END: WqlToken = { kind: 'end', text: '', position: 0 };

/** A constant on the left changes places, and `= null` is another way to write IS NULL. */
function comparison(operator: WqlOperator, left: WqlOperand, right: WqlOperand, position: number): WqlCondition {
  if (left.kind === 'constant') return comparison(MIRRORED[operator], right, left, position);
  if (right.kind === 'property' || right.value !== null) return { kind: 'comparison', operator, left, right };
  if (operator === '=' || operator === '<>') return { kind: 'null', property: left, isNull: operator === '=' };
  throw new WqlError('NULL is neither more nor less than anything', position);
}

function constantOf({ kind, text, position }: WqlToken): WqlConstant | undefined {
  const constant = (value: WqlConstant['value']): WqlConstant => ({ kind: 'constant', value, position });
  if (kind === 'string') return constant(text);
  if (kind === 'number') return constant(numberOf(text));
  if (kind !== 'word') return undefined;
  switch (text.toLowerCase()) {
    case 'true':
      return constant(true);
    case 'false':
      return constant(false);
    case 'null':
      return constant(null);
    default:
      return undefined;
  }
}

function numberOf(text: string): number | bigint {
  if (/[.]|^[+-]?\d+e/i.test(text)) return Number(text);
  const negative = text.startsWith('-');
  const magnitude = BigInt(text.replace(/^[+-]/, ''));
  const value = negative ? -magnitude : magnitude;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

function unexpected({ kind, text, position }: WqlToken, wanted: string): WqlError {
  const found = kind === 'end' ? 'ends' : `has ${JSON.stringify(text.slice(0, 40))}`;
  return new WqlError(`The query ${found} where ${wanted} is expected`, position);
}
