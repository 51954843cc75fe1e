import type { Deadline } from '../../base/deadline.js';
import type { CimEnhancedOptions } from '../../cim/operations/cim-enhanced-options.js';
import type { CimSessionOptions } from '../../cim/session/session-options.js';
import type { CimInput } from '../../cim/value/cim-input.js';
import type { CimMethodResult, CimMethodStreamedResult } from '../../cim/value/cim-method-result.js';
import type { CimClassDeclaration, CimMethodDeclaration } from '../../cim/value/class-declaration.js';

/** One static method call, as the engine hands it to a session. A session that knows plain invocations only may ignore what is optional. */
export interface MethodInvocation extends CimEnhancedOptions {
  readonly namespace: string;
  readonly className: string;
  readonly method: CimMethodDeclaration;
  /** By the method's names; a secret is still wrapped. */
  readonly parameters: Readonly<Record<string, CimInput>>;
  readonly outputClasses: readonly CimClassDeclaration[];
  /** The server may run it twice without harm. */
  readonly repeatable: boolean;
  /** Of the whole call. When it has no limit of time, the session's own for one operation applies, and this only ends it early. */
  readonly deadline?: Deadline | undefined;
  /** What the provider is told of the cmdlet. */
  readonly customOptions?: Readonly<Record<string, string | number | boolean>> | undefined;
  /** Takes the values of out parameters that the server streams. With it, and only then, the server may stream, tell and ask. */
  readonly onOutput?: ((item: CimMethodStreamedResult) => void | Promise<void>) | undefined;
}

/** What the engine needs of a session; a CimSession is one. */
export interface CmdletSession {
  readonly computerName: string;
  invokeMethod(request: MethodInvocation): Promise<CimMethodResult>;
  /** Rejects when the session cannot reach its server any more. */
  testConnection?(options?: { readonly deadline?: Deadline | undefined }): Promise<unknown>;
  close(): Promise<void>;
}

/**
 * Opens a session to a computer that was given by name; the engine closes it after the call. `options` are New-CimSession's own, and go
 * before what the factory has to say itself.
 */
export type SessionFactory = (computerName: string, options?: CimSessionOptions) => Promise<CmdletSession>;

/** True for what `-CimSession` takes as a session. */
export function isCmdletSession(value: unknown): value is CmdletSession {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as Partial<CmdletSession>).invokeMethod === 'function' &&
    typeof (value as Partial<CmdletSession>).close === 'function' &&
    typeof (value as Partial<CmdletSession>).computerName === 'string'
  );
}
