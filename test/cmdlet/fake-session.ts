import { Secret } from '../../lib/base/secret.js';
import type { CimMethodResult } from '../../lib/cim/value/cim-method-result.js';
import type { CimValue } from '../../lib/cim/value/cim-value.js';
import type { CmdletSession, MethodInvocation } from '../../lib/cmdlet/contract/cmdlet-session.js';

export type Respond = (request: MethodInvocation, session: FakeSession) => CimMethodResult | Promise<CimMethodResult>;

/** A session without a server: it records what it is asked, and answers as it is told. */
export class FakeSession implements CmdletSession {
  readonly computerName: string;
  readonly requests: MethodInvocation[] = [];
  tests = 0;
  closed = 0;
  testOutcome: Error | undefined;
  readonly #respond: Respond;

  constructor(computerName: string, respond: Respond = () => returns()) {
    this.computerName = computerName;
    this.#respond = respond;
  }

  async invokeMethod(request: MethodInvocation): Promise<CimMethodResult> {
    this.requests.push(request);
    return this.#respond(request, this);
  }

  async testConnection(): Promise<void> {
    this.tests += 1;
    if (this.testOutcome !== undefined) throw this.testOutcome;
  }

  async close(): Promise<void> {
    this.closed += 1;
  }

  /** The parameters of a request, secrets revealed. */
  sent(index = 0): Record<string, unknown> {
    const parameters = this.requests[index]?.parameters ?? {};
    const reveal = (value: unknown) => (value instanceof Secret ? value.reveal() : value);
    return Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, reveal(value)]));
  }
}

/** A method result with one out parameter, or none. */
export function returns(output?: CimValue, returnValue: CimValue = 0): CimMethodResult {
  return { returnValue, outParameters: output === undefined ? {} : { cmdletOutput: output } };
}

/** A promise that is settled by hand. */
export interface Deferred<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (reason: unknown) => void;
}

export function deferred<T>(): Deferred<T> {
  let resolve: (value: T) => void = () => {};
  let reject: (reason: unknown) => void = () => {};
  const promise = new Promise<T>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
}

/** Lets everything that is ready run, timers aside. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
