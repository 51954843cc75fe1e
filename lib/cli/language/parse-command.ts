import type { UsageError } from '../usage/usage-error.js';
import { NumberValue } from '../values/number-value.js';
import { isBlank, isDash, isNameStart, isNewline } from './command-line-characters.js';
import { filePath } from './file-path.js';
import type { LineReader } from './line-reader.js';
import type { ExpressionParser } from './parse-expression.js';
import { addExpanded, beginsHereString, beginsQuotedText, TextParts } from './quoted-text.js';
import { isSecretParameterName } from './secret-parameter-name.js';
import { type Command, type CommandElement, type LineExpression, listOrOnly, type Redirection } from './syntax.js';
import { skipWhiteSpace } from './white-space.js';

/** What ends a bare word, besides white space. */
const WORD_END = new Set(['', ',', ';', '|', '&', '(', ')', '{', '}']);

/** What ends a parameter's name, besides white space, quotes and the colon. */
const NAME_END = new Set([...WORD_END, '.', '[']);

/** With the stream before its arrows, and the one that it joins. */
const REDIRECTION = /([1-6*]?)(>>?)(&\d)?/y;

/** A label of a loop with something joined to it that PowerShell does not evaluate. */
const JOINED_LABEL = /:[\p{L}_?]+[$`'"\u2018-\u201e]/uy;

/** What ends a command, besides a line break. */
const COMMAND_END = new Set(['', ';', '|', ')', '}']);

const endsWord = (c: string): boolean => WORD_END.has(c) || isBlank(c) || isNewline(c);

/** Reads commands in PowerShell's argument mode (about_Parsing): words are texts, and values stand apart by blanks. */
export class CommandParser {
  readonly #reader: LineReader;
  readonly #expressions: ExpressionParser;

  constructor(reader: LineReader, expressions: ExpressionParser) {
    this.#reader = reader;
    this.#expressions = expressions;
  }

  /** A command's name with its parameters and values. @throws UsageError. */
  command(): Command {
    const { at } = this.#reader;
    const name = this.#commandName();
    const elements: CommandElement[] = [];
    const redirections: Redirection[] = [];
    let endsParameters = false;
    for (;;) {
      skipWhiteSpace(this.#reader);
      const c = this.#reader.peek();
      if (COMMAND_END.has(c) || isNewline(c) || this.#beginsChain())
        return { kind: 'command', name, elements, redirections, at };
      const redirection = this.redirection();
      if (redirection !== undefined) redirections.push(redirection);
      else if (!endsParameters && this.#skipDoubleDash()) endsParameters = true;
      else elements.push(endsParameters ? { kind: 'value', value: this.argument() } : this.#element());
    }
  }

  #beginsChain(): boolean {
    return this.#reader.peek() === '&' && this.#reader.peek(1) === '&';
  }

  #commandName(): string {
    const { at } = this.#reader;
    const c = this.#reader.peek();
    const name = beginsQuotedText(c) ? this.#expressions.quoted() : this.#bareWord();
    if (name.kind === 'literal' && typeof name.value === 'string' && name.value !== '' && !isDash(c)) return name.value;
    throw this.#reader.error(
      isDash(c)
        ? `${this.#reader.line.slice(at, at + 20).split(/\s/)[0]} stands where a cmdlet is expected`
        : 'A cmdlet is expected there',
      'Write the cmdlet first, without quotes: Get-DhcpServerv4Failover -ComputerName dhcpserver.contoso.com.',
      at,
    );
  }

  /** The first `--` ends the parameters: what follows are values. */
  #skipDoubleDash(): boolean {
    if (!isDash(this.#reader.peek()) || !isDash(this.#reader.peek(1)) || !endsWord(this.#reader.peek(2))) return false;
    this.#reader.at += 2;
    return true;
  }

  #element(): CommandElement {
    const c = this.#reader.peek();
    const next = this.#reader.peek(1);
    if (c === '@' && isNameStart(next)) return this.#splat();
    const parameter = isDash(c) && isNameStart(next) ? this.#parameter() : undefined;
    return parameter ?? { kind: 'value', value: this.argument() };
  }

  #splat(): CommandElement {
    const { at } = this.#reader;
    const name = this.#reader.match(/@[\p{L}\p{Nd}_?:]+/uy).slice(1);
    return { kind: 'splat', variable: { kind: 'variable', name, at } };
  }

  /** Undefined when it turns out to be a word: a quote inside makes it one. */
  #parameter(): CommandElement | undefined {
    const { at, line } = this.#reader;
    let end = at + 1;
    for (; end < line.length; end += 1) {
      const c = line.charAt(end);
      if (isBlank(c) || isNewline(c) || c === ':' || NAME_END.has(c)) break;
      if (beginsQuotedText(c)) {
        if (!/[`$]/.test(line.slice(at, end))) return undefined;
        throw this.#reader.error(
          'A backtick or a dollar in a word that begins with a dash stands for itself',
          'Put all of it between single quotes.',
        );
      }
    }
    const name = line.slice(at + 1, end);
    this.#reader.isSecret = isSecretParameterName(name);
    this.#reader.at = end;
    if (this.#reader.peek() === ',')
      throw this.#reader.error(`A value is missing after -${name}`, `Write -${name} a,b.`);
    if (this.#reader.peek() !== ':') {
      skipWhiteSpace(this.#reader);
      return { kind: 'parameter', name, written: line.slice(at, end) };
    }
    this.#reader.at += 1;
    skipWhiteSpace(this.#reader);
    if (COMMAND_END.has(this.#reader.peek()) || isNewline(this.#reader.peek()) || this.#reader.fits(REDIRECTION))
      throw this.#reader.error(`-${name}: has no value after its colon`, `Write -${name}:value.`);
    return { kind: 'parameter', name, value: this.#dashedWord() ?? this.argument() };
  }

  /** After a colon a word that begins with a dash is a text as it stands, with its dollars and backticks; undefined for other values. */
  #dashedWord(): LineExpression | undefined {
    const { at } = this.#reader;
    if (!isDash(this.#reader.peek()) || !isNameStart(this.#reader.peek(1))) return undefined;
    const isSecret = this.#reader.isSecret;
    const parameter = this.#parameter();
    if (parameter?.kind === 'parameter' && parameter.written !== undefined && parameter.value === undefined) {
      const next = this.#reader.peek();
      if (next !== ',' && (endsWord(next) || /\s/.test(this.#reader.line.charAt(this.#reader.at - 1))))
        return { kind: 'literal', value: parameter.written };
    }
    this.#reader.at = at;
    this.#reader.isSecret = isSecret;
    return undefined;
  }

  /** A value, or several with commas between them. */
  argument(): LineExpression {
    const elements = [this.#oneArgument()];
    for (;;) {
      const { at } = this.#reader;
      skipWhiteSpace(this.#reader);
      if (this.#reader.peek() !== ',') {
        this.#reader.at = at;
        break;
      }
      this.#reader.at += 1;
      skipWhiteSpace(this.#reader, true);
      if (COMMAND_END.has(this.#reader.peek()) || this.#reader.fits(REDIRECTION))
        throw this.#reader.error('A value is missing after a comma', 'Remove the comma, or write the value.');
      elements.push(this.#oneArgument());
    }
    this.#reader.isSecret = false;
    return listOrOnly(elements);
  }

  #oneArgument(): LineExpression {
    const c = this.#reader.peek();
    const next = this.#reader.peek(1);
    if (c === ']' || (c === '.' && (next === '$' || beginsQuotedText(next)))) {
      // A closing bracket is a word of its own, and a dot before a variable or a quote is the operator that sources a script.
      this.#reader.at += 1;
      return { kind: 'literal', value: c };
    }
    if (c === ':' && this.#reader.fits(JOINED_LABEL))
      throw this.#reader.error(
        'A word that begins with a colon has a variable or a quote in it',
        'Put all of it in quotes.',
      );
    if (c === '<') throw this.#misplaced();
    if (c === ',') throw this.#reader.error('A comma without a value before it', 'Remove it, or write the value.');
    if (c === '$') return this.#afterDollar();
    if (c === '(' || c === '{' || beginsQuotedText(c) || beginsHereString(this.#reader))
      return this.#expressions.primary();
    if (c === '@') {
      if (next === '(' || next === '{') return this.#expressions.primary();
      if (isNameStart(next))
        throw this.#reader.error(
          'A hash table is splatted in place of a value',
          'Write @name apart, before the parameters.',
        );
      // `@$` alone is PowerShell's variable `$`, splatted.
      const inText = this.#reader.peek(2);
      if (next !== '$' || !(isNameStart(inText) || inText === '{'))
        throw this.#reader.error(
          '@ begins nothing there',
          'Put the text between single quotes if the @ belongs to it.',
        );
    }
    return this.#bareWord();
  }

  /** A variable with its members; a variable with more text behind it is a word. */
  #afterDollar(): LineExpression {
    const { at } = this.#reader;
    if (this.#reader.peek(1) === '(') return this.#expressions.primary();
    const variable = this.#expressions.variable();
    const c = this.#reader.peek();
    const isWord = variable === undefined || !(endsWord(c) || c === '.' || c === '[' || c === '=');
    this.#reader.at = at;
    return isWord ? this.#bareWord() : this.#expressions.primary();
  }

  /** A word: its quotes are taken away, variables put in, and a number is one. */
  #bareWord(): LineExpression {
    const start = this.#reader.at;
    const parts = new TextParts();
    let isPlain = true;
    for (;;) {
      const c = this.#reader.peek();
      if (endsWord(c)) break;
      else if (beginsQuotedText(c)) {
        isPlain = false;
        const quoted = this.#expressions.quoted();
        for (const part of quoted.kind === 'text' ? quoted.parts : [quoted]) parts.add(part);
      } else if (c === '$' || (c === '`' && (this.#reader.peek(1) !== '' || this.#reader.at === start))) {
        isPlain = false;
        addExpanded(this.#reader, parts, () => this.#expressions.variable());
      } else {
        parts.add(c);
        this.#reader.at += 1;
      }
    }
    if (this.#reader.at === start) throw this.#misplaced();
    const word = parts.expression();
    const written = this.#reader.line.slice(start, this.#reader.at);
    const number =
      isPlain && !isDash(written.charAt(0)) && written.charAt(0) !== '+' ? NumberValue.ofWord(written) : undefined;
    return number === undefined ? word : { kind: 'literal', value: number, written };
  }

  #misplaced(): UsageError {
    const c = this.#reader.peek();
    if (c === '&')
      return this.#reader.error(
        'The & operator is not there',
        'Put the text between single quotes if the & belongs to it.',
      );
    if (c === '<')
      return this.#reader.error(
        '< reads from a file, which a line does not',
        'Put the text between single quotes if it belongs to it.',
      );
    return this.#reader.error(`${c === '' ? 'The end of the line' : c} is not expected there`, 'Correct the line.');
  }

  /** `> file`, `>> file`, `2>$null`; undefined where none begins. */
  redirection(): Redirection | undefined {
    const { at } = this.#reader;
    const [whole = '', stream = '', arrows = '', merged] = this.#reader.find(REDIRECTION);
    if (whole === '') return undefined;
    if (merged !== undefined)
      throw this.#reader.error(
        `${whole} joins streams, which stay apart here`,
        "Use your shell's redirection outside of the PowerShell line.",
      );
    this.#reader.at += whole.length;
    skipWhiteSpace(this.#reader);
    if (endsWord(this.#reader.peek()))
      throw this.#reader.error(
        `A file is missing after ${arrows}`,
        'Write its name, or $null. In a text put > between single quotes.',
      );
    const target = this.#oneArgument();
    const isNull = target.kind === 'literal' && target.value === null;
    // PowerShell opens the file before anything runs.
    if (target.kind === 'literal' && typeof target.value === 'string') filePath(target.value);
    if (stream !== '' && stream !== '1' && !isNull) {
      throw this.#reader.error(
        `${stream}${arrows} writes messages to a file, which a line does not`,
        "Use your shell's redirection outside of the PowerShell line, or 2>$null.",
        at,
      );
    }
    return { stream: stream === '' ? '1' : stream, append: arrows === '>>', file: isNull ? undefined : target };
  }
}
