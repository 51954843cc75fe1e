import type { Deadline } from '../../base/deadline.js';
import type { CimEnhancedOptions, CimProgress } from '../../cim/operations/cim-enhanced-options.js';
import type { CimRequestOptions } from '../../cim/operations/operation-options.js';
import type { CimSessionList } from '../../cim/session/session-list.js';
import type { CimSessionOptions } from '../../cim/session/session-options.js';
import type { CmdletSession } from './cmdlet-session.js';
import type { InvocationTarget } from './invocation-target.js';

/** What ShouldProcess names: `Performing the operation "ACTION" on target "TARGET".` */
export interface ShouldProcessText {
  readonly target: string;
  /** Default: the cmdlet's name. */
  readonly action?: string;
  /** Said in the place of PowerShell's sentence about both. */
  readonly sentence?: string;
}

/**
 * The last step of a cmdlet: what one bound call does on one target. A static method of CDXML is one, each CIM cmdlet is another; the
 * engine knows no more of them than this.
 */
export interface CmdletOperation {
  /** For the debug stream: `method root/x/PS_Thing.Get`. */
  readonly description: string;
  /**
   * What is asked before the call runs on a target. `each`: the operation finds out what it will change only while it runs, and asks for
   * each by {@link OperationContext.shouldProcess}; with WhatIf it runs, too, and changes nothing.
   */
  readonly shouldProcess: ShouldProcessText | 'each';
  /** What error records name as their target; `sourceType` beside the source that an error instance of the server names. */
  readonly errorTarget: { readonly name: string; readonly type: string; readonly sourceType?: string };
  /** It puts the cmdlet's `confirm` rules itself, by {@link OperationContext.shouldContinue}, when it knows what they are about. */
  readonly asksWhileItRuns?: true;
  /** Computers, for an operation that needs no session: `run` gets none then. */
  readonly withoutSession?: readonly string[];
  /** Does it, and gives its output to {@link OperationContext.emit} as it comes. What it throws becomes the target's error record. */
  run(session: CmdletSession | undefined, context: OperationContext): Promise<void>;
}

/** How an operation on a session is to be run, in the terms of lib/cim. */
export type SessionRequestOptions = Pick<CimRequestOptions, 'deadline' | 'customOptions'> & CimEnhancedOptions;

/** What the engine does for an operation while it runs. */
export interface OperationContext {
  readonly target: InvocationTarget;
  /** Of the whole call. */
  readonly deadline: Deadline;
  /** Nothing more is to be begun: the call was stopped, or one of its errors ended it. */
  readonly isOver: boolean;
  /** Adds the call's limit, and the caller's streams, host and preferences, to a request; gives it back. */
  complete<R extends object>(request: R): R & SessionRequestOptions;
  /** The server may talk while it works; else requests are sent plainly. */
  readonly isEnhanced: boolean;
  /** The call's limit alone. */
  readonly limit: { readonly deadline: Deadline };
  /**
   * Puts out so many items. Gives a promise while the reader is behind: the operation is to wait for it.
   * @throws the reason when the call is over.
   */
  emit(items: readonly unknown[]): Promise<void> | undefined;
  /** Runs one request, and again when the server was too busy for it, as long as nothing was put out. */
  once<T>(request: () => Promise<T>): Promise<T>;
  /** As {@link once}, for an iteration: a server that is busy is asked again as long as nothing has come from it. */
  each<T>(request: () => AsyncIterable<T>, take: (item: T) => Promise<void> | undefined): Promise<void>;
  /** Switches, such as `Force`, that go to the server as given, since all that they would silence has been approved. */
  readonly approvedSwitches: ReadonlySet<string>;
  /** PowerShell's ShouldProcess for one of several things: false after WhatIf and after a no. */
  shouldProcess(text: ShouldProcessText): Promise<boolean>;
  /** PowerShell's ShouldContinue: the question of the cmdlet's `confirm` rule. True where that has not to be asked. */
  shouldContinue(question: string): Promise<boolean>;
  /** An error that does not end the operation. */
  report(error: unknown): Promise<void>;
  /** Texts for the call's streams. */
  warning(text: string): void;
  verbose(text: string): void;
  /** How far it has come. */
  progress(progress: CimProgress): void;
  /** Opens a session that outlives the call; `options` go before the caller's own. */
  openSession(computerName: string, options: CimSessionOptions): Promise<CmdletSession>;
  /** The sessions that Get-CimSession knows. */
  readonly sessions: CimSessionList;
}
