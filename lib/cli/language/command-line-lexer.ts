import type { UsageError } from '../usage/usage-error.js';
import { isBlank, isDash, isDoubleQuote, isNameStart, isNewline, isSingleQuote } from './command-line-characters.js';
import { readHashTable, type TableValue } from './hash-table.js';
import { LineReader } from './line-reader.js';
import { readNewTimeSpan } from './new-time-span.js';
import {
  beginsQuotedText,
  readDollar,
  readEscape,
  readQuotedText,
  unsupportedVariable,
  variableNameAfterDollar,
} from './quoted-text.js';
import { isSecretParameterName } from './secret-parameter-name.js';
import { skipContinuationPrompt, skipWhiteSpace } from './white-space.js';

/** One token of a PowerShell command line in argument mode. `start` and `end` are offsets into the line. */
export type Token = { readonly start: number; readonly end: number } & TokenContent;

export type TokenContent =
  /** Text: a bare word, a number (its text is kept) or a string in quotes. */
  | { readonly kind: 'word'; readonly text: string; readonly quoted: boolean }
  /** `-Name`, or with `colon` `-Name:`. */
  | { readonly kind: 'parameter'; readonly name: string; readonly colon: boolean }
  /** `$true`, `$false`, `$null`. */
  | { readonly kind: 'literal'; readonly value: boolean | null }
  /** `$name`, or `$name.member`. */
  | { readonly kind: 'variable'; readonly name: string; readonly member?: string }
  /** `$name =`, at the beginning of a statement. */
  | { readonly kind: 'assign'; readonly name: string }
  /** `{ … }`. */
  | { readonly kind: 'block'; readonly text: string }
  | { readonly kind: 'table'; readonly table: Readonly<Record<string, TableValue>> }
  | { readonly kind: 'comma' | 'pipe' | 'end' | 'openArray' | 'closeParenthesis' };

/** What ends a bare word, besides white space. */
const WORD_END = new Set([',', ';', '|', '&', '(', ')', '{', '}', '<', '>']);

/** What may follow a variable, besides white space; the rest would be an expression on it. */
const VARIABLE_END = new Set([',', ';', '|', '&', ')', '<', '>']);

const CONSTANTS: ReadonlyMap<string, boolean | null> = new Map<string, boolean | null>([
  ['true', true],
  ['false', false],
  ['null', null],
]);

/** What ends a parameter's name, besides white space, quotes and the colon. */
const NAME_END = new Set([...WORD_END, '.', '[']);

const UNSUPPORTED: Readonly<Record<string, readonly [what: string, remedy: string]>> = {
  '}': ['a script block', 'Put the text between single quotes if the brace belongs to it.'],
  '(': [
    'a sub-expression',
    'Write the value itself; an array is a,b or @(a,b), and a time span 2:00:00 or (New-TimeSpan -Hours 2).',
  ],
  '<': ['a redirection', "Use your shell's redirection outside of the PowerShell line."],
  '>': ['a redirection', "Use your shell's redirection outside of the PowerShell line."],
  '&': ['the & operator', 'Put the text between single quotes if the & belongs to it.'],
};

/**
 * Splits a line as PowerShell's tokenizer does in argument mode (about_Parsing, about_Quoting_Rules, about_Special_Characters).
 * Variables in texts, automatic ones other than `$true`, `$false` and `$null`, sub-expressions and redirections are refused
 * with a {@link UsageError} that names the token; the text of a secret is never part of it.
 */
export function tokenizeCommandLine(line: string): Token[] {
  return new Lexer(line).tokens();
}

class Lexer {
  readonly #reader: LineReader;
  #parameter = '';
  #beginsStatement = true;

  constructor(line: string) {
    this.#reader = new LineReader(line);
  }

