import type { CmdletSession } from './cmdlet-session.js';

/** One place where a call runs. */
export interface InvocationTarget {
  readonly computerName: string;
  /** The caller's session; absent: one is opened to `computerName` for the call. */
  readonly session?: CmdletSession;
  /** Texts about it begin with the computer's name, as PowerShell's do for a CimSession. */
  readonly prefixed: boolean;
  /** The method parameter ComputerName is left out: the connection goes to that computer already, and needs no second hop. */
  readonly omitComputerName: boolean;
}

/** The parameter that names a computer. */
export const COMPUTER_NAME = 'ComputerName';

/** `COMPUTER: text` where the target was given as a session. */
export function prefixedText(target: InvocationTarget, text: string): string {
  return target.prefixed ? `${target.computerName}: ${text}` : text;
}
