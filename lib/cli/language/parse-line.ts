import { UsageError } from '../usage/usage-error.js';
import { castType } from './cast-types.js';
import { isDash, isNewline } from './command-line-characters.js';
import { LineReader } from './line-reader.js';
import { CommandParser } from './parse-command.js';
import { ExpressionParser } from './parse-expression.js';
import type { StatementReader } from './parse-table.js';
import { beginsQuotedText } from './quoted-text.js';
import { statementRemedy } from './statement-words.js';
import type {
  Command,
  CommandLine,
  Head,
  LineExpression,
  Pipeline,
  Redirection,
  Statement,
  Variable,
} from './syntax.js';
import { skipContinuationPrompt, skipWhiteSpace } from './white-space.js';

/** `PS C:\> `, as it is copied from a console or from a help page. */
const PROMPT = /^\s*PS(?:\s[^>\r\n]*)?>{1,2}[ \t]*/;

/** A file's mark of its byte order, which editors on Windows write. */
const BYTE_ORDER_MARK = /^\ufeff/;

/**
 * Reads a PowerShell line: pipelines of cmdlets and expressions; semicolons and line ends part them. A prompt before them and comments are
 * ignored. Nothing is evaluated. Throws a {@link UsageError} for what PowerShell would not parse, and for statements, methods and arithmetic.
 */
export function parseCommandLine(line: string): CommandLine {
  const statements = new LineParser(line.replace(BYTE_ORDER_MARK, '').replace(PROMPT, '')).whole();
  if (statements.length === 0) throw new UsageError('There is no command.', 'Write a cmdlet and its parameters.');
  return { statements };
}

/** Reads the one value that a word holds in place of an argument. @throws UsageError. */
export function parseArgumentValue(text: string): LineExpression {
  return new LineParser(text).soleValue();
}

class LineParser implements StatementReader {
  readonly #reader: LineReader;
  readonly #expressions: ExpressionParser;
  readonly #commands: CommandParser;

  constructor(line: string) {
    this.#reader = new LineReader(line);
    this.#expressions = new ExpressionParser(this.#reader, this);
    this.#commands = new CommandParser(this.#reader, this.#expressions);
  }

  whole(): Statement[] {
    const statements = this.#sequence('', true);
    this.#end('');
    return statements;
  }

