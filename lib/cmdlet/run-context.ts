import { systemClock } from '../base/clock.js';
import type { Deadline } from '../base/deadline.js';
import { publish } from '../base/diagnostics.js';
import { type CimSessionList, processSessions } from '../cim/session-list.js';
import type { CimSessionOptions } from '../cim/session-options.js';
import type { BoundCall } from './bound-call.js';
import { BusyBackoff, busyCode, sleep } from './busy-retry.js';
import { requiredPrompts } from './confirm.js';
import { serverInteraction } from './interaction.js';
import type { InvocationTarget } from './invocation-target.js';
import type { MethodInvoker } from './method-invoker.js';
import type { OperationContext, SessionRequestOptions, ShouldProcessText } from './operation.js';
import type { RunServices } from './run-services.js';
import { whatIfText } from './should-process.js';

/** What one call on one target has at hand while it runs. */
export class RunContext implements OperationContext {
  readonly target: InvocationTarget;
  readonly deadline: Deadline;
  readonly limit: OperationContext['limit'];
  readonly requestOptions: SessionRequestOptions;
  readonly isInteractive: boolean;
  readonly #call: BoundCall;
  readonly #services: RunServices;
  #reports: Promise<void> = Promise.resolve();
  #hadErrors = false;

  constructor(call: BoundCall, target: InvocationTarget, services: RunServices) {
    this.target = target;
    this.deadline = services.deadline;
    this.limit = { deadline: services.deadline };
    this.isInteractive = services.options.interactive !== false;
    this.requestOptions = this.isInteractive
      ? { ...this.limit, ...serverInteraction(call, target, services, (failure) => this.report(failure)) }
      : this.limit;
    this.#call = call;
    this.#services = services;
  }

  get sessions(): CimSessionList {
    return this.#services.options.sessions ?? processSessions;
  }

  async once<T>(request: () => Promise<T>): Promise<T> {
    const retry = this.#retry();
    for (;;) {
      this.deadline.throwIfDone();
      try {
        return await request();
      } catch (error) {
        await retry(error);
      }
    }
  }

  async *each<T>(request: () => AsyncIterable<T>): AsyncGenerator<T, void, undefined> {
    const retry = this.#retry();
    for (;;) {
      this.deadline.throwIfDone();
      let begun = false;
      try {
        for await (const item of request()) {
          begun = true;
          yield item;
        }
        return;
      } catch (error) {
        if (begun) throw error;
        await retry(error);
      }
    }
  }

  async shouldProcess(text: ShouldProcessText): Promise<boolean> {
    const { common, options, streams, confirmation, isOver } = this.#services;
    const { name } = this.#call.definition;
    if (common.WhatIf === true) {
      const said = whatIfText(name, text, this.target.prefixed ? `${this.target.computerName}: ` : '');
      this.#services.whatIf(said);
      streams.whatIf(this.target, said);
      return false;
    }
    if (isOver()) return false;
    if (requiredPrompts(this.#call, common, options).shouldProcess) {
      const approved = await this.deadline.race(confirmation.shouldProcess(this.target, text)).catch((error) => {
        this.#services.fail(error);
        throw error;
      });
      if (!approved) {
        this.#services.declined();
        return false;
      }
    }
    streams.performing(this.target, text);
    return true;
  }

  /** Something was reported: the target has failed, though its operation went on (cimChildJobBase.cs: JobHadErrors). */
  get hadErrors(): boolean {
    return this.#hadErrors;
  }

  /** In the order in which they come. */
  report(failure: unknown): Promise<void> {
    this.#hadErrors = true;
    this.#reports = this.#reports.then(() => this.#services.report(failure));
    return this.#reports;
  }

  /** Resolves when all that was reported has been dealt with. @throws what the host threw. */
  reported(): Promise<void> {
    return this.#reports;
  }

  openSession(computerName: string, options: CimSessionOptions): Promise<MethodInvoker> {
    return this.#services.factory(computerName, options);
  }

  /** Waits after an error of a busy server, for as long as the wait fits into the deadline; throws every other error. */
  #retry(): (error: unknown) => Promise<void> {
    const { options, streams } = this.#services;
    const backoff = new BusyBackoff(options.random ?? Math.random);
    let attempt = 0;
    return async (error) => {
      const code = busyCode(error);
      if (code === undefined) throw error;
      const delayMs = backoff.nextDelayMs();
      if (delayMs >= this.deadline.remainingMs) throw error;
      attempt += 1;
      const { computerName } = this.target;
      const { name } = this.#call.definition;
      const text = `${name}: ${computerName} is busy (${code}). Trying again in ${delayMs / 1000} seconds.`;
      streams.verbose(this.target, text);
      publish('cimlet:cmdlet:retry', { computerName, attempt, delayMs, code });
      await sleep(options.clock ?? systemClock, delayMs, this.deadline);
    };
  }
}
