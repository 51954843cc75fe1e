import { randomUUID } from 'node:crypto';
import { CimletError } from '../../base/errors.js';
import { openCimSession } from '../../cim/session/cim-session.js';
import type { CimSessionOptions } from '../../cim/session/session-options.js';
import type { Cmdlet } from '../../cmdlet/contract/cmdlet.js';
import type { FailureVerdict } from '../../cmdlet/repeat/failure-verdicts.js';
import { judgeFailure } from '../../cmdlet/repeat/judge-failure.js';
import { repetitionOf } from '../../cmdlet/repeat/repetition-of.js';
import { partnerOf } from '../../cmdlet/repeat/repetition-question.js';
import type { CmdletRepetition } from '../../schema/definition/cmdlet-repetition.js';
import type { FleetError } from '../contract/fleet-outcome.js';
import { queuedParameters } from '../plan/call-parameters.js';
import type { KnownCmdlets } from '../plan/known-cmdlets.js';
import type { StoredTarget } from '../plan/stored-plan.js';
import type { FleetStore, Holding } from '../store/fleet-store.js';
import type { StoredOutcome } from '../store/outcome-codec.js';
import type { Allowance } from '../target/allowance.js';
import type { NamedSecrets } from '../target/named-secrets.js';
import { plainError, plainOutput } from '../target/plain-outcome.js';
import { TargetCall, type TargetTask } from '../target/target-call.js';
import { LeaseTime } from './lease-time.js';
import type { LoadedRun } from './loaded-runs.js';

/** What a worker brings along. */
export interface TryServices {
  readonly store: Pick<FleetStore, 'begin' | 'takeBack' | 'isSent'>;
  readonly cmdlets: KnownCmdlets;
  readonly allowance: Allowance;
  readonly secrets: NamedSecrets;
  readonly sessionOptions: CimSessionOptions;
  /** Its name, for texts. */
  readonly worker: string;
}

/** What came of one try. */
export type TryResult =
  | {
      readonly kind: 'settled';
      readonly outcome: Omit<StoredOutcome, 'at' | 'attempt' | 'ms'>;
      readonly holding?: { readonly holding: Holding; readonly givesBack: boolean };
      /** The whole run goes no further, for this reason. */
      readonly stops?: string;
    }
  /** Another try: `soon` by the plan's delay, `later` after minutes. */
  | { readonly kind: 'again'; readonly when: 'soon' | 'later'; readonly error: FleetError }
  /** Somebody else is at it, for so long at most. No try. */
  | { readonly kind: 'held'; readonly forMs: number }
  /** There is an outcome, or the run is stopped. */
  | { readonly kind: 'nothing' };

/** What is tried, and how often it was tried before. */
export interface Attempt {
  readonly run: LoadedRun;
  readonly cmdlet: Cmdlet;
  readonly index: number;
  readonly target: StoredTarget;
  /** From 1. Beyond the plan's attempts it is only asked whether one of them got through. */
  readonly attempt: number;
  readonly signal: AbortSignal;
}

const READ: CmdletRepetition = { kind: 'read' };
const CONFLICT: FleetError = {
  code: 'CONFLICT',
  message: 'Something of that name is there already, and it is another one.',
  hint: 'Look at it with the matching Get cmdlet; a person decides.',
};

/** Tries one computer once. */
export async function tryTarget(services: TryServices, attempt: Attempt): Promise<TryResult> {
  let task: TargetTask;
  try {
    task = await taskOf(services, attempt);
  } catch (error) {
    return refused(services, attempt, error);
  }
  await using call = new TargetCall(task, services.cmdlets);
  return task.repetition.kind === 'read'
    ? await read(attempt, task, call)
    : await change(services, attempt, task, call);
}

/** Holds the job against what this worker is allowed, and brings the secrets. @throws what keeps the call from being made. */
async function taskOf(services: TryServices, { run, cmdlet, target, signal }: Attempt): Promise<TargetTask> {
  const { allowance, secrets, worker } = services;
  const { plan } = run;
  if (!allowance.allowsComputer(target.computer)) throw notAllowed(worker, target.computer);
  const queued = queuedParameters(cmdlet, { ...plan.parameters, ...target.parameters });
  const repetition = repetitionOf(cmdlet, Object.keys(queued));
  const partner = partnerOf(repetition, queued);
  if (partner !== undefined && !allowance.allowsComputer(partner)) throw notAllowed(worker, partner);
  // Half of a call's time, so that of a vault without an answer it is known that nothing was sent.
  const withinMs = Math.ceil(plan.timeoutMs / 2);
  const sessionOptions = { ...services.sessionOptions, ...secrets.logon(plan.credential, withinMs) };
  return {
    computer: target.computer,
    cmdlet,
    repetition,
    parameters: await secrets.resolve(queued, withinMs),
    sessionOptions,
    openOther: async (computer, own) => {
      if (!allowance.allowsComputer(computer)) throw notAllowed(worker, computer);
      return await openCimSession(computer, { ...sessionOptions, ...own });
    },
    timeoutMs: plan.timeoutMs,
    signal: repetition.kind === 'read' ? signal : undefined,
  };
}

