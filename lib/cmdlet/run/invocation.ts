import { Deadline } from '../../base/deadline.js';
import { hasSubscribers, publish } from '../../base/diagnostics.js';
import { CimletError } from '../../base/errors.js';
import { bindCall, type NamedParameters, nameParameters, refuseBeforeInput } from '../bind/binding.js';
import type { BoundEngineParameters } from '../bind/bound-engine-parameters.js';
import { asks, Confirmation, requiredPrompts, requireHost } from '../confirm/confirm.js';
import { whatIfText } from '../confirm/should-process.js';
import { withWithheldAdvice } from '../confirm/withheld-advice.js';
import type { CallParameters } from '../contract/bound-call.js';
import type { Cmdlet } from '../contract/cmdlet.js';
import type { CmdletSession, SessionFactory } from '../contract/cmdlet-session.js';
import type { ErrorRecord } from '../contract/error-record.js';
import type { InvocationOptions } from '../contract/invocation-options.js';
import { boundMessage } from '../report/bound-message.js';
import { ErrorPolicy } from '../report/error-policy.js';
import { recordOfBrokenSession, recordOfFailure, recordOfInput } from '../report/record-of-failure.js';
import { StreamWriter } from '../report/stream-writer.js';
import { Attempts } from './attempts.js';
import { GatheredInput } from './gathered-input.js';
import { inputObjects } from './input-objects.js';
import type { InvocationObserver, TargetOutcome } from './invocation-observer.js';
import { refuseJobConflict } from './job-conflict.js';
import { boundCall } from './operation-of.js';
import { RunContext } from './run-context.js';
import { runMarked } from './run-marked.js';
import type { RunServices } from './run-services.js';
import { SessionHealth } from './session-health.js';
import { SessionPool } from './session-pool.js';
import type { PromptedCall, TargetRun } from './target-run.js';
import { targetsOf } from './targets.js';
import { enterInvocation, optimumThrottleLimit, runningInvocations, Throttle } from './throttle.js';

/** How an invocation ended. */
export interface InvocationSummary {
  /** Computers that were not tried. */
  readonly skipped: readonly string[];
  /** Computers for which the host said no. */
  readonly declined: readonly string[];
  /** What stopped the call before its end; undefined when it came to it. */
  readonly cause: unknown;
  /** `stop()` was called. */
  readonly stopped: boolean;
}

export interface InvocationInit {
  readonly definition: Cmdlet;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly options: InvocationOptions<object>;
  /** Opens the sessions to computers that are given by name. */
  readonly factory: SessionFactory;
  readonly observer: InvocationObserver;
  readonly asJob: boolean;
}

/** Runs one cmdlet call: binds, asks, and works on its targets under the throttle. */
export class Invocation implements RunServices {
  readonly definition: Cmdlet;
  readonly named: NamedParameters;
  readonly options: InvocationOptions<object>;
  readonly #observer: InvocationObserver;
  readonly #single: PromptedCall | undefined;
  readonly streams: StreamWriter;
  readonly #errors: ErrorPolicy;
  readonly #health = new SessionHealth();
  /** Made when there is something to ask. */
  #confirmation: Confirmation | undefined;
  readonly #limit: number;
  readonly #attempts: Attempts | undefined;
  /** With `attempts`: a credential was refused, or something that every other target would say, too. */
  #isRefused = false;
  #hasBegun = false;
  #throttle: Throttle | undefined;
  readonly factory: SessionFactory;
  /** Made for the first computer that is given by name. */
  #pool: SessionPool | undefined;
  readonly deadline: Deadline;
  readonly #leave: () => void;
  readonly #skipped: string[] = [];
  readonly #declined: string[] = [];
  #cause: unknown;
  #stopped = false;
  #hadErrors = false;

