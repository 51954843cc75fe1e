import type { Deadline } from '../../base/deadline.js';
import type { CmdletSyntax } from '../../schema/definition/cmdlet-definition.js';
import type { ActionPreference } from '../contract/engine-parameters.js';
import type { ErrorRecord } from '../contract/error-record.js';
import type { CmdletHost, ConfirmationPrompt } from '../contract/host.js';

/** What ErrorAction makes of a record. */
export class ErrorPolicy {
  readonly #definition: CmdletSyntax;
  readonly #action: ActionPreference | undefined;
  readonly #host: CmdletHost | undefined;
  #asking: Promise<void> = Promise.resolve();
  #yesToAll = false;
  #stopping = false;

  constructor(definition: CmdletSyntax, action: ActionPreference | undefined, host: CmdletHost | undefined) {
    this.#definition = definition;
    this.#action = action;
    this.#host = host;
  }

  /** Targets that have not begun are not begun any more. */
  get isStopping(): boolean {
    return this.#stopping;
  }

  get isRecorded(): boolean {
    return this.#action !== 'Ignore';
  }

  get isShown(): boolean {
    return this.#action !== 'Ignore' && this.#action !== 'SilentlyContinue';
  }

  /** Stop ends the call; Inquire asks, one question at a time, and without a host counts as Stop. */
  async decide(record: ErrorRecord, deadline: Deadline): Promise<void> {
    if (this.#action === 'Stop') this.#stopping = true;
    if (this.#action !== 'Inquire') return;
    this.#asking = this.#asking.catch(() => {}).then(() => this.#ask(record, deadline));
    await this.#asking;
  }

  async #ask(record: ErrorRecord, deadline: Deadline): Promise<void> {
    // When the time is up there is nothing left to go on with.
    if (this.#stopping || this.#yesToAll || deadline.reason !== undefined) return;
    try {
      const answer =
        this.#host === undefined
          ? 'no'
          : await deadline.race(Promise.resolve(this.#host.confirm(this.#prompt(record))));
      this.#yesToAll = answer === 'yesToAll';
      this.#stopping = answer === 'no' || answer === 'noToAll';
    } catch (error) {
      // A host that failed is not asked about the next error.
      this.#stopping = true;
      throw error;
    }
  }

  #prompt(record: ErrorRecord): ConfirmationPrompt {
    return {
      kind: 'error',
      caption: 'Confirm',
      message: record.message,
      choices: ['yes', 'yesToAll', 'no'],
      defaultChoice: 'yes',
      cmdlet: this.#definition.name,
      computerName: record.PSComputerName ?? 'localhost',
    };
  }
}
