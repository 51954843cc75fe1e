import {
  isBlank,
  isDash,
  isDoubleQuote,
  isNameStart,
  isNewline,
  isSingleQuote,
  isVariableCharacter,
  unescaped,
} from './command-line-characters.js';
import { readHashTable, type TableValue } from './hash-table.js';
import { readNewTimeSpan } from './new-time-span.js';
import { isSecretParameterName } from './secret-parameter-name.js';
import { UsageError } from './usage-error.js';

/** One token of a PowerShell command line in argument mode. `start` and `end` are offsets into the line. */
export type Token = { readonly start: number; readonly end: number } & TokenContent;

export type TokenContent =
  /** Text: a bare word, a number (its text is kept) or a string in quotes. */
  | { readonly kind: 'word'; readonly text: string; readonly quoted: boolean }
  /** `-Name`, or with `colon` `-Name:`. */
  | { readonly kind: 'parameter'; readonly name: string; readonly colon: boolean }
  /** `$true`, `$false`, `$null`. */
  | { readonly kind: 'literal'; readonly value: boolean | null }
  /** `{ … }`. */
  | { readonly kind: 'block'; readonly text: string }
  | { readonly kind: 'table'; readonly table: Readonly<Record<string, TableValue>> }
  | { readonly kind: 'comma' | 'pipe' | 'end' | 'openArray' | 'closeParenthesis' };

/** What ends a bare word, besides white space. */
const WORD_END = new Set([',', ';', '|', '&', '(', ')', '{', '}', '<', '>']);

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
 * Variables other than `$true`, `$false` and `$null`, sub-expressions, script blocks and redirections are refused
 * with a {@link UsageError} that names the token; the text of a secret is never part of it.
 */
export function tokenizeCommandLine(line: string): Token[] {
  return new Lexer(line).tokens();
}

class Lexer {
  readonly #line: string;
  #at = 0;
  #parameter = '';

  constructor(line: string) {
    this.#line = line;
  }

