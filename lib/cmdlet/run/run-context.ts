import { systemClock } from '../../base/clock.js';
import type { Deadline } from '../../base/deadline.js';
import { publish } from '../../base/diagnostics.js';
import { sleep } from '../../base/sleep.js';
import { CimException } from '../../cim/error/cim-exception.js';
import type { CimProgress } from '../../cim/operations/cim-enhanced-options.js';
import { type CimSessionList, processSessions } from '../../cim/session/session-list.js';
import type { CimSessionOptions } from '../../cim/session/session-options.js';
import { approvedSwitches } from '../confirm/confirm.js';
import { whatIfText } from '../confirm/should-process.js';
import type { CmdletSession } from '../contract/cmdlet-session.js';
import type { InvocationTarget } from '../contract/invocation-target.js';
import type { OperationContext, SessionRequestOptions, ShouldProcessText } from '../contract/operation.js';
import { addEnhancedOptions } from './add-enhanced-options.js';
import { BusyBackoff } from './busy-retry.js';
import type { RunServices } from './run-services.js';
import type { TargetRun } from './target-run.js';

/** What one call on one target has at hand while it runs. */
export class RunContext implements OperationContext {
  readonly target: InvocationTarget;
  readonly deadline: Deadline;
  readonly limit: OperationContext['limit'];
  readonly isEnhanced: boolean;
  readonly #run: TargetRun;
  readonly #services: RunServices;
  #reports: Promise<void> | undefined;
  #hadErrors = false;
  #emissions = 0;

  constructor(run: TargetRun, services: RunServices) {
    this.target = run.target;
    this.deadline = services.deadline;
    this.limit = { deadline: services.deadline };
    this.isEnhanced = services.options.enhanced !== false;
    this.#run = run;
    this.#services = services;
  }

  get sessions(): CimSessionList {
    return this.#services.options.sessions ?? processSessions;
  }

  get isOver(): boolean {
    return this.#services.isOver;
  }

