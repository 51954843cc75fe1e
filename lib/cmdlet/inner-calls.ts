import { CimException } from '../cim/error/cim-exception.js';
import type { CimProgress } from '../cim/operations/cim-enhanced-options.js';
import type { CmdletDefinition } from '../schema/definition/cmdlet-definition.js';
import { bindCall, nameParameters } from './bind/binding.js';
import { ParameterBindingError } from './contract/binding-error.js';
import type { CmdletSession } from './contract/cmdlet-session.js';
import type { OperationContext, SessionRequestOptions } from './contract/operation.js';
import { ReturnCodeError } from './contract/return-code-error.js';
import { boundCall } from './run/operation-of.js';

/** What a call inside of another gave. */
export interface InnerResult<T> {
  readonly output: readonly T[];
  /** Why it failed, in whole or in part. */
  readonly errors: readonly Error[];
}

/**
 * Cmdlets that another one calls while it runs, as a script function does: on its session, within its limits, through its streams. What was
 * approved for the whole is not asked about again; only a critical question of the server still goes to the host.
 */
export class InnerCalls {
  readonly #session: CmdletSession;
  readonly #context: OperationContext;
  readonly #always: Readonly<Record<string, unknown>>;

  /** `always`: parameters of every call. */
  constructor(session: CmdletSession, context: OperationContext, always: Readonly<Record<string, unknown>>) {
    this.#session = session;
    this.#context = context;
    this.#always = always;
  }

  /** Its whole output. Rejects when the server is not reached any more, or the call is over. */
  async all<T>(cmdlet: CmdletDefinition, parameters: Readonly<Record<string, unknown>> = {}): Promise<InnerResult<T>> {
    const output: T[] = [];
    const errors = await this.each<T>(cmdlet, parameters, (item) => {
      output.push(item);
    });
    return { output, errors };
  }

  /** As {@link all}, item by item; the next ones wait for what `take` promises. */
  async each<T>(
    cmdlet: CmdletDefinition,
    parameters: Readonly<Record<string, unknown>>,
    take: (item: T) => Promise<void> | undefined | void,
  ): Promise<readonly Error[]> {
    const errors: Error[] = [];
    const inner = new InnerContext(this.#context, (item) => take(item as T), errors);
    this.#context.deadline.throwIfDone();
    try {
      const call = bindCall(cmdlet, nameParameters(cmdlet, { ...this.#always, ...parameters }));
      await boundCall(cmdlet, call).operation.run(this.#session, inner);
    } catch (error) {
      if (!isOwnFailure(error)) throw error;
      errors.push(error);
    }
    return errors;
  }
}

/** The call failed, and not the way to the server. */
function isOwnFailure(error: unknown): error is Error {
  return error instanceof CimException || error instanceof ReturnCodeError || error instanceof ParameterBindingError;
}

/** The outer call's context, but for what the inner one gives and reports. */
class InnerContext implements OperationContext {
  readonly approvedSwitches: ReadonlySet<string> = new Set();
  readonly #outer: OperationContext;
  readonly #take: (item: unknown) => Promise<void> | undefined | void;
  readonly #errors: Error[];

  constructor(outer: OperationContext, take: (item: unknown) => Promise<void> | undefined | void, errors: Error[]) {
    this.#outer = outer;
    this.#take = take;
    this.#errors = errors;
  }

  get target() {
    return this.#outer.target;
  }

  get deadline() {
    return this.#outer.deadline;
  }

  get limit() {
    return this.#outer.limit;
  }

  get isEnhanced() {
    return this.#outer.isEnhanced;
  }

  get isOver() {
    return this.#outer.isOver;
  }

  get sessions() {
    return this.#outer.sessions;
  }

  complete<R extends object>(request: R): R & SessionRequestOptions {
    const whole = this.#outer.complete(request);
    if (!this.isEnhanced) return whole;
    const { promptUser } = whole;
    return Object.assign(whole, {
      onError: (error: Error) => {
        this.#errors.push(error);
      },
      promptUserMode: 'ignore' as const,
      promptUserAnswer: true,
      promptUser: ((prompt) =>
        prompt.promptType === 'critical' && promptUser !== undefined
          ? promptUser(prompt)
          : 'yes') satisfies SessionRequestOptions['promptUser'],
    });
  }

  emit(items: readonly unknown[]): Promise<void> | undefined {
    this.deadline.throwIfDone();
    const waits = items.map((item) => this.#take(item)).filter((wait) => wait instanceof Promise);
    return waits.length === 0 ? undefined : Promise.all(waits).then(() => {});
  }

  once<T>(request: () => Promise<T>): Promise<T> {
    return this.#outer.once(request);
  }

  each<T>(request: () => AsyncIterable<T>, take: (item: T) => Promise<void> | undefined): Promise<void> {
    return this.#outer.each(request, take);
  }

  shouldProcess(): Promise<boolean> {
    return Promise.resolve(true);
  }

  shouldContinue(): Promise<boolean> {
    return Promise.resolve(true);
  }

  async report(error: unknown): Promise<void> {
    this.#errors.push(error instanceof Error ? error : new Error(String(error)));
  }

  warning(text: string): void {
    this.#outer.warning(text);
  }

  verbose(text: string): void {
    this.#outer.verbose(text);
  }

  progress(progress: CimProgress): void {
    this.#outer.progress(progress);
  }

  openSession(...parameters: Parameters<OperationContext['openSession']>): Promise<CmdletSession> {
    return this.#outer.openSession(...parameters);
  }
}
