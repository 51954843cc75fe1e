import { CimletError, isCimletError } from '../../base/errors.js';
import type { PairComparison } from '../model/difference.js';
import type { ReadProgress, ServerReading } from '../model/server-reading.js';
import { unreadOf } from '../model/server-reading.js';
import type { CallOptions } from '../reading/part-calls.js';
import { type PairServer, sessionTo } from '../reading/read-server.js';
import { fingerprintOf } from './fingerprint.js';
import type { PlanDescription, PlanOutcome, PlanProgress } from './plan-description.js';
import type { PlanStep } from './powershell-line.js';
import { runSteps } from './run-steps.js';

/** How a plan is applied. */
export interface ApplyOptions extends CallOptions {
  /** What was typed, where the plan's `type` wants it. */
  readonly typed?: string | undefined;
  readonly onProgress?: ((progress: PlanProgress) => void) | undefined;
}

type Progress = { readonly onProgress?: ((progress: ReadProgress) => void) | undefined } & CallOptions;

/** What a plan is made of. */
export interface PlanParts {
  readonly description: PlanDescription;
  /** What it was made of. */
  readonly readings: readonly ServerReading[];
  /** The same servers and scopes, read again. */
  readonly readAgain: (options: Progress) => Promise<readonly ServerReading[]>;
  /** The server that is called. */
  readonly server: PairServer;
  readonly steps: readonly PlanStep[];
  /** Which of the readings is of the server that changes. */
  readonly changing: number;
  /** What the servers have afterwards. */
  readonly compare: (readings: readonly ServerReading[]) => PairComparison | null;
}

/**
 * What would be done to a pair, each effect by its name. It is applied once, as it stands, and only while the servers are what they were when it was
 * made.
 */
export class PairPlan {
  /** All of it as plain data. */
  readonly description: PlanDescription;
  readonly #parts: PlanParts;
  #state: 'ready' | 'busy' | 'spent' = 'ready';

  /** @internal */
  constructor(parts: PlanParts) {
    this.description = parts.description;
    this.#parts = parts;
  }

  /**
   * Reads the servers again and, where they are what they were, makes the plan's calls; then it reads once more. A call that fails is in the outcome.
   * @throws CimletError `ERR_CONFIRMATION_REQUIRED` where something else was to be typed, `ERR_CHANGED` where the servers have changed since or
   * the plan was applied before, `ERR_ABORTED` before the first call. Nothing was changed then.
   */
  async apply(options: ApplyOptions = {}): Promise<PlanOutcome> {
    const { signal, timeoutMs } = options;
    this.#admit(options.typed);
    this.#state = 'busy';
    let isSpent = true;
    try {
      const before = await this.#parts.readAgain({ signal, timeoutMs, onProgress: teller('checking', options) });
      if (fingerprintOf(...before) !== fingerprintOf(...this.#parts.readings)) throw changedSince();
      const session = await sessionTo(this.#parts.server);
      return await this.#run(session, options);
    } catch (error) {
      // Nothing was sent: the same plan may be tried again.
      isSpent = !(isCimletError(error) && error.code === 'ERR_ABORTED');
      throw error;
    } finally {
      this.#state = isSpent ? 'spent' : 'ready';
    }
  }

  #admit(typed: string | undefined): void {
    if (this.#state !== 'ready') {
      throw new CimletError('ERR_CHANGED', 'The plan was used already.', { hint: 'Make a new plan.' });
    }
    const { type, title } = this.description;
    if (type === null || typed === type) return;
    throw new CimletError('ERR_CONFIRMATION_REQUIRED', `${title} It has to be typed: ${type}`, {
      hint: `Give what a person typed as typed, where it is ${type}.`,
    });
  }

  async #run(session: Awaited<ReturnType<typeof sessionTo>>, options: ApplyOptions): Promise<PlanOutcome> {
    const { steps, readings, changing } = this.#parts;
    const { signal, timeoutMs, onProgress } = options;
    const tell = (done: number) =>
      onProgress?.({ phase: 'applying', server: session.computerName, done, total: steps.length });
    tell(0);
    const { done, problems, refused } = await runSteps(steps, session, { signal, timeoutMs }, tell);
    const after = await this.#look(options);
    const now = after?.[changing];
    const was = readings[changing];
    const isKnown = now !== undefined && was !== undefined && unreadOf(now, 'server') === undefined;
    return {
      how: done === steps.length ? 'done' : done === 0 ? 'failed' : 'partly',
      changed: !isKnown ? 'notKnown' : fingerprintOf(now) === fingerprintOf(was) ? 'nothing' : 'something',
      problems,
      refused,
      after: after === undefined ? null : this.#parts.compare(after),
      saved: this.description.saved,
    };
  }

  /** After a stop the servers are not asked any more: what became of them is not known then. */
  async #look(options: ApplyOptions): Promise<readonly ServerReading[] | undefined> {
    const { signal, timeoutMs } = options;
    const hasStopped = () => signal?.aborted === true;
    if (hasStopped()) return undefined;
    try {
      return await this.#parts.readAgain({ signal, timeoutMs, onProgress: teller('looking', options) });
    } catch (error) {
      if (hasStopped()) return undefined;
      throw error;
    }
  }
}

function teller(
  phase: PlanProgress['phase'],
  { onProgress }: ApplyOptions,
): ((progress: ReadProgress) => void) | undefined {
  return onProgress && (({ server, done, total }) => onProgress({ phase, server, done, total }));
}

function changedSince(): CimletError {
  return new CimletError('ERR_CHANGED', 'The servers have changed since the plan was made. Nothing was sent.', {
    hint: 'Look again: make a new plan.',
  });
}