  /**
   * Binds what can be bound before input arrives.
   * @throws ParameterBindingError; CimletError `ERR_CONFIRMATION_REQUIRED`, `ERR_INVALID_ARGUMENT`. Nothing was sent then.
   */
  constructor({ definition, parameters, options, factory, observer, asJob }: InvocationInit) {
    this.definition = definition;
    this.options = options;
    this.#observer = observer;
    this.named = nameParameters(definition, parameters);
    refuseJobConflict(this.named.engineParameters, asJob);
    const attempts = Attempts.of(options);
    this.streams = new StreamWriter(definition, this.named.engineParameters, options);
    this.#errors = new ErrorPolicy(definition, this.named.engineParameters.ErrorAction, options.host);
    if (options.input === undefined) {
      this.#single = this.#bind();
    } else refuseBeforeInput(definition, this.named);
    this.factory = factory;
    this.deadline = new Deadline({ timeoutMs: options.timeoutMs, signal: options.signal });
    this.#leave = enterInvocation();
    this.#limit = this.#throttleLimit();
    this.#attempts = attempts;
  }

  /** There has been an error, kept as a record or not. */
  get hadErrors(): boolean {
    return this.#hadErrors;
  }

  /** Every error was put to the host (`Inquire`), which chose to go on. */
  get wasToldToContinue(): boolean {
    return this.named.engineParameters.ErrorAction === 'Inquire' && !this.#errors.isStopping;
  }

  get engineParameters(): BoundEngineParameters {
    return this.named.engineParameters;
  }

  get confirmation(): Confirmation {
    this.#confirmation ??= new Confirmation(this.definition.name, this.options.host, () => this.isOver);
    return this.#confirmation;
  }

  /** Stops what runs and skips what does not yet. */
  stop(): void {
    this.#stopped = true;
    this.deadline.abort();
  }

  /** Runs to the end. Never rejects: a failure of a listener, of the host or of the input becomes the summary's cause. */
  async run(): Promise<InvocationSummary> {
    try {
      if (this.#single !== undefined) await this.#queueTargets(this.#single);
      else await this.#runInput();
    } catch (error) {
      this.#end(error);
    }
    if (this.#throttle !== undefined) await this.#throttle.idle();
    const closing = this.#pool?.closeAll(this.deadline);
    if (closing !== undefined) await closing;
    const { reason } = this.deadline;
    if (reason !== undefined && !this.#stopped) this.#cause ??= reason;
    this.#leave();
    this.deadline[Symbol.dispose]();
    return { skipped: this.#skipped, declined: this.#declined, stopped: this.#stopped, cause: this.#cause };
  }

  async #runInput(): Promise<void> {
    const gathered = 'gathersInput' in this.definition ? new GatheredInput() : undefined;
    for await (const input of inputObjects(this.options.input, this.deadline)) {
      if (this.isOver) return;
      let prompted: PromptedCall | undefined;
      try {
        if (gathered === undefined) prompted = this.#bind(input ?? null);
        else gathered.add(bindCall(this.definition, this.named, input ?? null));
      } catch (error) {
        if (!(error instanceof CimletError)) throw error;
        await this.#report(undefined, recordOfInput(this.definition, error, input));
        continue;
      }
      if (prompted !== undefined) await this.#queueTargets(prompted);
    }
    if (gathered?.call !== undefined) await this.#queueTargets(this.#prompted(gathered.call));
  }

  /** Binds the parameters, and an input object where there is one. @throws what keeps the call from being sent. */
  #bind(input?: unknown): PromptedCall {
    return this.#prompted(bindCall(this.definition, this.named, input));
  }

  #prompted(parameters: CallParameters): PromptedCall {
    const call = boundCall(this.definition, parameters);
    const prompts = requiredPrompts(call, this.named.engineParameters, this.options);
    requireHost(call, prompts, this.options.host);
    return { call, prompts };
  }

  async #queueTargets(prompted: PromptedCall): Promise<void> {
    const { call, prompts } = prompted;
    this.streams.debugCall(call);
    if (hasSubscribers('cimlet:cmdlet:bound')) publish('cimlet:cmdlet:bound', boundMessage(call));
    const runs = targetsOf(call, this.named.engineParameters).map((target): TargetRun => ({ call, prompts, target }));
    this.streams.expect(runs.length);
    // A job has all its children when it is handed out (SessionBasedWrapper.cs), but for those that somebody is still to be asked about.
    const isKnown = this.#single !== undefined && !asks(prompts) && this.named.engineParameters.WhatIf !== true;
    if (isKnown) for (const run of runs) this.#observer.queued?.(run);
    const isAlone = isKnown && runs.length === 1;
    if (this.#throttle === undefined && !isAlone) {
      const making = Throttle.upTo(this.#limit, this.#single === undefined ? undefined : runs.length);
      this.#throttle = making instanceof Throttle ? making : await making;
    }
    const throttle = this.#throttle;
    for (const run of runs) {
      if (this.isOver) {
        this.#skipped.push(run.target.computerName);
        if (isKnown) this.#observer.ended?.(run, 'Stopped');
        continue;
      }
      try {
        if (throttle === undefined) {
          // Alone it waits for no turn, but for its caller: what listeners hear comes after the call has given its result.
          await undefined;
          await this.#work(run);
          continue;
        }
        const queuing = isKnown ? this.#start(run, throttle) : this.#queueTarget(run, throttle);
        if (queuing !== undefined) await queuing;
      } catch (error) {
        this.#skipped.push(run.target.computerName);
        this.#end(error);
      }
    }
  }

  async #queueTarget(run: TargetRun, throttle: Throttle): Promise<void> {
    const { call, prompts, target } = run;
    const shouldProcess = this.named.engineParameters.WhatIf === true ? call.operation.shouldProcess : 'each';
    if (shouldProcess !== 'each') {
      const prefix = target.prefixed ? `${target.computerName}: ` : '';
      const text = whatIfText(this.definition.name, shouldProcess, prefix);
      this.#observer.whatIf?.(text);
      this.streams.whatIf(target, text);
      this.streams.ended(target, false);
      return;
    }
    if (asks(prompts) && !(await this.deadline.race(this.confirmation.approve(call, target, prompts)))) {
      if (this.isOver) {
        this.#skipped.push(target.computerName);
        return;
      }
      this.#declined.push(target.computerName);
      this.streams.verbose(target, `${this.definition.name} was declined.`);
      this.streams.ended(target, false);
      return;
    }
    this.#observer.queued?.(run);
    const starting = this.#start(run, throttle);
    if (starting !== undefined) await starting;
  }

