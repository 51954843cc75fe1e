import { METHOD_NAMES } from '../values/methods.js';
import { NumberValue } from '../values/number-value.js';
import { COMPARISONS } from '../values/operators.js';
import { staticKind } from '../values/static-members.js';
import { castType } from './cast-types.js';
import { isDash } from './command-line-characters.js';
import type { LineReader } from './line-reader.js';
import { type StatementReader, TableParser } from './parse-table.js';
import { beginsHereString, beginsQuotedText, readHereString, readQuotedText } from './quoted-text.js';
import { isIntrinsic, operatorRemedy } from './refused-names.js';
import { type Block, type CastType, type LineExpression, listOrOnly, type Nested } from './syntax.js';
import { skipWhiteSpace } from './white-space.js';

const CONSTANTS: ReadonlyMap<string, boolean | null> = new Map<string, boolean | null>([
  ['true', true],
  ['false', false],
  ['null', null],
]);
const NUMBER =
  /(?:0x[0-9a-f]*|0b[01]+|(?:\d+(?:\.\d+|\.(?![.\p{L}_]))?|\.\d+)(?:e[+-]?\d+)?)(?:u[ysl]?|[ysldn])?(?:[kmgtp]b)?/iuy;
const VARIABLE = /\$(?:\{[^}]*\}?|[$^]|[\p{L}\p{Nd}_?:]+)/uy;
const NAME = /[\p{L}_][\p{L}\p{Nd}_]*/uy;
const OPERATOR = /[a-z]+/iy;
const DEEPEST = 60;
/** So many operators, members and indices may follow each other in one expression. */
const LONGEST_CHAIN = 500;

/** What an operator of PowerShell does that a line does not have. */
const ARITHMETIC = /^(?:\+\+?|--?|\*|\/|%|\.\.)/;

/**
 * Reads expressions (about_Operators, about_Operator_Precedence) at a place of the line.
 */
export class ExpressionParser {
  readonly #reader: LineReader;
  readonly #inner: StatementReader;
  #depth = 0;
  /** A comma makes an array. */
  #takesLists = true;

  constructor(reader: LineReader, inner: StatementReader) {
    this.#reader = reader;
    this.#inner = inner;
  }