async function read(attempt: Attempt, { cmdlet, repetition }: TargetTask, call: TargetCall): Promise<TryResult> {
  try {
    return { kind: 'settled', outcome: { state: 'ok', output: plainOutput(await call.run(), cmdlet) } };
  } catch (error) {
    if (attempt.signal.aborted) return { kind: 'nothing' };
    return failed(attempt, error, judgeFailure(error, repetition));
  }
}

async function change(services: TryServices, attempt: Attempt, task: TargetTask, call: TargetCall): Promise<TryResult> {
  const { run, index } = attempt;
  const { timeoutMs, graceMs } = run.plan;
  let partner: string | undefined;
  try {
    partner = await call.partner();
    if (partner !== undefined && !services.allowance.allowsComputer(partner))
      throw notAllowed(services.worker, partner);
  } catch (error) {
    return refused(services, attempt, error);
  }
  const computers = [task.computer, ...(partner === undefined ? [] : [partner])];
  const holding: Holding = { run: run.id, index, holder: randomUUID(), computers };
  // Twice: the question whether it was done, and the call.
  const leaseMs = 2 * timeoutMs + graceMs;
  const lease = new LeaseTime();
  const beginning = await services.store.begin(holding, leaseMs);
  if (beginning.kind === 'held') return { kind: 'held', forMs: beginning.forMs };
  if (beginning.kind === 'settled' || beginning.kind === 'stopped') return { kind: 'nothing' };
  return new Change(services, attempt, task, call, holding, () => lease.elapsedMs > leaseMs - timeoutMs).make(
    beginning.kind === 'inDoubt' || attempt.attempt > run.plan.attempts,
  );
}

/** A change that has its leases. */
class Change {
  readonly #services: TryServices;
  readonly #attempt: Attempt;
  readonly #task: TargetTask;
  readonly #call: TargetCall;
  readonly #holding: Holding;
  readonly #isLeaseOver: () => boolean;
  /** An earlier try may have got through, and this one tells nothing of it. */
  #staysInDoubt = false;

  constructor(
    services: TryServices,
    attempt: Attempt,
    task: TargetTask,
    call: TargetCall,
    holding: Holding,
    isLeaseOver: () => boolean,
  ) {
    this.#services = services;
    this.#attempt = attempt;
    this.#task = task;
    this.#call = call;
    this.#holding = holding;
    this.#isLeaseOver = isLeaseOver;
  }

  async make(inDoubt: boolean): Promise<TryResult> {
    const { repetition, cmdlet } = this.#task;
    if (inDoubt) {
      const known = await this.#resolve(repetition);
      if (known !== undefined) return known;
      this.#staysInDoubt = repetition.kind !== 'ask';
    }
    // A process that slept through its lease sends nothing any more: somebody else may be at it.
    if (this.#isLeaseOver()) {
      // This try has sent nothing, and what was in doubt before stays so: it does not count.
      await this.#services.store.takeBack(this.#holding, 'forget');
      return { kind: 'held', forMs: 1 };
    }
    try {
      return this.#settled({ state: 'ok', output: plainOutput(await this.#call.run(), cmdlet) }, true);
    } catch (error) {
      return this.#judge(error, judgeFailure(error, repetition));
    }
  }