  soleValue(): LineExpression {
    skipWhiteSpace(this.#reader, true);
    const value = this.#commands.argument();
    skipWhiteSpace(this.#reader, true);
    if (!this.#reader.isAtEnd)
      throw this.#reader.error('Something follows the value', 'Put a text with spaces in quotes.');
    return value;
  }

  statements(close: ')' | '}'): Statement[] {
    return this.#sequence(close);
  }

  statement(close: ')' | '}'): Statement {
    const statement = this.#statement();
    this.#end(close);
    return statement;
  }

  /** Statements up to what closes them, which is not read. */
  #sequence(close: string, takesChains = false): Statement[] {
    const statements: Statement[] = [];
    for (;;) {
      this.#skipEnds();
      const c = this.#reader.peek();
      if (c === '' || c === ')' || c === '}') return statements;
      statements.push(this.#statement());
      if (takesChains) statements.push(...this.#chain(statements.at(-1)));
      this.#end(close);
    }
  }

  /** The pipelines that `&&` and `||` join to a statement (PowerShell 7). */
  #chain(first: Statement | undefined): Statement[] {
    const chained: Statement[] = [];
    for (;;) {
      skipWhiteSpace(this.#reader);
      const { at, line } = this.#reader;
      const operator = line.slice(at, at + 2);
      if (operator !== '&&' && operator !== '||') return chained;
      if (first?.assignTo !== undefined) throw this.#chainedAssignment(`${operator} stands behind an assignment`, at);
      this.#reader.at += 2;
      skipWhiteSpace(this.#reader, true);
      if (/^[;|)}]?$/.test(this.#reader.peek()))
        throw this.#reader.error(`Nothing follows ${operator}`, 'Write the cmdlet that depends on what stands before.');
      const { assignTo, pipeline } = this.#statement();
      if (assignTo !== undefined) throw this.#chainedAssignment(`A variable is assigned behind ${operator}`, at);
      chained.push({ chain: operator, pipeline });
    }
  }

  #chainedAssignment(problem: string, at: number): UsageError {
    return this.#reader.error(problem, 'Assign in a statement of its own: $x = Get-…;', at);
  }

  /** After a statement stands a semicolon, a line break, or what closes them all. */
  #end(close: string): void {
    skipWhiteSpace(this.#reader);
    const c = this.#reader.peek();
    if (c === '' || c === ';' || isNewline(c) || c === close) return;
    if (c === ')' || c === '}')
      throw this.#reader.error(`${c} closes nothing`, 'Put the text between single quotes if it belongs to it.');
    const operator = c + this.#reader.peek(1);
    if (operator === '&&' || operator === '||')
      throw this.#reader.error(`${operator} stands inside of parentheses or braces`, 'It joins whole statements only.');
    throw this.#reader.error(
      'Something follows a value that is no | and no ;',
      'Correct the line; a text with spaces needs quotes.',
    );
  }

  #skipEnds(): void {
    for (;;) {
      skipWhiteSpace(this.#reader, true);
      skipContinuationPrompt(this.#reader);
      if (this.#reader.peek() !== ';') return;
      this.#reader.at += 1;
    }
  }

  #statement(): Statement {
    return { ...this.#assignment(), pipeline: this.#pipeline() };
  }

  /** `$name =`, `[type]$name =`, `$null =`. */
  #assignment(): Pick<Statement, 'assignTo' | 'cast'> {
    const first = this.#reader.peek();
    if (first !== '$' && first !== '[') return {};
    const pattern = /(?:\[([^[\]\r\n]{1,80})\]\s*)?\$([\p{L}\p{Nd}_?:]+|\{[^}\r\n]{1,200}\})\s*([-+*/%]?)=(?!=)/uy;
    const [whole, written, name = '', calculation = ''] = this.#reader.find(pattern);
    if (whole === undefined) return {};
    const { at } = this.#reader;
    if (calculation !== '')
      throw this.#reader.error(
        `${calculation}= calculates, which a line does not`,
        'Write the array as a whole: $x = a,b.',
      );
    if (/^(?:true|false|_|psitem|\?|args|input|this)$|:/i.test(name))
      throw this.#reader.error(`$${name} cannot be assigned`, 'Give the variable another name.');
    if (/preference$/i.test(name) && !/^erroraction/i.test(name))
      throw this.#reader.error(
        `$${name} would have no effect`,
        'What a preference variable does for the whole line, -ErrorAction, -WhatIf, -Confirm and -Verbose do for each cmdlet.',
      );
    const cast = written === undefined ? undefined : castType(written);
    if (written !== undefined && cast === undefined)
      throw this.#reader.error(`The type [${written}] is not there`, 'Leave it out.');
    this.#reader.at += whole.length;
    skipWhiteSpace(this.#reader, true);
    if (/^[;|)}]?$/.test(this.#reader.peek()))
      throw this.#reader.error(`A value is missing after $${name} =`, 'Write a value or a cmdlet there.');
    const assignTo: Variable = { kind: 'variable', name: name.replace(/^\{|\}$/g, ''), at };
    return cast === undefined ? { assignTo } : { assignTo, cast };
  }

  #pipeline(): Pipeline {
    skipWhiteSpace(this.#reader);
    const c = this.#reader.peek();
    if (c === '|') throw this.#reader.error('Nothing stands before a |', 'Write a cmdlet before it.');
    const head = this.#beginsExpression() ? this.#head() : undefined;
    const commands: Command[] = head === undefined ? [this.#command()] : [];
    while (this.#continuesWithPipe()) {
      if (this.#beginsExpression())
        throw this.#reader.error(
          'A value stands behind a |',
          'Only the first part of a pipeline may be a value; write a cmdlet there.',
        );
      commands.push(this.#command());
    }
    return head === undefined ? { commands } : { head, commands };
  }

  #beginsExpression(): boolean {
    const c = this.#reader.peek();
    const next = this.#reader.peek(1);
    if (/[$(@[{!,\d]/.test(c) || beginsQuotedText(c)) return true;
    if (/^(?:not|join)\b/i.test(this.#reader.line.slice(this.#reader.at + 1, this.#reader.at + 6)) && isDash(c))
      return true;
    return (isDash(c) || c === '+' || c === '.') && /[\d.]/.test(next) && (c !== '.' || /\d/.test(next));
  }

  #head(): Head {
    const { at, line } = this.#reader;
    const expression = this.#expressions.expression();
    const isStream = /^[1-6]>$/.test(line.slice(at, this.#reader.at + 1));
    const redirections: Redirection[] = [];
    for (;;) {
      skipWhiteSpace(this.#reader);
      const redirection = this.#commands.redirection();
      if (redirection === undefined) break;
      if (isStream && redirection.file !== undefined)
        throw this.#reader.error('A redirection has nothing before it', 'Write a value or a cmdlet there.', at);
      redirections.push(redirection);
    }
    skipWhiteSpace(this.#reader);
    if (this.#reader.peek() === '=')
      throw this.#reader.error(
        'Only a variable can be assigned',
        'Objects are changed by their Set- cmdlet; compare with -eq.',
      );
    return { kind: 'head', expression, redirections };
  }

  #command(): Command {
    const { at, line } = this.#reader;
    const c = this.#reader.peek();
    if ((c === '&' || c === '.') && !/[&\\/.]/.test(this.#reader.peek(1))) {
      this.#reader.at += 1;
      skipWhiteSpace(this.#reader);
    }
    const [name = ''] = new LineReader(line, at).find(/[a-z]+(?=[\s({;]|$)/iy);
    const remedy = this.#isBehindPipe(at, name) ? undefined : statementRemedy(name);
    if (remedy !== undefined)
      throw this.#reader.error(`${name} is a statement of PowerShell, which a line does not have`, remedy, at);
    return this.#commands.command();
  }

  /** `foreach` behind a pipe is ForEach-Object. */
  #isBehindPipe(at: number, name: string): boolean {
    return /^foreach$/i.test(name) && /\|\s*$/.test(this.#reader.line.slice(Math.max(0, at - 50), at));
  }

  /** A pipe at the end of this line, or at the beginning of the next one (PowerShell 7). */
  #continuesWithPipe(): boolean {
    const before = this.#reader.at;
    skipWhiteSpace(this.#reader, true);
    if (this.#reader.peek() !== '|' || this.#reader.peek(1) === '|') {
      this.#reader.at = before;
      return false;
    }
    this.#reader.at += 1;
    skipWhiteSpace(this.#reader, true);
    skipContinuationPrompt(this.#reader);
    const c = this.#reader.peek();
    if (c === '|') throw this.#reader.error('Nothing stands between two |', 'Remove one of them.');
    if (c === '' || c === ')' || c === '}' || c === ';')
      throw this.#reader.error('Nothing follows the last |', 'Remove it, or write what comes after it.');
    return true;
  }
}
