import { CimletError } from '../../base/errors.js';
import { openCimSession } from '../../cim/session/cim-session.js';
import type { CimSessionOptions } from '../../cim/session/session-options.js';
import type { Cmdlet } from '../../cmdlet/contract/cmdlet.js';
import type { CmdletSession, SessionFactory } from '../../cmdlet/contract/cmdlet-session.js';
import { invokeCmdlet } from '../../cmdlet/invoke.js';
import { answerOf, partnerOf, questionParameters, saysNothing } from '../../cmdlet/repeat/repetition-question.js';
import type { CmdletRepetition } from '../../schema/definition/cmdlet-repetition.js';
import type { KnownCmdlets } from '../plan/known-cmdlets.js';

/** One computer, and what is to be done there. */
export interface TargetTask {
  readonly computer: string;
  readonly cmdlet: Cmdlet;
  readonly repetition: CmdletRepetition;
  /** Under the schema's names, secrets and all. */
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly sessionOptions: CimSessionOptions;
  /** Sessions to other computers, for a cmdlet that works on several; only to those that the worker is allowed. */
  readonly openOther: SessionFactory;
  /** Of each request of it. */
  readonly timeoutMs: number;
  /** Gives a read up. */
  readonly signal?: AbortSignal | undefined;
}

/** The calls of one try: the question before, the cmdlet, the question after, over one session. */
export class TargetCall implements AsyncDisposable {
  readonly #task: TargetTask;
  readonly #cmdlets: KnownCmdlets;
  #session: Promise<CmdletSession> | undefined;

  constructor(task: TargetTask, cmdlets: KnownCmdlets) {
    this.#task = task;
    this.#cmdlets = cmdlets;
  }

  /** Does it, and gives the output. @throws what the cmdlet throws. */
  async run(): Promise<readonly unknown[]> {
    const { cmdlet, parameters } = this.#task;
    return this.#invoke(cmdlet, parameters);
  }

  /** Whether it has been done. @throws what the question throws, when it is not the answer that nothing is there. */
  async ask(): Promise<'done' | 'notDone' | 'conflict'> {
    const { repetition, parameters } = this.#task;
    return answerOf(repetition, parameters, await this.#find());
  }

  /** The other computer that the change is about; undefined where there is none, or nobody can say. @throws as {@link ask}. */
  async partner(): Promise<string | undefined> {
    const { repetition, parameters } = this.#task;
    const { partner } = repetition;
    if (partner === undefined) return undefined;
    if ('parameter' in partner) return partnerOf(repetition, parameters);
    return repetition.question === undefined ? undefined : partnerOf(repetition, parameters, await this.#find());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#session?.then((session) => session.close()).catch(() => {});
  }

  async #find(): Promise<readonly unknown[]> {
    const { repetition, parameters } = this.#task;
    const { question } = repetition;
    if (question === undefined) return [];
    const cmdlet = this.#cmdlets.find(question.cmdlet);
    if (cmdlet === undefined) {
      throw new CimletError('ERR_INVALID_ARGUMENT', `There is no ${question.cmdlet} to ask whether it has been done.`);
    }
    try {
      return await this.#invoke(cmdlet, questionParameters(question, parameters));
    } catch (error) {
      if (saysNothing(question, error)) return [];
      throw error;
    }
  }

  async #invoke(cmdlet: Cmdlet, parameters: Readonly<Record<string, unknown>>): Promise<readonly unknown[]> {
    const { computer, sessionOptions, openOther: sessionFactory, timeoutMs, signal } = this.#task;
    this.#session ??= openCimSession(computer, sessionOptions);
    const session = await this.#session;
    return invokeCmdlet(cmdlet, { CimSession: session, ...parameters }, { timeoutMs, signal, sessionFactory });
  }
}
