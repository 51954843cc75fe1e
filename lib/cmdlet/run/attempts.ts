import { invalidArgument } from '../../base/errors.js';
import type { InvocationOptions } from '../contract/invocation-options.js';
import { ATTEMPT_DELAY_MS, attemptDelay } from '../repeat/attempt-delay.js';
import { judgeFailure } from '../repeat/judge-failure.js';
import { repetitionOf } from '../repeat/repetition-of.js';
import type { TargetRun } from './target-run.js';

const MOST = 20;
const LONGEST_DELAY_MS = 30_000;

/** What to do after a try that failed: wait and try again, give the target up, or give the whole call up. */
export type AfterFailure = { readonly delayMs: number } | 'failed' | 'stop';

/**
 * The tries of a call that has the option `attempts`. What may be repeated is repeated; a change of which nobody knows whether it was done is not: to
 * ask first whether it was takes a journal and leases, which only a fleet has.
 */
export class Attempts {
  readonly count: number;
  readonly #delayMs: number;
  readonly #random: () => number;

  private constructor(count: number, delayMs: number, random: () => number) {
    this.count = count;
    this.#delayMs = delayMs;
    this.#random = random;
  }

  /** Undefined where every target is tried once. @throws CimletError `ERR_INVALID_ARGUMENT`. */
  static of(options: InvocationOptions<object>): Attempts | undefined {
    const { attempts = 1, attemptDelayMs = ATTEMPT_DELAY_MS, random = Math.random } = options;
    if (!Number.isInteger(attempts) || attempts < 1 || attempts > MOST)
      throw invalidArgument('attempts', attempts, `Give a whole number from 1 to ${MOST}.`);
    if (!(attemptDelayMs >= 0 && attemptDelayMs <= LONGEST_DELAY_MS))
      throw invalidArgument('attemptDelayMs', attemptDelayMs, `Give milliseconds from 0 to ${LONGEST_DELAY_MS}.`);
    return attempts === 1 ? undefined : new Attempts(attempts, attemptDelayMs, random);
  }

  /** `attempt`: the one that failed, from 1. `isUntouched`: nothing of it was given out or reported. */
  after(run: TargetRun, failure: unknown, attempt: number, isUntouched: boolean): AfterFailure {
    const { call } = run;
    const repetition = repetitionOf(call.definition, call.parameters.keys());
    const verdict = judgeFailure(failure, repetition);
    if (verdict === 'stopRun' || verdict === 'stopRunAtOnce') return 'stop';
    const isRepeatable =
      verdict === 'retry' ||
      (verdict === 'retryLater' && repetition.kind !== 'ask') ||
      (verdict === 'inDoubt' && repetition.kind === 'repeatable');
    if (!isRepeatable || !isUntouched || attempt >= this.count || isClosed(run, failure)) return 'failed';
    // What it asks while it runs would be asked again.
    if (call.operation.asksWhileItRuns === true) return 'failed';
    return { delayMs: attemptDelay(verdict, attempt, this.#delayMs, this.#random) };
  }
}

/** The caller's session was closed, and stays so. */
function isClosed({ target }: TargetRun, failure: unknown): boolean {
  return target.session !== undefined && Reflect.get(Object(failure), 'code') === 'ERR_SESSION_CLOSED';
}