  tokens(): Token[] {
    const tokens: Token[] = [];
    for (;;) {
      this.#skipBlanksAndComments();
      if (this.#at >= this.#line.length) return tokens;
      const start = this.#at;
      const content = this.#next();
      if (content.kind === 'parameter') this.#parameter = content.name;
      else if (content.kind === 'pipe' || content.kind === 'end') this.#parameter = '';
      tokens.push({ ...content, start, end: this.#at });
    }
  }

  #peek(ahead = 0): string {
    return this.#line.charAt(this.#at + ahead);
  }

  #skipBlanksAndComments(): void {
    for (;;) {
      const c = this.#peek();
      if (c !== '' && isBlank(c)) this.#at += 1;
      else if (c === '`' && isNewline(this.#peek(1))) {
        this.#at += this.#peek(1) === '\r' && this.#peek(2) === '\n' ? 3 : 2;
        this.#skipContinuationPrompt();
      } else if (c === '#') {
        while (this.#at < this.#line.length && !isNewline(this.#peek())) this.#at += 1;
      } else if (c === '<' && this.#peek(1) === '#') {
        const close = this.#line.indexOf('#>', this.#at + 2);
        if (close < 0) throw this.#error('The comment that begins with <# has no end', 'Close it with #>.');
        this.#at = close + 2;
      } else return;
    }
  }

  /** The `>> ` that a console shows before a continued line, and that is copied along with it. */
  #skipContinuationPrompt(): void {
    const prompt = /^>> ?/.exec(this.#line.slice(this.#at, this.#at + 3));
    if (prompt) this.#at += prompt[0].length;
  }

  #next(): TokenContent {
    const c = this.#peek();
    if (isNewline(c)) {
      this.#at += 1;
      this.#skipContinuationPrompt();
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
    if (isSingleQuote(c)) return { kind: 'word', text: this.#singleQuoted(), quoted: true };
    if (isDoubleQuote(c)) return { kind: 'word', text: this.#doubleQuoted(), quoted: true };
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
      if (isSingleQuote(c)) this.#singleQuoted();
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
    if (this.#peek() === '$') {
      const literal = this.#variable();
      const next = this.#peek();
      if (next === '' || isBlank(next) || isNewline(next) || WORD_END.has(next))
        return { kind: 'literal', value: literal };
      throw this.#error(`An expression on $${String(literal)} is not supported`, 'Write the value itself.');
    }
    let text = '';
    while (this.#at < this.#line.length) {
      const c = this.#peek();
      if (isBlank(c) || isNewline(c) || WORD_END.has(c)) break;
      if (isSingleQuote(c)) text += this.#singleQuoted();
      else if (isDoubleQuote(c)) text += this.#doubleQuoted();
      else if (c === '`') text += this.#backtick();
      else if (c === '$') text += this.#dollarInText();
      else {
        text += c;
        this.#at += 1;
      }
    }
    return { kind: 'word', text, quoted: false };
  }

  #singleQuoted(): string {
    const start = this.#at;
    let text = '';
    for (this.#at += 1; this.#at < this.#line.length; this.#at += 1) {
      const c = this.#peek();
      if (!isSingleQuote(c)) text += c;
      else if (isSingleQuote(this.#peek(1))) {
        text += c;
        this.#at += 1;
      } else {
        this.#at += 1;
        return text;
      }
    }
    this.#at = start;
    throw this.#error(
      "The string that begins with ' has no end",
      "Close it with '; an apostrophe inside it is written twice.",
    );
  }

  #doubleQuoted(): string {
    const start = this.#at;
    let text = '';
    this.#at += 1;
    while (this.#at < this.#line.length) {
      const c = this.#peek();
      if (c === '`') text += this.#backtick();
      else if (c === '$') text += this.#dollarInText();
      else if (!isDoubleQuote(c)) {
        text += c;
        this.#at += 1;
      } else if (isDoubleQuote(this.#peek(1))) {
        text += c;
        this.#at += 2;
      } else {
        this.#at += 1;
        return text;
      }
    }
    this.#at = start;
    throw this.#error(
      'The string that begins with " has no end',
      'Close it with "; a quotation mark inside it is written twice.',
    );
  }

  #backtick(): string {
    const c = this.#peek(1);
    if (c === '')
      throw this.#error('The backtick at the end of the line escapes nothing', 'Remove it, or write it twice.');
    if (c === 'u' && this.#peek(2) === '{') {
      const code = /^\{([0-9A-Fa-f]{1,6})\}/.exec(this.#line.slice(this.#at + 2, this.#at + 10));
      const codePoint = code?.[1] === undefined ? Number.NaN : Number.parseInt(code[1], 16);
      if (code && codePoint <= 0x10ffff) {
        this.#at += 2 + code[0].length;
        return String.fromCodePoint(codePoint);
      }
      throw this.#error('`u{…} wants one to six hexadecimal digits, at most 10FFFF', 'Correct the escape.');
    }
    this.#at += 2;
    return unescaped(c);
  }

  /** `$` inside a text: the three constants are expanded, other variables refused, and a `$` before anything else is itself. */
  #dollarInText(): string {
    const next = this.#peek(1);
    if (
      next !== '(' &&
      next !== '{' &&
      next !== '$' &&
      next !== '^' &&
      (next === '' || !isVariableCharacter(next) || next === ':')
    ) {
      this.#at += 1;
      return '$';
    }
    const value = this.#variable();
    return value === null ? '' : value ? 'True' : 'False';
  }

  #variable(): boolean | null {
    const next = this.#peek(1);
    if (next === '(')
      throw this.#error('$( begins a sub-expression, which is not supported', 'Write the value itself.');
    let end = this.#at + 1;
    while (end < this.#line.length && isVariableCharacter(this.#line.charAt(end))) end += 1;
    const name = this.#line.slice(this.#at + 1, end);
    switch (name.toLowerCase()) {
      case 'true':
        this.#at = end;
        return true;
      case 'false':
        this.#at = end;
        return false;
      case 'null':
        this.#at = end;
        return null;
    }
    const isAssigned = /^\s*=/.test(this.#line.slice(end, end + 50));
    const shown = isSecretParameterName(this.#parameter) ? 'A variable' : `The variable $${name === '' ? next : name}`;
    throw this.#error(
      `${shown} is not supported; only $true, $false and $null are`,
      isAssigned
        ? 'A line has no variables: pipe the results on, and give -CimSession the names of computers.'
        : 'Write the value itself. In text that has a $, put it between single quotes or write `$.',
    );
  }

  #error(message: string, hint: string): UsageError {
    return new UsageError(`${message} (at column ${this.#at + 1} of the PowerShell line).`, hint);
  }
}