  /** An earlier try may have got through. Undefined: it is certain that it did not, or it may be repeated, and there is a try left. */
  async #resolve({ kind }: CmdletRepetition): Promise<TryResult | undefined> {
    const { attempt, run } = this.#attempt;
    const isLast = attempt > run.plan.attempts;
    if (kind === 'repeatable' && !isLast) return undefined;
    if (kind !== 'ask') return this.#settled({ state: 'unknown', error: noAnswer(this.#task.computer) }, false);
    try {
      const answer = await this.#call.ask();
      if (answer === 'done') return this.#settled({ state: 'ok', found: true }, true);
      if (answer === 'conflict') return this.#settled({ state: 'failed', error: CONFLICT }, true);
      return isLast ? this.#settled({ state: 'failed', error: notThere(this.#task.computer) }, true) : undefined;
    } catch (error) {
      const verdict = judgeFailure(error, READ);
      if (verdict === 'stopRunAtOnce' || verdict === 'stopRun') return this.#stop(error, verdict, 'unknown');
      if (isLast || verdict === 'final') return this.#settled({ state: 'unknown', error: plainError(error) }, false);
      return this.#again('keep', error);
    }
  }

  async #judge(error: unknown, verdict: FailureVerdict): Promise<TryResult> {
    const { attempt, run } = this.#attempt;
    const hasTries = attempt < run.plan.attempts;
    switch (verdict) {
      case 'alreadySo':
        return this.#compare(error);
      case 'retry':
        if (hasTries) return this.#again('forget', error);
        break;
      case 'retryLater':
        if (hasTries) return this.#again('keep', error, 'later');
        break;
      case 'inDoubt':
        // The leases are left to lapse: until then the server may still be at it.
        if (hasTries || this.#task.repetition.kind === 'ask') return again(error);
        return this.#settled({ state: 'unknown', error: plainError(error) }, false);
      case 'unknown':
        return this.#settled({ state: 'unknown', error: plainError(error) }, false);
      case 'stopRun':
      case 'stopRunAtOnce':
        return this.#stop(error, verdict, 'failed');
      case 'final':
        break;
    }
    return this.#failed(error);
  }

  #failed(error: unknown): TryResult & { readonly kind: 'settled' } {
    return this.#settled({ state: this.#staysInDoubt ? 'unknown' : 'failed', error: plainError(error) }, true);
  }

  /** "Exists already" may be an earlier try's work, of which nobody wrote down that it worked. */
  async #compare(error: unknown): Promise<TryResult> {
    try {
      return (await this.#call.ask()) === 'done'
        ? this.#settled({ state: 'ok', found: true }, true)
        : this.#failed(error);
    } catch (failure) {
      return this.#settled({ state: 'unknown', error: plainError(failure) }, true);
    }
  }

  #stop(error: unknown, verdict: 'stopRun' | 'stopRunAtOnce', state: 'failed' | 'unknown'): TryResult {
    const settled = this.#settled({ state, error: plainError(error) }, state === 'failed');
    return { ...settled, stops: stopReason(this.#attempt, error, verdict) };
  }

  async #again(sent: 'forget' | 'keep', error: unknown, when: 'soon' | 'later' = 'soon'): Promise<TryResult> {
    await this.#services.store.takeBack(this.#holding, sent);
    return again(error, when);
  }

  #settled(
    outcome: Omit<StoredOutcome, 'at' | 'attempt' | 'ms'>,
    givesBack: boolean,
  ): TryResult & { readonly kind: 'settled' } {
    return { kind: 'settled', outcome, holding: { holding: this.#holding, givesBack } };
  }
}

function again(error: unknown, when: 'soon' | 'later' = 'soon'): TryResult {
  return { kind: 'again', when, error: plainError(error) };
}

/** Nothing was sent in this try; an earlier one may have got through. */
async function refused({ store }: TryServices, attempt: Attempt, error: unknown): Promise<TryResult> {
  const result = failed(attempt, error, judgeFailure(error, READ));
  if (result.kind !== 'settled' || !(await store.isSent(attempt.run.id, attempt.index))) return result;
  return { ...result, outcome: { ...result.outcome, state: 'unknown' } };
}

/** Where nothing was sent, or nothing is changed by asking again. */
function failed(attempt: Attempt, error: unknown, verdict: FailureVerdict): TryResult {
  const hasTries = attempt.attempt < attempt.run.plan.attempts;
  if (hasTries && (verdict === 'retry' || verdict === 'inDoubt')) return again(error);
  if (hasTries && verdict === 'retryLater') return again(error, 'later');
  const settled: TryResult = { kind: 'settled', outcome: { state: 'failed', error: plainError(error) } };
  if (verdict !== 'stopRun' && verdict !== 'stopRunAtOnce') return settled;
  return { ...settled, stops: stopReason(attempt, error, verdict) };
}

function stopReason({ run, target }: Attempt, error: unknown, verdict: 'stopRun' | 'stopRunAtOnce'): string {
  const { message } = plainError(error);
  return verdict === 'stopRunAtOnce'
    ? `${target.computer} refused the credential ${JSON.stringify(run.plan.credential)}, which is tried nowhere else: ${message}`
    : `${target.computer}: ${message} Every other computer would say the same.`;
}

function notAllowed(worker: string, computer: string): CimletError {
  return new CimletError('ERR_AUTHORIZATION', `The worker ${worker} is not allowed to work on ${computer}.`, {
    hint: 'Add it to allow.computers of the workers of its site, or give it to another site.',
  });
}

function noAnswer(computer: string): FleetError {
  return {
    code: 'ERR_TIMEOUT',
    message: `It was sent to ${computer}, and nobody knows whether it was done: no answer came, or the worker died.`,
    hint: 'Look with the matching Get cmdlet; whether to do it again is a decision of a person.',
  };
}

function notThere(computer: string): FleetError {
  return { code: 'ERR_TIMEOUT', message: `No answer came from ${computer}, and it was not done.` };
}
