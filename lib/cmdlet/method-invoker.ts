import type { Deadline } from '../base/deadline.js';
import type { CimInput } from '../cim/cim-input.js';
import type { CimMethodFinalResult, CimMethodResult, CimMethodStreamedResult } from '../cim/cim-method-result.js';
import type { CimClassDeclaration, CimMethodDeclaration } from '../cim/class-declaration.js';
import type { CimInteraction } from '../cim/operations/interaction.js';
import type { CimSessionOptions } from '../cim/session-options.js';

/** One static method call, as the engine hands it to a session. */
export interface MethodInvocation {
  readonly namespace: string;
  readonly className: string;
  readonly method: CimMethodDeclaration;
  /** By the method's names; a secret is still wrapped. */
  readonly parameters: Readonly<Record<string, CimInput>>;
  readonly outputClasses: readonly CimClassDeclaration[];
  /** The server may run it twice without harm. */
  readonly repeatable: boolean;
  /** The time that is left, when the call has a limit; else the session's own limit for an operation applies, and `signal` ends it early. */
  readonly deadline?: Deadline | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** One static method call during which the server may stream, tell and ask. */
export interface StreamingMethodInvocation extends MethodInvocation, CimInteraction {
  /** What the provider is told of the cmdlet. */
  readonly customOptions?: Readonly<Record<string, string | number | boolean>> | undefined;
}

/** What the engine needs of a session; a CimSession is one. */
export interface MethodInvoker {
  readonly computerName: string;
  invokeMethod(request: MethodInvocation): Promise<CimMethodResult>;
  /** Absent: the session knows plain invocations only. */
  invokeMethodStreaming?(
    request: StreamingMethodInvocation,
  ): AsyncIterable<CimMethodStreamedResult | CimMethodFinalResult>;
  /** Rejects when the session cannot reach its server any more. */
  testConnection?(options?: {
    readonly deadline?: Deadline | undefined;
    readonly signal?: AbortSignal | undefined;
  }): Promise<unknown>;
  close(): Promise<void>;
}

/**
 * Opens a session to a computer that was given by name; the engine closes it after the call. `options` are New-CimSession's own, and go
 * before what the factory has to say itself.
 */
export type SessionFactory = (computerName: string, options?: CimSessionOptions) => Promise<MethodInvoker>;

/** True for what `-CimSession` takes as a session. */
export function isMethodInvoker(value: unknown): value is MethodInvoker {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as Partial<MethodInvoker>).invokeMethod === 'function' &&
    typeof (value as Partial<MethodInvoker>).close === 'function' &&
    typeof (value as Partial<MethodInvoker>).computerName === 'string'
  );
}

/** What ends an operation of a call: the call's deadline when it has one, else its signal. */
export function operationLimit(deadline: Deadline): { readonly deadline: Deadline } | { readonly signal: AbortSignal } {
  return Number.isFinite(deadline.remainingMs) ? { deadline } : { signal: deadline.signal };
}