  get approvedSwitches(): ReadonlySet<string> {
    return approvedSwitches(this.#run.prompts);
  }

  complete<R extends object>(request: R): R & SessionRequestOptions {
    const whole: R & SessionRequestOptions = Object.assign(request, this.limit);
    if (this.isEnhanced) {
      addEnhancedOptions(whole, this.#run, this.#services, (failure) => this.report(failure));
    }
    return whole;
  }

  emit(items: readonly unknown[]): Promise<void> | undefined {
    const { reason } = this.deadline;
    if (reason !== undefined) throw reason;
    this.#emissions += 1;
    for (const item of items) this.#services.output(this.#run, item);
    return this.#services.whenReady();
  }

  once<T>(request: () => Promise<T>): Promise<T> {
    const before = this.#emissions;
    return this.#repeat(request, () => this.#emissions === before);
  }

  each<T>(request: () => AsyncIterable<T>, take: (item: T) => Promise<void> | undefined): Promise<void> {
    let begun = false;
    const all = async () => {
      for await (const item of request()) {
        begun = true;
        const taken = take(item);
        if (taken !== undefined) await taken;
      }
    };
    return this.#repeat(all, () => !begun);
  }

  async shouldProcess(text: ShouldProcessText): Promise<boolean> {
    const { engineParameters, streams, confirmation } = this.#services;
    const { call, prompts } = this.#run;
    const { name } = call.definition;
    if (engineParameters.WhatIf === true) {
      const said = whatIfText(name, text, this.target.prefixed ? `${this.target.computerName}: ` : '');
      this.#services.whatIf(said);
      streams.whatIf(this.target, said);
      return false;
    }
    if (this.#services.isOver) return false;
    if (prompts.shouldProcess && !(await this.#approved(confirmation.shouldProcess(this.target, text)))) return false;
    streams.performing(this.target, text);
    return true;
  }

  async shouldContinue(question: string): Promise<boolean> {
    if (this.#run.prompts.rules.length === 0) return true;
    return await this.#approved(this.#services.confirmation.shouldContinue(this.target, question));
  }

  warning(text: string): void {
    this.#services.streams.warning(this.target, text);
  }

  verbose(text: string): void {
    this.#services.streams.verbose(this.target, text);
  }

  progress(progress: CimProgress): void {
    this.#services.streams.operationProgress(this.target, progress);
  }

  /** Something was reported: the target has failed, though its operation went on (cimChildJobBase.cs: JobHadErrors). */
  get hadErrors(): boolean {
    return this.#hadErrors;
  }

  /** Nothing was given out, and nothing reported. */
  get isUntouched(): boolean {
    return this.#emissions === 0 && !this.#hadErrors;
  }

  /** In the order in which they come. A host or a listener that fails ends the call; what is reported after it is still kept. */
  report(failure: unknown): Promise<void> {
    this.#hadErrors = true;
    const reported = (this.#reports ?? Promise.resolve()).then(() => this.#services.report(this.#run, failure));
    this.#reports = reported.catch((error) => this.#services.fail(error));
    return reported;
  }

  /** Resolves when all that was reported has been dealt with; undefined when nothing was. */
  reported(): Promise<void> | undefined {
    return this.#reports;
  }

  /** Waits before the target is tried again, and says so. */
  async waitForTry(next: { attempt: number; count: number; delayMs: number; error: unknown }): Promise<void> {
    const { attempt, count, delayMs, error } = next;
    const { options, streams } = this.#services;
    const { computerName } = this.target;
    const code = String(Reflect.get(Object(error), 'code') ?? 'an error');
    const seconds = Math.round(delayMs / 100) / 10;
    const cmdlet = this.#run.call.definition.name;
    const text = `${cmdlet}: ${computerName} failed (${code}). Try ${attempt + 1} of ${count} in ${seconds} seconds.`;
    streams.verbose(this.target, text);
    publish('cimlet:cmdlet:retry', { cmdlet, computerName, attempt, delayMs, code });
    await sleep(options.clock ?? systemClock, delayMs, this.deadline);
  }

  openSession(computerName: string, options: CimSessionOptions): Promise<CmdletSession> {
    return this.#services.factory(computerName, options);
  }

  /** The host's answer. A host that fails ends the call. */
  async #approved(asking: Promise<boolean>): Promise<boolean> {
    const approved = await this.deadline.race(asking).catch((error) => {
      this.#services.fail(error);
      throw error;
    });
    if (!approved && !this.#services.isOver) this.#services.declined(this.#run);
    return approved;
  }

  /** Runs a request until the server is not too busy for it; only as long as it left nothing behind. */
  #repeat<T>(request: () => Promise<T>, isUntouched: () => boolean): Promise<T> {
    return request().catch((error) => this.#repeatAfter(error, request, isUntouched));
  }

  async #repeatAfter<T>(failure: unknown, request: () => Promise<T>, isUntouched: () => boolean): Promise<T> {
    const retry = this.#retry();
    let error = failure;
    for (;;) {
      if (!isUntouched()) throw error;
      await retry(error);
      this.deadline.throwIfDone();
      try {
        return await request();
      } catch (next) {
        error = next;
      }
    }
  }

  /** Waits after an error of a busy server, for as long as the wait fits into the deadline; throws every other error. */
  #retry(): (error: unknown) => Promise<void> {
    const { options, streams } = this.#services;
    const backoff = new BusyBackoff(options.random ?? Math.random);
    let attempt = 0;
    return async (error) => {
      const code = error instanceof CimException ? error.quotaName : undefined;
      if (code === undefined) throw error;
      const delayMs = backoff.nextDelayMs();
      if (delayMs >= this.deadline.remainingMs) throw error;
      attempt += 1;
      const { computerName } = this.target;
      const { name } = this.#run.call.definition;
      const text = `${name}: ${computerName} is busy (${code}). Trying again in ${delayMs / 1000} seconds.`;
      streams.verbose(this.target, text);
      publish('cimlet:cmdlet:retry', { cmdlet: name, computerName, attempt, delayMs, code });
      await sleep(options.clock ?? systemClock, delayMs, this.deadline);
    };
  }
}
