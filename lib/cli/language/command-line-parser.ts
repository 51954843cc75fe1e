import { suggestion } from '../../base/suggestion.js';
import { UsageError } from '../usage/usage-error.js';
import type {
  ArgumentValue,
  ArrayValue,
  CommandElement,
  CommandLine,
  CommandStage,
  Pipeline,
  VariableValue,
} from './command-line.js';
import { type Token, tokenizeCommandLine } from './command-line-lexer.js';

/** `PS C:\> `, as it is copied from a console or from a help page. */
const PROMPT = /^\s*PS(?:\s[^>\r\n]*)?>{1,2}[ \t]*/;

/**
 * Reads PowerShell pipelines, given as one text; semicolons and line ends part them. A prompt before them and comments are ignored.
 * Throws a {@link UsageError} for what PowerShell would not parse, for a variable that no statement before has assigned, and for what goes
 * beyond pipelines of commands with plain values.
 */
export function parseCommandLine(line: string): CommandLine {
  const body = line.replace(PROMPT, '');
  return new Parser(tokenizeCommandLine(body)).commandLine();
}

/** Reads the one value that a word holds: a literal, a string in quotes, `@(a, b)`, `a,b`. */
export function parseArgumentValue(text: string): ArgumentValue {
  return new Parser(tokenizeCommandLine(text)).soleValue();
}

class Parser {
  readonly #tokens: readonly Token[];
  /** By their names in lower case, as they were first written. */
  readonly #assigned = new Map<string, string>();
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  commandLine(): CommandLine {
    const pipelines: Pipeline[] = [];
    for (this.#skipEnds(); this.#token !== undefined; this.#skipEnds()) pipelines.push(this.#pipeline());
    if (pipelines.length === 0) throw new UsageError('There is no command.', 'Write a cmdlet and its parameters.');
    return { pipelines };
  }

  soleValue(): ArgumentValue {
    const value = this.#value();
    if (this.#token !== undefined) throw unexpected(this.#token);
    return value;
  }

  get #token(): Token | undefined {
    return this.#tokens[this.#at];
  }

  #skipEnds(): void {
    while (this.#token?.kind === 'end') this.#at += 1;
  }

  /** A pipe at the end of this line, or at the beginning of the next one (PowerShell 7). */
  #continuesWithPipe(): boolean {
    const before = this.#at;
    this.#skipEnds();
    if (this.#token?.kind !== 'pipe') {
      this.#at = before;
      return false;
    }
    this.#at += 1;
    this.#skipEnds();
    if (this.#token === undefined)
      throw new UsageError('Nothing follows the last |.', 'Remove it, or write what comes after it.');
    return true;
  }

  #pipeline(): Pipeline {
    const assignTo = this.#assignment();
    const source = this.#source();
    const stages = source === undefined ? [this.#stage()] : [];
    while (this.#continuesWithPipe()) stages.push(this.#stage());
    // Only now: a statement cannot use what it is about to assign.
    if (assignTo !== undefined) this.#assigned.set(assignTo.toLowerCase(), assignTo);
    return { ...(assignTo === undefined ? {} : { assignTo }), ...(source === undefined ? {} : { source }), stages };
  }

  #assignment(): string | undefined {
    const token = this.#token;
    if (token?.kind !== 'assign') return undefined;
    this.#at += 1;
    this.#skipEnds();
    const next = this.#token;
    if (next?.kind === 'variable' || (next?.kind === 'word' && !next.quoted && /^\p{L}/u.test(next.text)))
      return token.name;
    throw new UsageError(
      `After $${token.name} = a cmdlet is expected; a variable holds what one gives.`,
      'Write a value itself where it is needed. What a preference variable does for the whole line, -ErrorAction and its like do for each cmdlet.',
    );
  }

  /** The variable at the head of a pipeline. */
  #source(): VariableValue | undefined {
    const token = this.#token;
    if (token?.kind !== 'variable') return undefined;
    this.#at += 1;
    const next = this.#token;
    if (next === undefined || next.kind === 'end' || next.kind === 'pipe') return this.#known(token);
    throw new UsageError(
      `Something follows $${token.name} that is not a |, at column ${next.start + 1} of the PowerShell line.`,
      'A statement can be $x, $x.Name, $x | …, or $x = …; objects are changed by their Set- cmdlet.',
    );
  }