  /** A promise where the next one may not be queued yet. */
  #start(run: TargetRun, throttle: Throttle): Promise<void> | undefined {
    throttle.add(() => this.#work(run));
    if (this.#attempts === undefined || this.#hasBegun) return this.#pace(throttle);
    this.#hasBegun = true;
    return throttle.idle().then(() => this.#pace(throttle));
  }

  /** Keeps the queue and the unread output short. A job shows all children of its sessions at once, so it is not held up by them. */
  #pace(throttle: Throttle): Promise<void> | undefined {
    if (this.#single !== undefined && this.#observer.ready === undefined) return undefined;
    return throttle.hasRoom ? this.whenReady() : throttle.room().then(() => this.whenReady());
  }

  async #work(run: TargetRun): Promise<void> {
    const { target } = run;
    let outcome: TargetOutcome = 'Stopped';
    try {
      const isBroken = this.#health.isBroken(target);
      if (isBroken) this.streams.abandoned(target);
      if (isBroken || this.isOver) {
        this.#skipped.push(target.computerName);
        return;
      }
      this.#observer.started?.(run);
      this.streams.operation(run.call, target);
      outcome = await this.#attempt(run);
    } catch (error) {
      outcome = 'Failed';
      this.#cause ??= error;
    } finally {
      this.#observer.ended?.(run, outcome);
      this.#guard(() => this.streams.ended(target, outcome === 'Failed'));
    }
  }

  async #attempt(run: TargetRun): Promise<TargetOutcome> {
    for (let attempt = 1; ; attempt += 1) {
      const context = new RunContext(run, this);
      try {
        await this.#perform(run, context);
        const reports = context.reported();
        if (reports !== undefined) await reports;
        return context.hadErrors ? 'Failed' : 'Completed';
      } catch (error) {
        if (!(await this.#isRepeated(run, error, attempt, context))) return this.#fail(run, error);
      }
    }
  }

  #perform(run: TargetRun, context: RunContext): Promise<void> {
    const { call, target } = run;
    if (call.operation.withoutSession !== undefined) return this.#give(run, undefined, context);
    if (target.session !== undefined) return this.#give(run, target.session, context);
    this.#pool ??= new SessionPool(this.factory, this.#single === undefined, this.options.keepSessions === true);
    return this.#pool.use(target.computerName, this.deadline, (session) => this.#give(run, session, context));
  }

  /** Whether the target is to be tried again, once the time for that has come. */
  async #isRepeated(run: TargetRun, error: unknown, attempt: number, context: RunContext): Promise<boolean> {
    if (this.#attempts === undefined || this.isOver) return false;
    const next = this.#attempts.after(run, error, attempt, context.isUntouched);
    if (next === 'stop') this.#isRefused = true;
    if (typeof next === 'string' || next.delayMs >= this.deadline.remainingMs) return false;
    const { count } = this.#attempts;
    return context.waitForTry({ attempt, count, delayMs: next.delayMs, error }).then(
      () => !this.isOver,
      () => false,
    );
  }

  /** Runs the operation. When the call ends before it, it is not waited for: it may take as long as it likes to let go. */
  #give(run: TargetRun, session: CmdletSession | undefined, context: RunContext): Promise<void> {
    this.deadline.throwIfDone();
    return this.deadline.race(runMarked(run, session, context));
  }

