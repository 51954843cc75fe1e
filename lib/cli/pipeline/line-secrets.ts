import type { Secret } from '../../base/secret.js';
import type { CmdletParameter } from '../../schema/definition/cmdlet-definition.js';
import type { LineExpression } from '../language/syntax.js';
import type { CommandIo } from '../terminal/command-io.js';
import { canObtain, obtainSecret } from '../terminal/obtain-secret.js';
import type { TerminalInput } from '../terminal/terminal-input.js';
import type { CommandOptions } from '../usage/options.js';

/** The secrets of a line's parameters: where they come from that the line does not hold, and what is said of those that it does. */
export class LineSecrets {
  readonly #options: CommandOptions;
  readonly #io: CommandIo;
  readonly #input: TerminalInput;
  /** The one line of standard input is all of them. */
  #fromInput: Promise<Secret> | undefined;
  #warned: boolean;

  constructor(options: CommandOptions, io: CommandIo, input: TerminalInput) {
    this.#options = options;
    this.#io = io;
    this.#input = input;
    // Nothing real stands behind a lab.
    this.#warned = options.emulator;
  }

  /** A secret parameter may stand without its value. */
  get canAsk(): boolean {
    const { secretEnv: env, secretStdin: stdin } = this.#options;
    return canObtain({ env, stdin }, this.#io);
  }

  /** The value that the line does not hold. @throws UsageError where it is not to be had. */
  async obtain(parameter: string, account?: string): Promise<Secret> {
    const { secretEnv: env, secretStdin: stdin } = this.#options;
    const of = account === undefined ? `-${parameter}` : `-${parameter} (${account})`;
    const ask = () => obtainSecret({ kind: 'secret', of, env, stdin }, this.#io, this.#input);
    if (!stdin) return await ask();
    this.#fromInput ??= ask();
    return await this.#fromInput;
  }

  /** What to say of a secret that stands in the line, once; undefined where there is nothing to say. */
  warningOf(
    { name, secret, type }: Pick<CmdletParameter, 'name' | 'secret' | 'type'>,
    value: LineExpression,
  ): string | undefined {
    // The text of a credential is the user name alone.
    if (this.#warned || secret !== true || !(type === 'String' ? holdsText(value) : value.kind === 'table'))
      return undefined;
    this.#warned = true;
    return `The value of -${name} stands in the command line, which everyone on this machine can read while it runs and your shell keeps. Write -${name} without a value${name === 'Credential' ? ' but the user name' : ''}, and give --secret-env VAR or --secret-stdin, or wait for the prompt.`;
  }
}

/** The expression has something in it that its writer has typed. */
function holdsText(expression: LineExpression): boolean {
  switch (expression.kind) {
    case 'literal':
      return expression.value !== null && expression.value !== '';
    case 'text':
      return expression.parts.some((part) => typeof part === 'string');
    case 'array':
      return expression.elements.some(holdsText);
    case 'cast':
      return holdsText(expression.operand);
    case 'call':
      return holdsText(expression.target);
    default:
      return expression.kind === 'table';
  }
}
