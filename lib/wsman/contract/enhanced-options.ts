import type { CimletError } from '../../base/errors.js';

/** The connection of an operation is lost, and is tried to be taken up again. */
export interface ConnectionOutage {
  /** The server. */
  readonly host: string;
  readonly error: CimletError;
  /** Counted from 1. */
  readonly attempt: number;
  /** Milliseconds until the next attempt. */
  readonly delayMs: number;
  /** Milliseconds until it is given up. */
  readonly remainingMs: number;
}

/**
 * What the caller of an enhanced operation wants to hear and to be asked (MS-WSMV 2.2.10). A server sends nothing of what
 * is left out.
 */
export interface EnhancedOptions {
  readonly warnings?: boolean;
  readonly verbose?: boolean;
  readonly debug?: boolean;
  readonly progress?: boolean;
  /** Errors that do not end the operation. */
  readonly errors?: boolean;
  /** Out parameters that a method streams are handed over while it runs; otherwise they are collected in the final response. */
  readonly streaming?: boolean;
  readonly confirm?: boolean;
  /**
   * `inquire` (the server's default): prompts wait for an answer. `report`: normal prompts are only told. `ignore`: the server
   * answers normal prompts by itself, with `promptUserAnswer`. Critical prompts always wait for an answer.
   */
  readonly promptUserMode?: 'report' | 'inquire' | 'ignore' | undefined;
  /** The server's automatic answer to normal prompts: true is yes. */
  readonly promptUserAnswer?: boolean | undefined;
  /** `report` (the server's default): errors are told. `inquire`: they wait for an answer. */
  readonly writeErrorMode?: 'report' | 'inquire' | undefined;
  /**
   * For the provider's operation context, by name: `MI_OPERATIONOPTIONS_POWERSHELL_CMDLETNAME`, …
   * Sent as `wmi:NAME`, the prefix that the server takes off (MS-WSMV 3.1.4.1.10).
   */
  readonly context?: Readonly<Record<string, string | number | boolean>>;
  /** Called before each wait for a lost connection. What it throws ends the operation. */
  readonly onOutage?: ((outage: ConnectionOutage) => void) | undefined;
}
