/** An answer to a prompt. `yesToAll` and `noToAll` hold for the rest of the call. */
export type ConfirmationAnswer = 'yes' | 'yesToAll' | 'no' | 'noToAll';

/** A question to the user. It never holds a secret. */
export interface ConfirmationPrompt {
  /**
   * `critical`: what the cmdlet itself asks about, whatever the confirm preference (PowerShell's ShouldContinue);
   * `normal`: PowerShell's ShouldProcess, from `Confirm` or the confirm preference; `error`: `ErrorAction: 'Inquire'` asks whether to go on.
   */
  readonly kind: 'critical' | 'normal' | 'error';
  readonly caption: string;
  /** The question, prefixed with the computer's name as PowerShell does for a CimSession. */
  readonly message: string;
  readonly choices: readonly ConfirmationAnswer[];
  readonly defaultChoice: ConfirmationAnswer;
  /** The server asks, while the operation runs. Absent: nothing has been sent yet. For kind `error` it says nothing. */
  readonly fromServer?: true;
  readonly cmdlet: string;
  readonly computerName: string;
}

/** Who answers prompts: a terminal, a dialogue, a policy. Questions of one call come one at a time. */
export interface CmdletHost {
  /** A rejection stops the call. */
  confirm(prompt: ConfirmationPrompt): ConfirmationAnswer | Promise<ConfirmationAnswer>;
}