  /** A whole expression: `-and`, `-or` and `-xor`, of equal rank, join comparisons. */
  expression(): LineExpression {
    return this.#nested(() => {
      let left = this.#comparison();
      for (let links = 0; ; links += 1) {
        this.#limit(links);
        const operator = this.#operator((name) => name === 'and' || name === 'or' || name === 'xor');
        if (operator === undefined) return left;
        left = { kind: 'binary', operator, left, right: this.#comparison() };
      }
    });
  }

  /** Comparisons and `-join`, from left to right; each operand is a list. */
  #comparison(): LineExpression {
    let left = this.#list();
    for (let links = 0; ; links += 1) {
      this.#limit(links);
      const operator = this.#operator((name) => COMPARISONS.has(name) || /^(?:join|is|isnot)$/.test(name));
      if (operator === undefined) {
        this.#refuseArithmetic();
        return left;
      }
      const right: LineExpression = /^is/.test(operator) ? this.#typeName() : this.#list();
      left = { kind: 'binary', operator, left, right };
    }
  }

  /** Values with commas between them: an array. */
  #list(): LineExpression {
    const elements = [this.#unary()];
    for (;;) {
      skipWhiteSpace(this.#reader);
      if (!this.#takesLists || this.#reader.peek() !== ',') break;
      this.#reader.at += 1;
      skipWhiteSpace(this.#reader, true);
      elements.push(this.#unary());
    }
    return listOrOnly(elements);
  }

  #unary(): LineExpression {
    return this.#nested(() => {
      skipWhiteSpace(this.#reader);
      const c = this.#reader.peek();
      if (c === '!') {
        this.#reader.at += 1;
        return { kind: 'unary', operator: 'not', operand: this.#unary() };
      }
      if (isDash(c) && /[\d.]/.test(this.#reader.peek(1)) && !isDash(this.#reader.peek(1))) return this.#negative();
      const operator = this.#operator((name) => name === 'not' || name === 'join');
      if (operator === 'not' || operator === 'join') return { kind: 'unary', operator, operand: this.#unary() };
      if (c === ',' && this.#takesLists) {
        this.#reader.at += 1;
        return { kind: 'array', elements: [this.#unary()] };
      }
      if (c === '[') return this.#cast();
      return this.primary();
    });
  }

  #negative(): LineExpression {
    this.#reader.at += 1;
    const operand = this.#unary();
    if (operand.kind !== 'literal' || !(operand.value instanceof NumberValue))
      return { kind: 'unary', operator: '-', operand };
    return { kind: 'literal', value: new NumberValue(operand.value.type, -operand.value.value) };
  }

  #cast(): LineExpression {
    const { at } = this.#reader;
    const type = this.#typeInBrackets();
    if (this.#reader.peek() === ':' && this.#reader.peek(1) === ':') return this.#postfix(this.#staticMember(type, at));
    return { kind: 'cast', type, operand: this.#unary() };
  }

  #staticMember(type: CastType, at: number): LineExpression {
    this.#reader.at += 2;
    const name = this.#reader.match(NAME);
    const isCall = this.#reader.peek() === '(';
    if (staticKind(type, name) !== (isCall ? 'method' : 'value')) {
      throw this.#reader.error(
        `[${type.toLowerCase()}]::${name}${isCall ? '()' : ''} is not there`,
        'There are [timespan]::FromHours(2) and its like, [timespan]::Zero, [string]::IsNullOrEmpty($x), and Parse of time spans, addresses and versions.',
        at,
      );
    }
    return { kind: 'static', type, name, ...(isCall ? { arguments: this.#arguments() } : {}) };
  }

  /** What stands between the parentheses of a method, where a comma parts values and makes no array. */
  #arguments(): LineExpression[] {
    const { at } = this.#reader;
    const values: LineExpression[] = [];
    this.#reader.at += 1;
    this.#withLists(false, () => {
      skipWhiteSpace(this.#reader, true);
      while (this.#reader.peek() !== ')') {
        values.push(this.expression());
        skipWhiteSpace(this.#reader, true);
        if (this.#reader.peek() !== ',') break;
        this.#reader.at += 1;
        skipWhiteSpace(this.#reader, true);
        if (this.#reader.peek() === ')')
          throw this.#reader.error('A value is missing after a comma', 'Remove the comma, or write the value.');
      }
    });
    this.#close(')', 'What a method is given', at);
    return values;
  }

  #withLists<T>(takesLists: boolean, read: () => T): T {
    const before = this.#takesLists;
    this.#takesLists = takesLists;
    const result = read();
    this.#takesLists = before;
    return result;
  }

  #typeName(): LineExpression {
    skipWhiteSpace(this.#reader);
    if (this.#reader.peek() !== '[') throw this.#reader.error('-is wants a type', 'Write for example -is [string].');
    return { kind: 'literal', value: this.#typeInBrackets() };
  }

  #typeInBrackets() {
    const { at } = this.#reader;
    const whole = this.#reader.match(/\[[^[\]]{1,80}(?:\[\])?\]/y);
    const type = castType(whole.slice(1, -1));
    if (type !== undefined) return type;
    throw this.#reader.error(
      whole === '' ? 'A [ stands where a value is expected' : `The type ${whole} is not there`,
      'A line knows [string], [int], [uint32] and the other numbers, [bool], [timespan], [datetime], [ipaddress], [version] and [pscustomobject].',
      at,
    );
  }

  /** One value with its members and indices. */
  primary(): LineExpression {
    return this.#postfix(this.#value());
  }

  #postfix(first: LineExpression): LineExpression {
    let value = first;
    for (let links = 0; ; links += 1) {
      this.#limit(links);
      const { at } = this.#reader;
      const c = this.#reader.peek();
      if (c === '.' && this.#reader.peek(1) !== '.') value = this.#member(value);
      else if (c === '[') {
        this.#reader.at += 1;
        skipWhiteSpace(this.#reader, true);
        const index = this.#withLists(true, () => this.expression());
        this.#close(']', 'An index', at);
        value = { kind: 'index', target: value, index };
      } else return value;
    }
  }

  /** `.Name` and `.Name(…)`. */
  #member(target: LineExpression): LineExpression {
    this.#reader.at += 1;
    const { at } = this.#reader;
    const name = beginsQuotedText(this.#reader.peek()) ? this.#quotedName() : this.#reader.match(NAME);
    if (name === '')
      throw this.#reader.error('The name of a property is expected after the dot', 'Write for example $_.Name.');
    if (isIntrinsic(name))
      throw this.#reader.error(
        `.${name} is not there`,
        'End the line in | Select-Object -First 1 | Format-List * to see what properties an object has; Get-CimClass shows a class.',
        at,
      );
    if (this.#reader.peek() !== '(') return { kind: 'member', target, name };
    if (METHOD_NAMES.has(name.toLowerCase())) return { kind: 'call', target, name, arguments: this.#arguments() };
    throw this.#reader.error(
      `${name}() is a method that a line does not have`,
      'It has StartsWith, EndsWith, Contains, Replace, Split, Trim, Substring, ToUpper, ToLower, ToString, AddDays and the like; compare with -like and -match, join with -join.',
      at,
    );
  }

  #quotedName(): string {
    const text = this.quoted();
    if (text.kind !== 'literal')
      throw this.#reader.error('The name of a property has a variable in it', 'Write the name itself.');
    return String(text.value);
  }

  #value(): LineExpression {
    const c = this.#reader.peek();
    const next = this.#reader.peek(1);
    if (c === '(') return this.#statementsIn('(', 1);
    if (c === '@' && next === '(') return this.#statementsIn('@(', 2);
    if (c === '@' && next === '{') return this.#table();
    if (c === '{') return this.block();
    if (beginsQuotedText(c) || beginsHereString(this.#reader)) return this.quoted();
    if (c === '$') return this.variable() ?? this.#unexpected();
    const number = this.#number();
    return number ?? this.#unexpected();
  }

  /** A text in quotes, or a here-string. */
  quoted(): LineExpression {
    const dollar = () => this.variable();
    return beginsHereString(this.#reader) ? readHereString(this.#reader, dollar) : readQuotedText(this.#reader, dollar);
  }

  /** `$name`, `${name}`, `$(…)`; undefined where the `$` begins none of them. */
  variable(): LineExpression | undefined {
    const { at } = this.#reader;
    if (this.#reader.peek(1) === '(') return this.#statementsIn('$(', 2);
    const written = this.#reader.match(VARIABLE);
    if (written === '') return undefined;
    const isBraced = written.startsWith('${');
    if (isBraced && !written.endsWith('}'))
      throw this.#reader.error('The name of a variable has no end', 'Close it with }.', at);
    const name = isBraced ? written.slice(2, -1) : written.slice(1);
    const constant = CONSTANTS.get(name.toLowerCase());
    return constant === undefined ? { kind: 'variable', name, at } : { kind: 'literal', value: constant };
  }

  #number(): LineExpression | undefined {
    const { at } = this.#reader;
    const word = this.#reader.match(NUMBER);
    // A dot behind digits belongs to the number.
    const isCutOff =
      /^[\p{L}\p{Nd}_]$/u.test(this.#reader.peek()) || (this.#reader.peek() === '.' && /^\d+$/.test(word));
    const number = word === '' || isCutOff ? undefined : NumberValue.ofWord(word);
    if (number !== undefined && this.#reader.peek() !== '[') return { kind: 'literal', value: number };
    this.#reader.at = at;
    return undefined;
  }

  #statementsIn(form: Nested['form'], length: number): Nested {
    const { at } = this.#reader;
    return this.#nested(() => {
      this.#reader.at += length;
      const statements = this.#withLists(true, () => this.#inner.statements(')'));
      this.#close(')', `What begins with ${form}`, at);
      if (form === '(' && (statements.length !== 1 || statements[0]?.assignTo !== undefined)) {
        throw this.#reader.error(
          'One value or pipeline belongs between ( and )',
          'Write it there; $( … ) and @( … ) hold several.',
          at,
        );
      }
      return { kind: 'nested', form, statements };
    });
  }

  /** `{ … }`. */
  block(): Block {
    const { at } = this.#reader;
    return this.#nested(() => {
      this.#reader.at += 1;
      const statements = this.#withLists(true, () => this.#inner.statements('}'));
      const source = this.#reader.line.slice(at + 1, this.#reader.at);
      this.#close('}', 'The script block', at);
      return { kind: 'block', source, statements, at };
    });
  }

  #table(): LineExpression {
    const { at } = this.#reader;
    return this.#nested(() => {
      const table = new TableParser(this.#reader, this.#inner, () => this.#quotedName());
      const entries = this.#withLists(true, () => table.entries());
      this.#close('}', 'The hash table', at);
      return { kind: 'table', entries };
    });
  }

  /** Steps over `-name` when the name, in lower case, fits. */
  #operator(fits: (name: string) => boolean): string | undefined {
    skipWhiteSpace(this.#reader);
    const { at } = this.#reader;
    if (!isDash(this.#reader.peek())) return undefined;
    this.#reader.at += 1;
    const name = this.#reader.match(OPERATOR).toLowerCase();
    if (fits(name)) {
      skipWhiteSpace(this.#reader, true);
      return name;
    }
    this.#reader.at = at;
    return undefined;
  }

  #close(character: string, what: string, at: number): void {
    skipWhiteSpace(this.#reader, true);
    if (this.#reader.peek() !== character) {
      if (!this.#reader.isAtEnd) throw this.#unexpectedError();
      throw this.#reader.error(`${what} has no end`, `Close it with ${character}.`, at);
    }
    this.#reader.at += 1;
  }

  #refuseArithmetic(): void {
    const rest = this.#reader.line.slice(this.#reader.at, this.#reader.at + 20).replace(/[\u2013-\u2015]/g, '-');
    const [sign = ''] = ARITHMETIC.exec(rest) ?? [];
    const name = /^-([a-z]+)/i.exec(rest)?.[1];
    const remedy = operatorRemedy(name ?? '');
    if (remedy !== undefined) throw this.#reader.error(`-${name} is an operator that a line does not have`, remedy);
    if (name !== undefined || sign === '') return;
    throw this.#reader.error(
      `${sign} calculates, which a line does not`,
      'A line compares, joins and formats; let your shell or TypeScript calculate.',
    );
  }

  #unexpected(): never {
    throw this.#unexpectedError();
  }

  #unexpectedError() {
    if (this.#reader.isSecret)
      return this.#reader.error('Something is not expected there', 'Put a text between single quotes.');
    const [word = 'the end of the line'] =
      /^(?:[-\p{L}\p{Nd}_.]+|[\s\S])/u.exec(this.#reader.line.slice(this.#reader.at, this.#reader.at + 60)) ?? [];
    return this.#reader.error(
      `${word === 'the end of the line' ? 'A value is expected before the end' : `${JSON.stringify(word)} is not expected there`}`,
      'A value is a text in quotes, a number, $true, a variable, an array a,b or @(a,b), or a cmdlet in parentheses. Write texts in quotes: { $_.State -eq "Normal" }.',
    );
  }

  #limit(links: number): void {
    if (links > LONGEST_CHAIN) throw this.#reader.error('The expression is too long', 'Write a shorter one.');
  }

  #nested<T>(read: () => T): T {
    this.#depth += 1;
    if (this.#depth > DEEPEST) throw this.#reader.error('The line is nested too deep', 'Write a shorter one.');
    const result = read();
    this.#depth -= 1;
    return result;
  }
}