  #known({ name, member, start }: Extract<Token, { kind: 'variable' }>): VariableValue {
    if (this.#assigned.has(name.toLowerCase()))
      return { kind: 'variable', name, ...(member === undefined ? {} : { member }) };
    const meant = suggestion(name, [...this.#assigned.values()]);
    throw new UsageError(
      `No statement before has assigned the variable $${name} (at column ${start + 1} of the PowerShell line).`,
      meant === undefined
        ? 'A line knows what it assigned itself ($x = Get-…; …), and $true, $false and $null. In text that has a $, put it between single quotes or write `$.'
        : `Did you mean $${meant}?`,
    );
  }

  #stage(): CommandStage {
    const token = this.#token;
    if (token?.kind === 'pipe') throw new UsageError('Nothing stands before a |.', 'Write a cmdlet before it.');
    if (token?.kind !== 'word' || token.quoted) {
      throw new UsageError(
        token?.kind === 'parameter'
          ? `-${token.name} stands where a cmdlet is expected.`
          : 'A cmdlet is expected first.',
        'Write the cmdlet first, without quotes: Get-DhcpServerv4Failover -ComputerName dhcpserver.contoso.com.',
      );
    }
    this.#at += 1;
    const elements: CommandElement[] = [];
    for (;;) {
      const next = this.#token;
      if (next === undefined || next.kind === 'end' || next.kind === 'pipe') return { name: token.text, elements };
      if (next.kind !== 'parameter') elements.push({ kind: 'value', value: this.#value() });
      else {
        this.#at += 1;
        elements.push({
          kind: 'parameter',
          name: next.name,
          ...(next.colon ? { value: this.#valueOf(next.name) } : {}),
        });
      }
    }
  }

  #valueOf(name: string): ArgumentValue {
    const token = this.#token;
    if (token === undefined || token.kind === 'end' || token.kind === 'pipe' || token.kind === 'parameter') {
      throw new UsageError(`-${name}: has no value after its colon.`, `Write -${name}:value.`);
    }
    return this.#value();
  }

  #value(): ArgumentValue {
    const first = this.#token;
    if (first?.kind === 'table') {
      this.#at += 1;
      return { kind: 'table', table: first.table };
    }
    if (first?.kind === 'block') {
      this.#at += 1;
      return { kind: 'block', text: first.text, start: first.start + 1 };
    }
    const elements: ArrayValue['elements'][number][] = [];
    let isArray = false;
    for (;;) {
      const token = this.#token;
      if (token?.kind === 'word') elements.push({ kind: 'text', text: token.text });
      else if (token?.kind === 'literal') elements.push({ kind: 'literal', value: token.value });
      else if (token?.kind === 'variable') elements.push(this.#known(token));
      else if (token?.kind === 'openArray') {
        this.#at += 1;
        isArray = true;
        elements.push(...this.#arrayElements());
      } else if (elements.length > 0)
        throw new UsageError('A value is missing after a comma.', 'Remove the comma, or write the value.');
      else throw unexpected(token);
      if (token.kind !== 'openArray') this.#at += 1;
      if (this.#token?.kind !== 'comma') break;
      isArray = true;
      this.#at += 1;
      this.#skipEnds();
    }
    const [only] = elements;
    return isArray || only === undefined ? { kind: 'array', elements } : only;
  }

  /** Between `@(` and `)`: values apart by commas, semicolons or line ends. */
  #arrayElements(): ArrayValue['elements'][number][] {
    const elements: ArrayValue['elements'][number][] = [];
    for (;;) {
      this.#skipEnds();
      const token = this.#token;
      if (token === undefined) throw new UsageError('The array that begins with @( has no end.', 'Close it with ).');
      if (token.kind === 'closeParenthesis') {
        this.#at += 1;
        return elements;
      }
      const value = this.#value();
      if (value.kind === 'array') elements.push(...value.elements);
      else if (value.kind === 'table' || value.kind === 'block') {
        const what = value.kind === 'table' ? 'hash table' : 'script block';
        throw new UsageError(`A ${what} stands in an array.`, 'Give it alone.');
      } else elements.push(value);
      const next = this.#token;
      if (next !== undefined && next.kind !== 'closeParenthesis' && next.kind !== 'end') throw unexpected(next);
    }
  }
}

function unexpected(token: Token | undefined): UsageError {
  if (token === undefined) return new UsageError('A value is expected at the end of the line.', 'Write the value.');
  const what =
    token.kind === 'closeParenthesis'
      ? 'A ) that closes nothing'
      : token.kind === 'comma'
        ? 'A comma without a value before it'
        : token.kind === 'parameter'
          ? `-${token.name}`
          : token.kind === 'pipe'
            ? 'A |'
            : 'A value';
  return new UsageError(`${what} at column ${token.start + 1} is not expected there.`, 'Correct the line.');
}
