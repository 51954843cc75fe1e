import type { Clock } from '../../base/clock.js';
import type { Deadline } from '../../base/deadline.js';
import { CimletError, type CimletErrorProperties, isCimletError } from '../../base/errors.js';
import { sleep } from '../../base/sleep.js';
import { type Text, wording, wordingOf } from '../../base/wording.js';
import { deliveryOf } from '../../transport/delivery.js';
import type { ConnectionOutage } from '../contract/enhanced-options.js';
import { RETRY_LIMIT_MS, RetrySchedule } from './retry-schedule.js';
import { isNetworkError } from './secondary-connection.js';

const OWN_DECISIONS: ReadonlySet<string> = new Set(['ERR_ABORTED', 'ERR_SESSION_CLOSED']);
/** With these the transport gave up after the request, or a part of it, may have reached the server. */
const MAY_HAVE_ARRIVED: ReadonlySet<string> = new Set([
  'ERR_CONNECTION_LOST',
  'ERR_TIMEOUT',
  'ERR_ABORTED',
  'ERR_RESPONSE_TOO_LARGE',
  'ERR_MESSAGE_INTEGRITY',
  'ERR_PROTOCOL',
]);

export interface OutageOptions {
  readonly clock: Clock;
  readonly deadline: Deadline;
  /** The server may run the operation twice without harm. */
  readonly repeatable: boolean;
  /** Told before each wait. */
  readonly onWait?: ((outage: Omit<ConnectionOutage, 'host'>) => void) | undefined;
}

/** Before the one attempt that a connection which had been idle, and was lost at once, gets: the server may have closed it just then. */
const QUICK_MS = 50;

/** The lost connections of one enhanced operation: whether it is resumed, begun anew, or given up, and what is said of it then. */
export class Outages {
  readonly #clock: Clock;
  readonly #deadline: Deadline;
  readonly #repeatable: boolean;
  readonly #onWait: OutageOptions['onWait'];
  #attempts = 0;
  /** The operation began on a connection that was as good as lost: the next attempt decides. */
  #beganOnLost = false;
  /** Of the outage that lasts; undefined while there is a connection. */
  #schedule: RetrySchedule | undefined;
  #loss: CimletError | undefined;
  #hasBegunAnew = false;

  constructor({ clock, deadline, repeatable, onWait }: OutageOptions) {
    this.#clock = clock;
    this.#deadline = deadline;
    this.#repeatable = repeatable;
    this.#onWait = onWait;
  }

  /** The first loss that was made up for; from then on every request is a retransmission. */
  get loss(): CimletError | undefined {
    return this.#loss;
  }

  /** There is a connection again. */
  end(): void {
    this.#schedule = undefined;
    this.#beganOnLost = false;
  }