  tokens(): Token[] {
    const tokens: Token[] = [];
    for (;;) {
      skipWhiteSpace(this.#reader);
      if (this.#at >= this.#line.length) return tokens;
      const start = this.#at;
      const content = this.#next();
      if (content.kind === 'parameter') this.#parameter = content.name;
      else if (content.kind === 'pipe' || content.kind === 'end') this.#parameter = '';
      this.#beginsStatement = content.kind === 'end';
      tokens.push({ ...content, start, end: this.#at });
    }
  }

  get #line(): string {
    return this.#reader.line;
  }

  get #at(): number {
    return this.#reader.at;
  }

  set #at(place: number) {
    this.#reader.at = place;
  }

  get #isSecret(): boolean {
    return isSecretParameterName(this.#parameter);
  }

  #peek(ahead = 0): string {
    return this.#reader.peek(ahead);
  }

  #next(): TokenContent {
    const c = this.#peek();
    if (isNewline(c)) {
      this.#at += 1;
      skipContinuationPrompt(this.#reader);
      return { kind: 'end' };
    }
    if (c === ';') return this.#single('end');
    if (c === ',') return this.#single('comma');
    if (c === ')') return this.#single('closeParenthesis');
    if ((c === '&' || c === '|') && this.#peek(1) === c) {
      throw this.#error(
        `${c}${c} is not supported`,
        c === '&'
          ? 'Write ; with -ErrorAction Stop in the statement before it, which ends the line where it fails.'
          : "Let your shell decide, by cimlet's exit code.",
      );
    }
    if (c === '|') {
      return this.#single('pipe');
    }
    const timeSpan = c === '(' ? readNewTimeSpan(this.#line.slice(this.#at)) : undefined;
    if (timeSpan !== undefined) {
      this.#at += timeSpan.length;
      return { kind: 'word', text: timeSpan.value, quoted: true };
    }
    if (c === '{') return { kind: 'block', text: this.#block() };
    const unsupported = UNSUPPORTED[c];
    if (unsupported) throw this.#error(`${c} begins or ends ${unsupported[0]}, which is not supported`, unsupported[1]);
    if (c === '@') return this.#afterAt();
    if (beginsQuotedText(c)) return { kind: 'word', text: this.#quoted(), quoted: true };
    if (isDash(c) && isNameStart(this.#peek(1))) {
      const parameter = this.#parameterName();
      if (parameter) return parameter;
    }
    return this.#bareWord();
  }

  #single(kind: 'comma' | 'pipe' | 'end' | 'closeParenthesis'): TokenContent {
    this.#at += 1;
    return { kind };
  }

  /** What stands between the braces; those in texts do not count. */
  #block(): string {
    const start = this.#at;
    let depth = 0;
    while (this.#at < this.#line.length) {
      const c = this.#peek();
      if (isSingleQuote(c)) this.#quoted();
      else if (isDoubleQuote(c)) this.#passDoubleQuoted();
      else {
        this.#at += c === '`' ? 2 : 1;
        if (c === '{') depth += 1;
        else if (c === '}') depth -= 1;
        if (depth === 0) return this.#line.slice(start + 1, this.#at - 1);
      }
    }
    this.#at = start;
    throw this.#error('The script block that begins with { has no end', 'Close it with }.');
  }

  /** A text in a script block, whose reader will expand it. */
  #passDoubleQuoted(): void {
    for (this.#at += 1; this.#at < this.#line.length; this.#at += 1) {
      const c = this.#peek();
      if (c === '`') this.#at += 1;
      else if (isDoubleQuote(c)) {
        this.#at += 1;
        return;
      }
    }
  }

  #afterAt(): TokenContent {
    const c = this.#peek(1);
    if (c === '(') {
      this.#at += 2;
      return { kind: 'openArray' };
    }
    if (c === '{') {
      const { table, end } = readHashTable(this.#line, this.#at);
      this.#at = end;
      return { kind: 'table', table };
    }
    if (isSingleQuote(c) || isDoubleQuote(c)) {
      throw this.#error(`@${c} begins a here-string, which is not supported`, 'Use a string in quotes.');
    }
    if (isNameStart(c))
      throw this.#error('@ before a name is splatting, which is not supported', 'Give each parameter on its own.');
    return this.#bareWord();
  }

