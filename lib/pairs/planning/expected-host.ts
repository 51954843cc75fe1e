import type { CmdletHost, ConfirmationPrompt } from '../../cmdlet/contract/host.js';

/**
 * Answers yes to the one question that a call of a plan expects: its own, of its cmdlet, on its server. Any other question, the server's own while it
 * works among them, is answered no and kept.
 */
export class ExpectedHost implements CmdletHost {
  readonly #cmdlet: string;
  readonly #server: string;
  readonly refused: string[];
  #answered = false;

  constructor(cmdlet: string, server: string, refused: string[]) {
    this.#cmdlet = cmdlet;
    this.#server = server;
    this.refused = refused;
  }

  confirm(prompt: ConfirmationPrompt): 'yes' | 'no' {
    const isExpected =
      !this.#answered &&
      prompt.kind !== 'error' &&
      prompt.fromServer !== true &&
      prompt.cmdlet === this.#cmdlet &&
      prompt.computerName === this.#server;
    this.#answered = true;
    if (isExpected) return 'yes';
    this.refused.push(prompt.message);
    return 'no';
  }
}