  output(run: TargetRun, item: unknown): void {
    this.#observer.output(run, item);
  }

  whenReady(): Promise<void> | undefined {
    const ready = this.#observer.ready?.();
    return ready === undefined ? undefined : this.deadline.race(ready).catch(() => {});
  }

  report(run: TargetRun, failure: unknown): Promise<void> {
    return this.#report(run, this.#recordOf(run, failure));
  }

  fail(cause: unknown): void {
    this.#cause ??= cause;
  }

  whatIf(text: string): void {
    this.#observer.whatIf?.(text);
  }

  declined({ target }: TargetRun): void {
    if (!this.#declined.includes(target.computerName)) this.#declined.push(target.computerName);
  }

  async #fail(run: TargetRun, error: unknown): Promise<TargetOutcome> {
    if (this.#stopped && error === this.deadline.reason) return 'Stopped';
    if (this.#cause !== undefined && error === this.#cause) return 'Failed';
    const { operation } = run.call;
    const { computerName } = run.target;
    const health = await this.#health.examine(run.target, error, this.deadline);
    if (health === 'brokenBefore') this.#skipped.push(computerName);
    else if (health === 'broken' && error instanceof Error) {
      await this.#report(run, recordOfBrokenSession(this.definition, error, computerName, operation));
    } else await this.#report(run, this.#recordOf(run, error));
    return 'Failed';
  }

  #recordOf({ call, target, prompts }: TargetRun, failure: unknown): ErrorRecord {
    return recordOfFailure(this.definition, withWithheldAdvice(prompts, failure), target.computerName, call.operation);
  }

  async #report(run: TargetRun | undefined, record: ErrorRecord): Promise<void> {
    this.#hadErrors = true;
    if (this.#errors.isRecorded) this.#observer.failed(run, record);
    if (this.#errors.isShown) this.streams.error(record);
    await this.#errors.decide(record, this.deadline);
  }

  get isOver(): boolean {
    return (
      this.#stopped ||
      this.#errors.isStopping ||
      this.#isRefused ||
      this.#cause !== undefined ||
      this.deadline.reason !== undefined
    );
  }

  /** A failure that ends the whole call; what `stop()` brings about is not one. */
  #end(failure: unknown): void {
    if (!this.#stopped || failure !== this.deadline.reason) this.#cause ??= failure;
  }

  #guard(action: () => void): void {
    try {
      action();
    } catch (error) {
      this.#cause ??= error;
    }
  }

  #throttleLimit(): number {
    const { ThrottleLimit } = this.named.engineParameters;
    const limit = ThrottleLimit ?? this.definition.defaultThrottleLimit ?? 0;
    return limit > 0 ? limit : optimumThrottleLimit(runningInvocations());
  }
}