  /** An attempt that failed so may have reached the server, which then may be at work. */
  mayBeRunning(error: unknown): boolean {
    if (this.#loss === undefined && deliveryOf(error) === 'none') return false;
    if (!isCimletError(error) || MAY_HAVE_ARRIVED.has(error.code)) return true;
    return this.#loss !== undefined && isNetworkError(error);
  }

  /**
   * Waits for the time of the next attempt. Only a server that knows OperationID, as it has shown in this operation (`seen`) or before
   * (`expected`), is asked to resume: another one might run the operation a second time. What may be run twice, and has not been heard of,
   * is begun anew, once. What was never delivered is not waited for; nor, after one quick attempt, what was written to a connection that had been
   * idle and was gone, when nothing listens at the server any more.
   * @throws what cannot be made up for.
   */
  async recover(
    error: unknown,
    { seen, expected }: { readonly seen: boolean | undefined; readonly expected: boolean },
  ): Promise<'resume' | 'beginAnew'> {
    const isLoss = isNetworkError(error) && error.code === 'ERR_CONNECTION_LOST';
    if (!(seen ?? expected)) {
      if (!isLoss || !this.#repeatable || seen === false || this.#hasBegunAnew) throw error;
      this.#hasBegunAnew = true;
      return 'beginAnew';
    }
    const delivery = deliveryOf(error);
    if (this.#loss === undefined && delivery === 'none') throw error;
    if (this.#beganOnLost && isCimletError(error) && isRefusedBySystem(error)) throw this.#neverBegun(error);
    if (!isLoss && (this.#schedule === undefined || !this.#isUnreached(error))) throw this.#givenUp(error);
    this.#beganOnLost = this.#loss === undefined && delivery === 'idle' && seen === undefined;
    this.#loss ??= error;
    const now = this.#clock.now();
    this.#schedule ??= new RetrySchedule(now);
    const delay = this.#beganOnLost ? QUICK_MS : this.#schedule.next(now);
    if (delay === undefined) throw this.notResumed(` within ${RETRY_LIMIT_MS / 1000} s.`, error);
    if (!this.#beganOnLost) this.#tell(error, delay, now);
    try {
      await sleep(this.#clock, delay, this.#deadline);
    } catch (reason) {
      throw this.#givenUp(reason);
    }
    return 'resume';
  }

  #tell(error: CimletError, delayMs: number, now: number): void {
    this.#attempts += 1;
    const remainingMs = Math.min(this.#schedule?.remainingMs(now) ?? 0, this.#deadline.remainingMs);
    this.#onWait?.({ error, attempt: this.#attempts, delayMs, remainingMs });
  }

  /** The connection's own error, when the operation most likely never reached the server. */
  #neverBegun(error: Error & CimletErrorProperties): CimletError {
    const { code, message, retryable, hint } = error;
    if (this.#repeatable) return new CimletError(code, message, { retryable, hint, cause: error });
    const text = wording`The connection was lost as the call began. ${wordingOf(error).message}`;
    return new CimletError('ERR_CONNECTION_LOST', text, { retryable: false, hint: this.#remedy, cause: error });
  }

  /** The error of an operation that was lost for good. */
  notResumed(what: Text, cause: Error): CimletError {
    return new CimletError(
      'ERR_CONNECTION_LOST',
      wording`The connection was lost, and the operation was not resumed${what}`,
      {
        retryable: this.#repeatable,
        hint: this.#remedy,
        cause,
      },
    );
  }

  /** The server cannot be reached now: also where the system gave the attempt up, which is not the end of the call's own time. */
  #isUnreached(error: unknown): error is CimletError {
    return isNetworkError(error) || (isCimletError(error) && error.code === 'ERR_TIMEOUT' && !this.#isTimeUp(error));
  }

  #isTimeUp(error: unknown): boolean {
    return error === this.#deadline.reason || this.#deadline.remainingMs === 0;
  }

  /** What ends an outage says what was lost in it; any other error stays as it is, and so does the caller's own decision. */
  #givenUp(error: unknown): unknown {
    if (this.#schedule === undefined || !isCimletError(error) || OWN_DECISIONS.has(error.code)) return error;
    if (!this.#isTimeUp(error)) return this.notResumed(wording`. ${wordingOf(error).message}`, error);
    const { code, message, retryable } = error;
    const lost = `${message} Its connection was lost, and the operation was not resumed.`;
    return new CimletError(code, lost, { retryable, hint: this.#remedy, cause: this.#loss });
  }

  get #remedy(): string {
    return this.#repeatable
      ? 'Try again.'
      : 'Whether the operation took effect is unknown; ask the server for its state before you try again.';
  }
}

/** The computer answers, and nothing listens there: what could resume an operation is gone. */
function isRefusedBySystem(error: Error): boolean {
  let cause: unknown = error;
  while (typeof cause === 'object' && cause !== null) {
    const { code, errors, cause: next } = cause as ErrorParts;
    if (code === REFUSED || (errors?.length && errors.every((one) => (one as ErrorParts).code === REFUSED)))
      return true;
    cause = next;
  }
  return false;
}

const REFUSED = 'ECONNREFUSED';

interface ErrorParts {
  readonly code?: unknown;
  readonly errors?: readonly unknown[];
  readonly cause?: unknown;
}