  /** Undefined when it turns out to be a word: a quote inside makes it one. */
  #parameterName(): TokenContent | undefined {
    let end = this.#at + 1;
    for (; end < this.#line.length; end += 1) {
      const c = this.#line.charAt(end);
      if (isBlank(c) || isNewline(c) || c === ':' || NAME_END.has(c)) break;
      if (isSingleQuote(c) || isDoubleQuote(c)) return undefined;
    }
    const name = this.#line.slice(this.#at + 1, end);
    const colon = this.#line.charAt(end) === ':';
    this.#at = colon ? end + 1 : end;
    return { kind: 'parameter', name, colon };
  }

  #bareWord(): TokenContent {
    if (this.#peek() === '$') return this.#variable();
    let text = '';
    while (this.#at < this.#line.length) {
      const c = this.#peek();
      if (isBlank(c) || isNewline(c) || WORD_END.has(c)) break;
      if (beginsQuotedText(c)) text += this.#quoted();
      else if (c === '`') text += readEscape(this.#reader);
      else if (c === '$') text += readDollar(this.#reader, this.#isSecret);
      else {
        text += c;
        this.#at += 1;
      }
    }
    return { kind: 'word', text, quoted: false };
  }

  #quoted(): string {
    return readQuotedText(this.#reader, this.#isSecret);
  }

  /** A variable that stands alone: `$true`, `$name`, `$name.member`, `$name =`. */
  #variable(): TokenContent {
    const name = variableNameAfterDollar(this.#reader);
    const constant = CONSTANTS.get(name.toLowerCase());
    if (constant === undefined && (/^(?:_|psitem|.*[:?].*|)$/i.test(name) || this.#isSecret)) {
      throw unsupportedVariable(this.#reader, name, this.#isSecret, '');
    }
    const end = this.#at + 1 + name.length;
    const equals = this.#beginsStatement ? this.#equalsAfter(end) : undefined;
    if (equals !== undefined && constant !== undefined) {
      throw this.#error(
        `$${name} cannot be assigned`,
        "Give the variable another name. What is not wanted goes to /dev/null, or NUL, by your shell's redirection.",
      );
    }
    this.#at = equals ?? end;
    if (equals !== undefined) return { kind: 'assign', name };
    if (constant !== undefined) {
      this.#refuseExpression(name, WORD_END, 'Write the value itself.');
      return { kind: 'literal', value: constant };
    }
    const member = /^\.([\p{L}_][\p{L}\p{Nd}_]*)/u.exec(this.#line.slice(this.#at, this.#at + 200))?.[1];
    if (member !== undefined) this.#at += 1 + member.length;
    this.#refuseExpression(
      name,
      VARIABLE_END,
      `A line has $${name} and $${name}.Property; for more, pipe it: $${name} | Select-Object -First 1.`,
    );
    return member === undefined ? { kind: 'variable', name } : { kind: 'variable', name, member };
  }

  #refuseExpression(name: string, ends: ReadonlySet<string>, remedy: string): void {
    const next = this.#peek();
    if (next === '' || isBlank(next) || isNewline(next) || ends.has(next)) return;
    throw this.#error(`An expression on $${name} is not supported`, remedy);
  }

  /** Past the `=` that follows, when one does that is not the first of `==`. */
  #equalsAfter(end: number): number | undefined {
    let at = end;
    while (at < this.#line.length && isBlank(this.#line.charAt(at))) at += 1;
    return this.#line.charAt(at) === '=' && this.#line.charAt(at + 1) !== '=' ? at + 1 : undefined;
  }

  #error(message: string, hint: string): UsageError {
    return this.#reader.error(message, hint);
  }
}
