import type { CmdletHost, ConfirmationPrompt } from '../../cmdlet/contract/host.js';

/** The call of a plan, and what it may ask. */
export interface ExpectedCall {
  readonly cmdlet: string;
  readonly server: string;
  /** How many questions of its own it has. Default 1. */
  readonly questions?: number | undefined;
}

/**
 * Answers yes to the questions that a call of a plan expects: its own, of its cmdlet, on its server, as often as it has any. Any other question, the
 * server's own while it works among them, is answered no and kept.
 */
export class ExpectedHost implements CmdletHost {
  readonly #call: ExpectedCall;
  readonly #refused: string[] = [];
  #left: number;

  constructor(call: ExpectedCall) {
    this.#call = call;
    this.#left = call.questions ?? 1;
  }

  /** The questions that were answered no. */
  get refused(): readonly string[] {
    return this.#refused;
  }

  confirm(prompt: ConfirmationPrompt): 'yes' | 'no' {
    const { cmdlet, server } = this.#call;
    const isOwn = prompt.kind !== 'error' && prompt.fromServer !== true;
    const isExpected = this.#left > 0 && isOwn && prompt.cmdlet === cmdlet && prompt.computerName === server;
    this.#left -= 1;
    if (isExpected) return 'yes';
    this.#refused.push(prompt.message);
    return 'no';
  }
}
